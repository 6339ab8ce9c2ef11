import { defaultFilter } from 'cmdk';
import { modelLabel, type ModelEntry } from '../../../shared/models.ts';

export type ModelGroup = { readonly provider: string; readonly models: readonly ModelEntry[] };

/**
 * The models that fit what was typed, by provider. Without a search in the order of settings,
 * else the best first, groups and models alike.
 */
export function matchModels(models: readonly ModelEntry[], search: string): ModelGroup[] {
  const query = search.trim();
  const found = query === '' ? models : bestFirst(models, query);
  return [...Map.groupBy(found, ({ provider }) => provider)].map(([provider, models]) => ({
    provider,
    models,
  }));
}

function bestFirst(models: readonly ModelEntry[], query: string): ModelEntry[] {
  return models
    .map((model) => ({ model, score: score(model, query) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .map(({ model }) => model);
}

/** By the model's own name or with its provider, whichever fits better. */
function score({ reference, kind }: ModelEntry, query: string): number {
  return Math.max(defaultFilter(modelLabel(reference), query), defaultFilter(reference, query, [kind]));
}

/** The first `limit` models, in as many groups as they need. */
export function firstModels(groups: readonly ModelGroup[], limit: number): ModelGroup[] {
  let left = limit;
  return groups.flatMap(({ provider, models }) => {
    const shown = models.slice(0, Math.max(left, 0));
    left -= shown.length;
    return shown.length === 0 ? [] : [{ provider, models: shown }];
  });
}
