import type { AgentError } from '../../shared/agent.ts';

const FIRST_DELAY_MS = 1_000;
/** Whoever asks for more patience than this is told so, and the person decides. */
const MAX_DELAY_MS = 60_000;
const PASSING: ReadonlySet<AgentError['code']> = new Set(['rate-limited', 'network', 'provider-failed']);

/**
 * How long to wait before the same request is made again; undefined where that is of no use. Doubles with each try that has
 * failed, and is never less than the provider asked for (Retry-After).
 */
export function retryDelayMs(
  { code, status, retryAfterSeconds = 0 }: AgentError,
  tries: number,
): number | undefined {
  // A provider that failed without a status said so in its stream, in words of its own.
  if (!PASSING.has(code) || (code === 'provider-failed' && status !== 408 && (status ?? 0) < 500))
    return undefined;
  const delayMs = Math.max(FIRST_DELAY_MS * 2 ** tries, retryAfterSeconds * 1_000);
  return delayMs > MAX_DELAY_MS ? undefined : delayMs;
}
