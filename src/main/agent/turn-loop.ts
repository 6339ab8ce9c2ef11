import type { AgentError, Message, Usage } from '../../shared/agent.ts';
import { Answer } from './answer.ts';
import { addUsage } from './add-usage.ts';
import { retryDelayMs } from './retry-delay.ts';
import { Throttle } from './throttle.ts';
import type { AgentEvent, RunTurn, ToolCall, ToolResult, TurnOutcome } from './types.ts';

/** Each draws the window anew, and nobody reads faster. */
const SEEN_DELTA_INTERVAL_MS = 50;
/** What a tab's conversation may lag behind when it comes to the front. The window is not woken more often for what it hides. */
const HIDDEN_DELTA_INTERVAL_MS = 500;
/** What a crash may cost; a save each token would keep the disk busy. */
const SAVE_INTERVAL_MS = 250;
/** How long a call that was interrupted may take to say how it ended. */
const CALL_END_LIMIT_MS = 5_000;
/** No answer of use is longer, and the window has to draw it. */
const MAX_STEP_CHARACTERS = 4_000_000;
const MAX_STEP_CALLS = 200;

type Ending =
  | { readonly status: 'complete' }
  | { readonly status: 'steered' }
  | { readonly status: 'interrupted' }
  | { readonly status: 'failed'; readonly error: AgentError };

/** How one request ended. */
type Step =
  | { readonly status: 'answered'; readonly usage: Usage }
  | { readonly status: 'interrupted' }
  | { readonly status: 'failed'; readonly error: AgentError; readonly hasBegun: boolean };

/** Runs a turn to its end, whatever that is; the last save is made before it resolves. */
export const runTurn: RunTurn = async ({ bridge, request, answer: message, tools, limits, effects }) => {
  const answer = new Answer(message);
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  let saveFailure: AgentError | undefined;
  let used = message.usage;
  const save = (toSave: Message) => {
    try {
      effects.save(toSave);
    } catch (error) {
      saveFailure ??= notSaved(error);
      stop.abort();
    }
  };
  const emitDeltas = () => answer.takeDeltas().forEach(effects.emitDelta);
  const deltas = new Throttle(
    () => (effects.isSeen() ? SEEN_DELTA_INTERVAL_MS : HIDDEN_DELTA_INTERVAL_MS),
    emitDeltas,
  );
  const saves = new Throttle(
    () => SAVE_INTERVAL_MS,
    () => save(answer.message),
  );
  const settle = () => {
    deltas.cancel();
    saves.cancel();
    emitDeltas();
  };
  /** A call or its result is on disk before anything comes of it. */
  const told = () => {
    settle();
    save(answer.message);
    effects.emitMessage(answer.message);
  };

  const readStep = async (): Promise<Step> => {
    let characters = 0;
    let calls = 0;
    const history = answer.message.parts.length > 0 ? [...request.history, answer.message] : request.history;
    for await (const event of bridge.runTurn({ ...request, history, tools: tools.tools, signal })) {
      if (signal.aborted) return INTERRUPTED;
      if (event.type === 'finished') return { status: 'answered', usage: event.usage };
      const hasBegun = characters > 0 || answer.openCalls.length > 0;
      if (event.type === 'failed') return { status: 'failed', error: event.error, hasBegun };
      if (event.type === 'tool-call') {
        calls += 1;
        if (calls > MAX_STEP_CALLS) return { status: 'failed', error: tooLong(), hasBegun: true };
        answer.addCall(event.call);
        told();
        continue;
      }
      characters += lengthOf(event);
      if (characters > MAX_STEP_CHARACTERS) return { status: 'failed', error: tooLong(), hasBegun: true };
      if (event.type === 'tool-input') continue;
      answer.append(event);
      deltas.request();
      saves.request();
    }
    return signal.aborted ? INTERRUPTED : brokeOff('it ended without saying so');
  };

  /** One request, and again where its failure may pass and nothing of an answer has come. */
  const ask = async (): Promise<Step> => {
    for (let tries = 0; ; tries += 1) {
      // Raced, so that a bridge that ignores the abort is left behind.
      const step = await Promise.race([readStep().catch(brokeOff), whenAborted(signal)]);
      if (step.status !== 'failed' || step.hasBegun || tries >= limits.retries) return step;
      const delayMs = retryDelayMs(step.error, tries);
      if (delayMs === undefined) return step;
      await effects.waitToRetry(step.error, delayMs, signal);
      if (signal.aborted) return INTERRUPTED;
    }
  };

  const makeCalls = async (calls: readonly ToolCall[]): Promise<void> => {
    for (const call of calls) {
      if (signal.aborted) return;
      const result = await within(
        CALL_END_LIMIT_MS,
        signal,
        tools.run(call, signal).catch(failedResult(call)),
      );
      answer.addResult(result ?? interruptedResult(call));
      told();
    }
  };

  const run = async (): Promise<Ending> => {
    await makeCalls(answer.openCalls);
    for (let steps = 0; !signal.aborted; steps += 1) {
      if (steps > 0 && effects.isSteered()) return { status: 'steered' };
      if (steps >= limits.steps) return { status: 'failed', error: tooManySteps(limits.steps) };
      const step = await ask();
      if (step.status !== 'answered') {
        answer.dropOpenCalls();
        return step;
      }
      used = used ? addUsage(used, step.usage) : step.usage;
      const calls = answer.openCalls;
      if (calls.length === 0) return { status: 'complete' };
      await makeCalls(calls);
    }
    return INTERRUPTED;
  };

  const ending = await run();
  settle();
  const endedAt = Date.now();
  const ended = (how: Ending): Message => {
    const cost = used && effects.costOf(used);
    return {
      ...answer.message,
      status: how.status === 'steered' ? 'complete' : how.status,
      ...(how.status === 'failed' && { error: how.error }),
      ...(used && { usage: cost === undefined ? used : { ...used, cost } }),
      endedAt,
    };
  };
  if (!saveFailure) save(ended(ending));
  if (!saveFailure) return { ...ending, message: ended(ending) };
  const failure: Ending = { status: 'failed', error: saveFailure };
  save(ended(failure));
  return { ...failure, message: ended(failure) } satisfies TurnOutcome;
};

