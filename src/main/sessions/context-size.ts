import { type ContextSize, type Message } from '../../shared/agent.ts';

/** OpenAI's rule of thumb for English text and code ("What are tokens and how to count them?", help.openai.com). */
const CHARACTERS_A_TOKEN = 4;
/** An image of about a megapixel: Anthropic counts width × height / 750 ("Vision", docs.claude.com). */
const IMAGE_TOKENS = 1_500;

/**
 * How much of a window the history takes: what the provider counted for the last complete answer (what it read and what it
 * wrote), and an estimate of all that came after it.
 */
export function contextSizeOf(messages: readonly Message[]): ContextSize {
  const last = messages.findLastIndex(({ usage }) => usage?.inputTokens !== undefined);
  const counted = messages[last]?.usage;
  const since = messages.slice(last + 1).reduce((sum, message) => sum + estimateTokens(message), 0);
  return {
    tokens: (counted?.contextTokens ?? (counted?.inputTokens ?? 0) + (counted?.outputTokens ?? 0)) + since,
    isEstimate: counted === undefined || since > 0,
  };
}

function estimateTokens({ parts }: Message): number {
  return parts.reduce((sum, part) => {
    if (part.type === 'image') return sum + IMAGE_TOKENS;
    const { length } = 'text' in part ? part.text : JSON.stringify(part);
    return sum + Math.ceil(length / CHARACTERS_A_TOKEN);
  }, 0);
}
