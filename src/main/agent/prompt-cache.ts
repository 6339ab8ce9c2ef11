import type { ModelMessage, SystemModelMessage } from 'ai';
import type { Recipient } from './model-messages.ts';

type Hint = NonNullable<SystemModelMessage['providerOptions']>;

/** Claude caches what it is asked to, and up to there; other models cache by themselves. The prompt comes after the tools, so it stands for both. */
export function cacheHint({ kind, reference }: Pick<Recipient, 'kind' | 'reference'>): Hint | undefined {
  const cacheControl = { type: 'ephemeral' };
  if (kind === 'anthropic') return { anthropic: { cacheControl } };
  if (!/anthropic|claude/.test(reference)) return undefined;
  if (kind === 'openrouter') return { openrouter: { cacheControl } };
  return kind === 'bedrock' ? { bedrock: { cachePoint: { type: 'default' } } } : undefined;
}

/** Of the last messages that were told to the model: the older one finds what the last request kept, the newer keeps it for the next. */
const MARKED_MESSAGES = 2;

/** The messages, with the end of the history marked to be kept. */
export function withCacheHints(messages: readonly ModelMessage[], hint: Hint | undefined): ModelMessage[] {
  if (!hint) return [...messages];
  const told = new Set(messages.filter(({ role }) => role !== 'assistant').slice(-MARKED_MESSAGES));
  return messages.map((message) =>
    told.has(message) ? { ...message, providerOptions: { ...message.providerOptions, ...hint } } : message,
  );
}
