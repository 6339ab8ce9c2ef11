import type { Message, Usage } from '../../shared/agent.ts';
import type { ModelFacts, ModelReference, Preflight } from '../../shared/models.ts';
import { contextSizeOf } from './context-size.ts';

/** Anthropic's cache lives for five minutes unless more is paid ("Prompt caching", docs.claude.com); others keep theirs about as long. */
const CACHE_LIFETIME_MS = 5 * 60_000;

export type PreflightInput = {
  readonly from: ModelReference;
  readonly to: ModelReference;
  /** Of the model that is switched to. */
  readonly facts: ModelFacts | undefined;
  readonly messages: readonly Message[];
  readonly costOf: (model: ModelReference, usage: Usage) => number | undefined;
  readonly askAboveDollars: number;
  /** Milliseconds since 1970. */
  readonly now: number;
};

/** What the switch would cost and lose; nothing when there is no history or the model stays. */
export function preflightOf({
  from,
  to,
  facts,
  messages,
  costOf,
  askAboveDollars,
  now,
}: PreflightInput): Preflight {
  if (from === to)
    return { from, to, rereadTokens: 0, reasoningLeftOut: 0, unsupported: [], isWorthAsking: false };
  const { tokens } = contextSizeOf(messages);
  const rereadCost = costOf(to, { inputTokens: tokens, outputTokens: 0 });
  const windowShare = facts?.contextWindow && tokens / facts.contextWindow;
  const cacheLost = cacheLostBy(from, messages, costOf, now);
  const unsupported = unsupportedBy(facts, messages, windowShare);
  return {
    from,
    to,
    rereadTokens: tokens,
    ...(rereadCost !== undefined && { rereadCost }),
    ...(windowShare !== undefined && { windowShare }),
    ...(cacheLost && { cacheLost }),
    reasoningLeftOut: messages
      .filter(({ model }) => model !== to)
      .flatMap(({ parts }) => parts)
      .filter((part) => part.type === 'reasoning' && part.metadata).length,
    unsupported,
    isWorthAsking: unsupported.length > 0 || (rereadCost ?? 0) > askAboveDollars,
  };
}

/** What the present model's provider still has of this history. */
function cacheLostBy(
  from: ModelReference,
  messages: readonly Message[],
  costOf: PreflightInput['costOf'],
  now: number,
): Preflight['cacheLost'] {
  const last = messages.findLast(({ usage }) => usage?.inputTokens !== undefined);
  if (!last?.usage || last.model !== from || now - (last.endedAt ?? 0) > CACHE_LIFETIME_MS) return undefined;
  const tokens = (last.usage.cachedInputTokens ?? 0) + (last.usage.cacheWriteTokens ?? 0);
  if (tokens === 0) return undefined;
  const cost = costOf(from, { inputTokens: tokens, cachedInputTokens: tokens, outputTokens: 0 });
  return { tokens, ...(cost !== undefined && { cost }) };
}

function unsupportedBy(
  facts: ModelFacts | undefined,
  messages: readonly Message[],
  windowShare: number | undefined,
): Preflight['unsupported'] {
  const uses = new Set(messages.flatMap(({ parts }) => parts.map(({ type }) => type)));
  const unsupported: Preflight['unsupported'] = [];
  if (facts?.abilities.images === false && uses.has('image')) {
    unsupported.push({ what: 'images', consequence: 'A note stands in for each image of this history.' });
  }
  if (facts?.abilities.tools === false && uses.has('tool-call')) {
    unsupported.push({
      what: 'tools',
      consequence: 'It reads what tools did as text, and can use none itself.',
    });
  }
  if (windowShare !== undefined && windowShare >= 1) {
    unsupported.push({
      what: 'window',
      consequence: 'This history does not fit; its provider will refuse it.',
    });
  }
  return unsupported;
}
