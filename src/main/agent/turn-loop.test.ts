import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { textOf, type Message } from '../../shared/agent.ts';
import { messageOf, requestOf } from './testing/ask.ts';
import { runTurn } from './turn-loop.ts';
import type { AgentBridge, AgentEvent, TurnRequest } from './types.ts';
import type { TurnDelta } from '../../shared/turn-delta.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const FINISHED: AgentEvent = { type: 'finished', usage: { outputTokens: 3 } };
const text = (words: string): AgentEvent => ({ type: 'text-delta', text: words });
const reasoning = (words: string): AgentEvent => ({ type: 'reasoning-delta', text: words });
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

type Script = (request: TurnRequest) => AsyncIterable<AgentEvent>;

/** Runs a turn on a bridge that follows the script, and keeps when what happened, in milliseconds from its start. */
function start(script: Script, { save }: { save?: (message: Message) => void } = {}) {
  const bridge: AgentBridge = {
    epoch: 1,
    model: 'work/one',
    runTurn: script,
    [Symbol.asyncDispose]: async () => {},
  };
  const startedAt = performance.now();
  const abort = new AbortController();
  const deltas: (TurnDelta & { at: number })[] = [];
  const saves: { message: Message; at: number }[] = [];
  const outcome = runTurn({
    bridge,
    request: requestOf('Hello', { signal: abort.signal }),
    answer: messageOf('assistant', '', { parts: [], status: 'streaming' }),
    effects: {
      costOf: ({ outputTokens = 0 }) => outputTokens / 2,
      emitDelta: (delta) => deltas.push({ ...delta, at: performance.now() - startedAt }),
      save: (message) => {
        save?.(message);
        saves.push({ message, at: performance.now() - startedAt });
      },
    },
  });
  return { outcome, abort, deltas, saves };
}

async function* steadily(count: number, intervalMs: number): AsyncGenerator<AgentEvent> {
  for (let index = 0; index < count; index += 1) {
    await pause(intervalMs);
    yield text(`${index} `);
  }
  yield FINISHED;
}

async function* hanging(): AsyncGenerator<AgentEvent> {
  yield text('Half');
  await new Promise(() => {});
}

