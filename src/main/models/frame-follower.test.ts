import { encodeEventStreamMessage } from '@copilotkit/aimock';
import { expect, it } from 'vitest';
import { FrameFollower } from './frame-follower.ts';

const delta = encodeEventStreamMessage('contentBlockDelta', { delta: { text: 'messageStop, I wrote.' } });
const stop = encodeEventStreamMessage('messageStop', { stopReason: 'end_turn' });

it.each([1, 7, 50, 1000])('passes only whole frames on, however they come: %i bytes at a time', (size) => {
  const body = Buffer.concat([delta, stop, delta]);
  const follower = new FrameFollower();
  const passed: Buffer[] = [];
  const boundaries = new Set([0, delta.length, delta.length + stop.length, body.length]);
  for (let start = 0; start < body.length; start += size) {
    passed.push(Buffer.from(follower.take(body.subarray(start, start + size)).whole));
    const sum = Buffer.concat(passed).length;
    expect(boundaries).toContain(sum);
    expect(follower.hasEnded).toBe(sum > delta.length);
  }
  expect(Buffer.concat(passed)).toEqual(body);
});

it('holds back half a frame at the end', () => {
  const follower = new FrameFollower();
  const { whole } = follower.take(Buffer.concat([delta, stop.subarray(0, -1)]));
  expect(Buffer.from(whole)).toEqual(delta);
  expect(follower.rest().whole).toHaveLength(0);
  expect(follower.hasEnded).toBe(false);
});

it('knows what is no frame', () => {
  const { whole, failure } = new FrameFollower().take(
    Buffer.concat([delta, Buffer.from('<h1>Sign in, please</h1>')]),
  );
  expect(Buffer.from(whole)).toEqual(delta);
  expect(failure).toMatchObject({ code: 'bad-response' });
});
