import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { textOf, type Message } from '../../shared/agent.ts';
import { messageOf, requestOf } from './testing/ask.ts';
import { runTurn } from './turn-loop.ts';
import type {
  AgentBridge,
  AgentEvent,
  ToolCall,
  ToolResult,
  ToolRunner,
  TurnLimits,
  TurnRequest,
} from './types.ts';
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
const call = (id: string, input: unknown = {}): ToolCall => ({
  type: 'tool-call',
  toolCallId: id,
  toolName: 'look',
  input,
});
const wants = (id: string): AgentEvent => ({ type: 'tool-call', call: call(id) });
const resultOf = ({ toolCallId, toolName }: ToolCall, output: string): ToolResult => ({
  type: 'tool-result',
  toolCallId,
  toolName,
  output,
  isError: false,
});

/** A bridge that plays one list of events a request. */
function steps(...lists: AgentEvent[][]): { script: Script; requests: TurnRequest[] } {
  const requests: TurnRequest[] = [];
  const script: Script = async function* (request) {
    requests.push(request);
    yield* lists[requests.length - 1] ?? [];
  };
  return { script, requests };
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

type Script = (request: TurnRequest) => AsyncIterable<AgentEvent>;

type Options = {
  readonly save?: (message: Message) => void;
  readonly run?: ToolRunner['run'];
  readonly isSeen?: () => boolean;
  readonly isSteered?: () => boolean;
  readonly limits?: Partial<TurnLimits>;
  readonly answer?: Partial<Message>;
};

/** Runs a turn on a bridge that follows the script, and keeps when what happened, in milliseconds from its start. */
function start(script: Script, { save, run, isSeen, isSteered, limits, answer }: Options = {}) {
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
  const told: Message[] = [];
  const waits: number[] = [];
  const outcome = runTurn({
    bridge,
    request: requestOf('Hello', { signal: abort.signal }),
    answer: messageOf('assistant', '', { parts: [], status: 'streaming', ...answer }),
    tools: { tools: [], run: run ?? (async (call) => resultOf(call, 'done')) },
    limits: { steps: 10, retries: 2, ...limits },
    effects: {
      costOf: ({ outputTokens = 0 }) => outputTokens / 2,
      emitDelta: (delta) => deltas.push({ ...delta, at: performance.now() - startedAt }),
      isSeen: isSeen ?? (() => true),
      save: (message) => {
        save?.(message);
        saves.push({ message, at: performance.now() - startedAt });
      },
      emitMessage: (message) => told.push(message),
      isSteered: isSteered ?? (() => false),
      waitToRetry: async (_, delayMs) => {
        waits.push(delayMs);
        await pause(delayMs);
      },
    },
  });
  return { outcome, abort, deltas, saves, told, waits };
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

  it('tells each part at most every 50 ms and saves at most every 250 ms', async () => {
    const { outcome, deltas, saves } = start(() => steadily(400, 5));
    await vi.runAllTimersAsync();
    const { message } = await outcome;
    const gaps = (times: readonly { at: number }[]) =>
      times.slice(1, -1).map(({ at }, index) => at - (times[index]?.at ?? 0));
    expect(Math.min(...gaps(deltas))).toBeGreaterThanOrEqual(49);
    expect(Math.min(...gaps(saves))).toBeGreaterThanOrEqual(249);
    expect(deltas.length).toBeGreaterThan(35);
    expect(saves.length).toBeGreaterThan(7);
    expect(deltas.map((delta) => delta.text).join('')).toBe(textOf(message));
  });

  it('tells what nobody sees at most every 500 ms, and by the usual pace again once it is seen', async () => {
    let isSeen = false;
    setTimeout(() => (isSeen = true), 1010);
    const { outcome, deltas } = start(() => steadily(400, 5), { isSeen: () => isSeen });
    await vi.runAllTimersAsync();
    const { message } = await outcome;
    expect(deltas.map(({ at }) => Math.round(at)).filter((at) => at < 1100)).toEqual([5, 505, 1005]);
    expect(deltas.filter(({ at }) => at >= 1500).length).toBeGreaterThan(10);
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

describe('a turn with tools', () => {
  it('makes the calls in order once the request has finished, and asks again with their results', async () => {
    const { script, requests } = steps(
      [
        text('I look.'),
        wants('a'),
        wants('b'),
        { type: 'finished', usage: { inputTokens: 10, outputTokens: 2 } },
      ],
      [text('All is well.'), { type: 'finished', usage: { inputTokens: 20, outputTokens: 4 } }],
    );
    const made: string[] = [];
    const { outcome, told } = start(script, {
      run: async (call) => {
        made.push(call.toolCallId);
        return resultOf(call, `seen ${call.toolCallId}`);
      },
    });
    const { status, message } = await outcome;
    expect([status, made]).toEqual(['complete', ['a', 'b']]);
    const parts = [
      { type: 'text', text: 'I look.' },
      call('a'),
      call('b'),
      resultOf(call('a'), 'seen a'),
      resultOf(call('b'), 'seen b'),
    ];
    expect(message.parts).toEqual([...parts, { type: 'text', text: 'All is well.' }]);
    expect(requests[1]?.history.at(-1)?.parts).toEqual(parts);
    expect(message.usage).toEqual({ inputTokens: 30, outputTokens: 6, contextTokens: 24, cost: 3 });
    expect(told.map((message) => message.parts.length)).toEqual([2, 3, 4, 5]);
  });

  it('makes no call of a request that broke off', async () => {
    const error = { code: 'stream-cut', message: 'Broke off.' } as const;
    const { script } = steps([text('I look.'), wants('a'), { type: 'failed', error }]);
    let made = 0;
    const { outcome } = start(script, { run: async (call) => resultOf(call, String((made += 1))) });
    expect(await outcome).toMatchObject({ status: 'failed', message: { parts: [{ text: 'I look.' }] } });
    expect(made).toBe(0);
  });

  it('goes on with calls that have no result yet', async () => {
    const { script, requests } = steps([text('Good.'), FINISHED]);
    const before = [{ type: 'text' as const, text: 'I look.' }, call('a')];
    const { outcome } = start(script, { answer: { parts: before, usage: { inputTokens: 5 } } });
    const { message } = await outcome;
    expect(requests).toHaveLength(1);
    expect(message.parts).toEqual([...before, resultOf(call('a'), 'done'), { type: 'text', text: 'Good.' }]);
    expect(message.usage).toMatchObject({ inputTokens: 5, outputTokens: 3 });
  });

  it('is interrupted in the midst of a call, which says how it ended', async () => {
    const { script, requests } = steps([wants('a'), wants('b'), FINISHED]);
    const { outcome, abort } = start(script, {
      run: (call, signal) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve(resultOf(call, 'stopped half way'))),
        ),
    });
    await vi.advanceTimersByTimeAsync(10);
    abort.abort();
    expect(await outcome).toMatchObject({
      status: 'interrupted',
      message: { parts: [call('a'), call('b'), { output: 'stopped half way' }] },
    });
    expect(requests).toHaveLength(1);
  });

  it.each<[string, AgentEvent[], string[]]>([
    ['before its first word', [], []],
    ['in its thoughts', [reasoning('Hm')], ['reasoning']],
    ['in its text', [text('Half')], ['text']],
    ['in the input of a call', [text('Half'), { type: 'tool-input', characters: 9 }], ['text']],
    ['after a whole call, before its end', [text('Half'), wants('a')], ['text']],
    ['after two whole calls', [wants('a'), wants('b')], []],
  ])('makes no call when it is stopped %s', async (_, events, kept) => {
    const run = vi.fn<ToolRunner['run']>();
    const script: Script = async function* () {
      yield* events;
      await new Promise(() => {});
    };
    const { outcome, abort } = start(script, { run });
    await vi.advanceTimersByTimeAsync(100);
    abort.abort();
    const { status, message } = await outcome;
    expect(status).toBe('interrupted');
    expect(message.parts.map(({ type }) => type)).toEqual(kept);
    expect(run).not.toHaveBeenCalled();
  });

  it('makes no second call when it is stopped in the first', async () => {
    const { script, requests } = steps([wants('a'), wants('b'), FINISHED]);
    const ran: string[] = [];
    const turn = start(script, {
      run: async (call) => {
        ran.push(call.toolCallId);
        turn.abort.abort();
        return resultOf(call, 'done');
      },
    });
    expect((await turn.outcome).status).toBe('interrupted');
    expect([ran, requests.length]).toEqual([['a'], 1]);
  });

  it('does not wait for ever for a call that ignores the abort', async () => {
    const { script } = steps([wants('a'), FINISHED]);
    const { outcome, abort } = start(script, { run: () => new Promise(() => {}) });
    await vi.advanceTimersByTimeAsync(10);
    abort.abort();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await outcome).toMatchObject({
      status: 'interrupted',
      message: { parts: [{}, { isError: true }] },
    });
  });

  it('tells the model of a tool that failed unexpectedly', async () => {
    const { script, requests } = steps([wants('a'), FINISHED], [text('Oh.'), FINISHED]);
    const { outcome } = start(script, {
      run: async () => {
        throw new Error('A bug');
      },
    });
    expect(await outcome).toMatchObject({ status: 'complete' });
    expect(requests[1]?.history.at(-1)?.parts.at(-1)).toMatchObject({
      isError: true,
      output: expect.stringContaining('A bug') as string,
    });
  });

  it('comes to an end after so many steps', async () => {
    const { script, requests } = steps(
      ...Array.from({ length: 9 }, (_, at) => [wants(String(at)), FINISHED]),
    );
    const { outcome } = start(script, { limits: { steps: 3 } });
    expect(await outcome).toMatchObject({ status: 'failed', error: { code: 'step-limit' } });
    expect(requests).toHaveLength(3);
  });

  it('stops between two steps for a message of the person', async () => {
    const { script, requests } = steps([wants('a'), FINISHED], [text('Never'), FINISHED]);
    const { outcome } = start(script, { isSteered: () => true });
    expect(await outcome).toMatchObject({ status: 'steered', message: { status: 'complete' } });
    expect(requests).toHaveLength(1);
  });

  it('ends an answer without an end', async () => {
    const { outcome } = start(async function* () {
      for (;;) yield text('x'.repeat(1_000_000));
    });
    expect(await outcome).toMatchObject({ status: 'failed', error: { code: 'bad-response' } });
  });
});

describe('a request that failed', () => {
  const busy = (retryAfterSeconds?: number): AgentEvent => ({
    type: 'failed',
    error: { code: 'rate-limited', message: 'Busy.', ...(retryAfterSeconds && { retryAfterSeconds }) },
  });

  it('is made again after a while, longer each time, and never before the provider wants it', async () => {
    const { script, requests } = steps([busy()], [busy(30)], [text('Here.'), FINISHED]);
    const { outcome, waits } = start(script);
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ status: 'complete', message: { parts: [{ text: 'Here.' }] } });
    expect([waits, requests.length]).toEqual([[1_000, 30_000], 3]);
  });

  it('is given up after some tries', async () => {
    const { script, requests } = steps([busy()], [busy()], [busy()], [text('Never'), FINISHED]);
    const { outcome } = start(script);
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ status: 'failed', error: { code: 'rate-limited' } });
    expect(requests).toHaveLength(3);
  });

  it.each<[string, AgentEvent[]]>([
    ['something of an answer has come', [text('Half'), busy()]],
    [
      'it is of no use',
      [{ type: 'failed', error: { code: 'credential-refused', message: 'No.', status: 401 } }],
    ],
    ['the provider wants more patience than a person has', [busy(600)]],
  ])('is not made again where %s', async (_, events) => {
    const { script, requests } = steps(events);
    expect(await start(script).outcome).toMatchObject({ status: 'failed' });
    expect(requests).toHaveLength(1);
  });

  it('is not made again after a stop', async () => {
    const { script, requests } = steps([busy()], [text('Never'), FINISHED]);
    const { outcome, abort } = start(script);
    await vi.advanceTimersByTimeAsync(10);
    abort.abort();
    await vi.runAllTimersAsync();
    expect(await outcome).toMatchObject({ status: 'interrupted' });
    expect(requests).toHaveLength(1);
  });
});
