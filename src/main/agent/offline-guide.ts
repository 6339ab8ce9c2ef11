import { setTimeout as wait } from 'node:timers/promises';
import { textOf } from '../../shared/agent.ts';
import type { OwnKeys } from '../../shared/key-bindings.ts';
import { OFFLINE_GUIDE } from '../../shared/models.ts';
import { answerQuestion } from './guide/answer-question.ts';
import type { AgentBridge, AgentEvent, TurnRequest } from './types.ts';

export type OfflineGuideOptions = {
  readonly epoch: number;
  /** Absolute path of settings.toml, for the answers that name it. */
  readonly settingsPath: string;
  /** As they are when a question comes. */
  readonly ownKeys: () => OwnKeys;
};

/** A pace that one can read along with. */
const WORD_INTERVAL_MS = 10;

/** Answers without network and key, by rules; the bottom of the chain. */
export function createOfflineGuide({ epoch, ...knowledge }: OfflineGuideOptions): AgentBridge {
  const disposal = new AbortController();
  return {
    epoch,
    model: OFFLINE_GUIDE,
    runTurn: (request) => speak(request, knowledge, AbortSignal.any([request.signal, disposal.signal])),
    [Symbol.asyncDispose]: async () => disposal.abort(),
  };
}

async function* speak(
  { history, context }: TurnRequest,
  { settingsPath, ownKeys }: Omit<OfflineGuideOptions, 'epoch'>,
  signal: AbortSignal,
): AsyncGenerator<AgentEvent, void, undefined> {
  const question = history.at(-1);
  const text = question ? textOf(question) : '';
  const isFirst = !history.some(({ role, model }) => role === 'assistant' && model === OFFLINE_GUIDE);
  const words =
    answerQuestion({ text, isFirst, context, settingsPath, ownKeys: ownKeys() }).match(/\s*\S+/g) ?? [];
  for (const word of words) {
    await wait(WORD_INTERVAL_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    yield { type: 'text-delta', text: word };
  }
  yield { type: 'finished', usage: {} };
}