function lengthOf(event: AgentEvent): number {
  if (event.type === 'tool-input') return event.characters;
  return 'text' in event ? event.text.length : 0;
}

const INTERRUPTED = { status: 'interrupted' } as const;

function whenAborted(signal: AbortSignal): Promise<typeof INTERRUPTED> {
  const { promise, resolve } = Promise.withResolvers<typeof INTERRUPTED>();
  if (signal.aborted) resolve(INTERRUPTED);
  else signal.addEventListener('abort', () => resolve(INTERRUPTED), { once: true });
  return promise;
}

/** What the work comes to; undefined when it does not end within the limit after the abort. */
async function within<Value>(
  limitMs: number,
  signal: AbortSignal,
  work: Promise<Value>,
): Promise<Value | undefined> {
  const { promise: limit, resolve: giveUp } = Promise.withResolvers<undefined>();
  let timer: NodeJS.Timeout | undefined;
  void whenAborted(signal).then(() => (timer = setTimeout(() => giveUp(undefined), limitMs)));
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

function interruptedResult({ toolCallId, toolName }: ToolCall): ToolResult {
  const output = 'The person stopped the turn while this ran; how far it came is not known.';
  return { type: 'tool-result', toolCallId, toolName, output, isError: true };
}

function failedResult({ toolCallId, toolName }: ToolCall): (error: unknown) => ToolResult {
  return (error) => ({
    type: 'tool-result',
    toolCallId,
    toolName,
    output: `The tool failed unexpectedly: ${wordsOf(error)}`,
    isError: true,
  });
}

function notSaved(error: unknown): AgentError {
  return {
    code: 'not-available',
    message:
      'The answer was stopped because it could not be saved. Check that the disk has room, then try again.',
    details: wordsOf(error),
  };
}

function tooLong(): AgentError {
  const message = 'The answer was stopped because it had no end. Try again, or ask for less at a time.';
  return { code: 'bad-response', message };
}

function tooManySteps(steps: number): AgentError {
  return {
    code: 'step-limit',
    message: `The agent has taken ${steps} steps without coming to an end. Retry lets it go on; max_steps in [agent] sets the limit.`,
  };
}

function brokeOff(error: unknown): Extract<Step, { status: 'failed' }> {
  const message = 'The agent broke off unexpectedly. Try again.';
  const failure: AgentError = { code: 'not-available', message, details: wordsOf(error) };
  return { status: 'failed', error: failure, hasBegun: true };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
