import { describe, expect, it } from 'vitest';
import { ACKNOWLEDGE_BYTES, afterDrawn, afterQueued, emptyFlow, type Flow } from './acknowledgements.ts';

/** What is acknowledged while chunks of these sizes, all queued at first, are drawn one by one. */
function drawAll(chunks: readonly number[]): number[] {
  let flow: Flow = chunks.reduce(afterQueued, emptyFlow);
  return chunks.map((bytes) => {
    const drawn = afterDrawn(flow, bytes);
    flow = drawn.flow;
    return drawn.acknowledged;
  });
}

describe('acknowledgements', () => {
  it('tells of a key echo at once', () => {
    expect(drawAll([1])).toEqual([1]);
  });

  it('waits for enough bytes while more are queued, and tells the rest at the end', () => {
    const half = ACKNOWLEDGE_BYTES / 2;
    expect(drawAll([half, half, 10, 20])).toEqual([0, ACKNOWLEDGE_BYTES, 0, 30]);
  });

  it('acknowledges each byte exactly once', () => {
    const chunks = Array.from({ length: 200 }, (_, index) => ((index * 7919) % 65_536) + 1);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, bytes) => total + bytes, 0);
    expect(sum(drawAll(chunks))).toBe(sum(chunks));
  });

  it('starts anew after the queue was empty', () => {
    const { flow } = afterDrawn(afterQueued(emptyFlow, 5), 5);
    expect(flow).toEqual(emptyFlow);
  });
});
