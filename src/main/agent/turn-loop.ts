import type { AgentError, Message, Usage } from '../../shared/agent.ts';
import { Answer } from './answer.ts';
import { Throttle } from './throttle.ts';
import type { RunTurn, TurnOutcome } from './types.ts';

/** Two frames: more often would cost the window more than anyone can read. */
const DELTA_INTERVAL_MS = 33;
/** What a crash may cost; a save each token would keep the disk busy. */
const SAVE_INTERVAL_MS = 250;

type Ending =
  | { readonly status: 'complete'; readonly usage: Usage }
  | { readonly status: 'interrupted' }
  | { readonly status: 'failed'; readonly error: AgentError };

/** Runs a turn to its end, whatever that is; the last save is made before it resolves. */
export const runTurn: RunTurn = async ({ bridge, request, answer: message, effects }) => {
  const answer = new Answer(message);
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  let saveFailure: AgentError | undefined;
  const save = (toSave: Message) => {
    try {
      effects.save(toSave);
    } catch (error) {
      saveFailure ??= notSaved(error);
      stop.abort();
    }
  };
  const withCost = (usage: Usage) => {
    const cost = effects.costOf(usage);
    return cost === undefined ? usage : { ...usage, cost };
  };
  const emitDeltas = () => answer.takeDeltas().forEach(effects.emitDelta);
  const deltas = new Throttle(DELTA_INTERVAL_MS, emitDeltas);
  const saves = new Throttle(SAVE_INTERVAL_MS, () => save(answer.message));

  const consume = async (): Promise<Ending> => {
    for await (const event of bridge.runTurn({ ...request, signal })) {
      if (signal.aborted) return INTERRUPTED;
      if (event.type === 'finished') return { status: 'complete', usage: withCost(event.usage) };
      if (event.type === 'failed') return { status: 'failed', error: event.error };
      answer.append(event);
      deltas.request();
      saves.request();
    }
    return signal.aborted ? INTERRUPTED : brokeOff('it ended without saying so');
  };
  // Raced, so that a bridge that ignores the abort is left behind.
  const ending = await Promise.race([consume().catch(brokeOff), whenAborted(signal)]);
  deltas.cancel();
  saves.cancel();
  emitDeltas();
  const endedAt = Date.now();
  const ended = (how: Ending) => ({ ...answer.message, ...how, endedAt });
  if (!saveFailure) save(ended(ending));
  if (!saveFailure) return toOutcome(ending, ended(ending));
  const failure: Ending = { status: 'failed', error: saveFailure };
  save(ended(failure));
  return toOutcome(failure, ended(failure));
};

const INTERRUPTED: Ending = { status: 'interrupted' };

function whenAborted(signal: AbortSignal): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  if (signal.aborted) resolve(INTERRUPTED);
  else signal.addEventListener('abort', () => resolve(INTERRUPTED), { once: true });
  return promise;
}

function toOutcome(ending: Ending, message: Message): TurnOutcome {
  return ending.status === 'failed' ? { ...ending, message } : { status: ending.status, message };
}

function notSaved(error: unknown): AgentError {
  return {
    code: 'not-available',
    message:
      'The answer was stopped because it could not be saved. Check that the disk has room, then try again.',
    details: wordsOf(error),
  };
}

function brokeOff(error: unknown): Ending {
  const message = 'The agent broke off unexpectedly. Try again.';
  return { status: 'failed', error: { code: 'not-available', message, details: wordsOf(error) } };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