describe('a turn', () => {
  it('ends with the whole answer, saved before it resolves', async () => {
    const { outcome, saves } = start(async function* () {
      yield text('Good ');
      yield text('morning.');
      yield FINISHED;
    });
    const { status, message } = await outcome;
    expect(status).toBe('complete');
    expect(message).toMatchObject({
      status: 'complete',
      parts: [{ type: 'text', text: 'Good morning.' }],
      usage: { outputTokens: 3, cost: 1.5 },
    });
    expect(message.endedAt).toBe(Date.now());
    expect(saves.at(-1)?.message).toEqual(message);
  });

  it('tells each part at most every 33 ms and saves at most every 250 ms', async () => {
    const { outcome, deltas, saves } = start(() => steadily(400, 5));
    await vi.runAllTimersAsync();
    const { message } = await outcome;
    const gaps = (times: readonly { at: number }[]) =>
      times.slice(1, -1).map(({ at }, index) => at - (times[index]?.at ?? 0));
    expect(Math.min(...gaps(deltas))).toBeGreaterThanOrEqual(32);
    expect(Math.min(...gaps(saves))).toBeGreaterThanOrEqual(249);
    expect(deltas.length).toBeGreaterThan(50);
    expect(saves.length).toBeGreaterThan(7);
    expect(deltas.map((delta) => delta.text).join('')).toBe(textOf(message));
  });

  it('saves what came while the provider pauses', async () => {
    const { saves, abort } = start(async function* () {
      yield text('One');
      await pause(10);
      yield text(' two');
      yield* hanging();
    });
    await vi.advanceTimersByTimeAsync(300);
    expect(saves.at(-1)?.message).toMatchObject({ status: 'streaming', parts: [{ text: 'One twoHalf' }] });
    abort.abort();
  });

  it('gives each delta the length that its part had before', async () => {
    const { outcome, deltas } = start(async function* () {
      yield reasoning('Hm');
      yield reasoning(', yes');
      yield { type: 'reasoning-metadata', kind: 'anthropic', data: { signature: 's' } };
      yield reasoning('Again');
      yield text('A');
      await pause(100);
      yield text('B');
      yield FINISHED;
    });
    await vi.runAllTimersAsync();
    const { message } = await outcome;
    expect(deltas.map(({ part, kind, offset, text }) => [part, kind, offset, text])).toEqual([
      [0, 'reasoning', 0, 'Hm'],
      [0, 'reasoning', 2, ', yes'],
      [1, 'reasoning', 0, 'Again'],
      [2, 'text', 0, 'A'],
      [2, 'text', 1, 'B'],
    ]);
    expect(message.parts).toEqual([
      { type: 'reasoning', text: 'Hm, yes', metadata: { kind: 'anthropic', data: { signature: 's' } } },
      { type: 'reasoning', text: 'Again' },
      { type: 'text', text: 'AB' },
    ]);
  });

  it('keeps the text of an answer that failed', async () => {
    const error = { code: 'stream-cut', message: 'Broke off.' } as const;
    const { outcome, saves } = start(async function* () {
      yield text('Half');
      yield { type: 'failed', error };
    });
    expect(await outcome).toMatchObject({ status: 'failed', error });
    expect(saves.at(-1)?.message).toMatchObject({ status: 'failed', error, parts: [{ text: 'Half' }] });
  });

  it('is interrupted at once, even by a bridge that ignores the abort', async () => {
    const { outcome, abort, saves, deltas } = start(hanging);
    await vi.advanceTimersByTimeAsync(0);
    abort.abort();
    expect(await outcome).toMatchObject({ status: 'interrupted', message: { status: 'interrupted' } });
    expect(saves.at(-1)?.message).toMatchObject({ status: 'interrupted', parts: [{ text: 'Half' }] });
    const told = [saves.length, deltas.length];
    await vi.advanceTimersByTimeAsync(1000);
    expect([saves.length, deltas.length]).toEqual(told);
  });

  it('is interrupted without asking when it was aborted before', async () => {
    const { outcome, abort } = start(async function* ({ signal }) {
      await pause(10);
      if (!signal.aborted) yield text('Never');
    });
    abort.abort();
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ status: 'interrupted', message: { parts: [] } });
  });

  it('fails and stops the provider when it cannot be saved', async () => {
    let wasStopped = false;
    const script: Script = async function* ({ signal }) {
      signal.addEventListener('abort', () => (wasStopped = true));
      yield* steadily(1000, 5);
    };
    const save = () => {
      throw new Error('database or disk is full');
    };
    const { outcome } = start(script, { save });
    await vi.advanceTimersByTimeAsync(50);
    expect(await outcome).toMatchObject({
      status: 'failed',
      error: { code: 'not-available', details: 'database or disk is full' },
      message: { status: 'failed', parts: [{ text: '0 ' }] },
    });
    expect(wasStopped).toBe(true);
  });

  it('fails when only the last save cannot be made', async () => {
    const save = ({ status }: Message) => {
      if (status === 'complete') throw new Error('disk full');
    };
    const { outcome, saves } = start(() => steadily(1, 1), { save });
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ status: 'failed', error: { details: 'disk full' } });
    expect(saves.at(-1)?.message.status).toBe('failed');
  });

  it.each<[string, Script]>([
    [
      'throws',
      async function* () {
        yield text('Half');
        throw new Error('A bug');
      },
    ],
    [
      'ends without saying so',
      async function* () {
        yield text('Half');
      },
    ],
  ])('fails when the bridge %s', async (_, script) => {
    expect(await start(script).outcome).toMatchObject({
      status: 'failed',
      error: { code: 'not-available' },
      message: { parts: [{ text: 'Half' }] },
    });
  });
});
