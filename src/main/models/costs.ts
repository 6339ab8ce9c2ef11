import type { Usage } from '../../shared/agent.ts';
import type { Prices } from '../../shared/models.ts';
import type { CatalogueModel } from './catalogue/catalogue-model.ts';

/**
 * US dollars for what was used; undefined when the price or the count is not known. `inputTokens` counts everything that was
 * read, with what came from the provider's cache and what was written to it.
 */
export function costOf(
  { prices, tiers = [] }: Pick<CatalogueModel, 'prices' | 'tiers'>,
  usage: Usage,
): number | undefined {
  const { inputTokens, outputTokens } = usage;
  if (!prices || (inputTokens === undefined && outputTokens === undefined)) return undefined;
  const read = inputTokens ?? 0;
  const rates: Prices = tiers.findLast(({ aboveTokens }) => read > aboveTokens) ?? prices;
  const cached = usage.cachedInputTokens ?? 0;
  const written = usage.cacheWriteTokens ?? 0;
  const millionths =
    Math.max(0, read - cached - written) * rates.input +
    cached * (rates.cachedInput ?? rates.input) +
    written * (rates.cacheWrite ?? rates.input) +
    (outputTokens ?? 0) * rates.output;
  return millionths / 1_000_000;
}
