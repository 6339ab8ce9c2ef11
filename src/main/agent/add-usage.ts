import type { Usage } from '../../shared/agent.ts';

const COUNTS = [
  'inputTokens',
  'outputTokens',
  'cachedInputTokens',
  'cacheWriteTokens',
  'reasoningTokens',
] as const;

/** What two requests of one turn used together; `later` alone says how much of the window is taken. Costs are worked out anew. */
export function addUsage(earlier: Usage, later: Usage): Usage {
  const sums = COUNTS.flatMap((name) =>
    earlier[name] === undefined && later[name] === undefined
      ? []
      : [[name, (earlier[name] ?? 0) + (later[name] ?? 0)] as const],
  );
  const isCounted = later.inputTokens !== undefined;
  const contextTokens = isCounted
    ? (later.inputTokens ?? 0) + (later.outputTokens ?? 0)
    : earlier.contextTokens;
  return { ...Object.fromEntries(sums), ...(contextTokens !== undefined && { contextTokens }) };
}
