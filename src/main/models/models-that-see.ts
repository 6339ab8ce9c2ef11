import type { ModelEntry, ModelPreferences, ModelReference } from '../../shared/models.ts';

/** More than these are no hint any more. */
const MAX_NAMED = 3;

/** A few models that take images and can be picked: those that the person likes or used first. */
export function modelsThatSee(
  models: readonly ModelEntry[],
  { favourites, recent }: ModelPreferences,
): ModelReference[] {
  const seeing = models
    .filter(({ facts, unavailable }) => facts?.abilities.images === true && unavailable === undefined)
    .map(({ reference }) => reference);
  const liked = [...favourites, ...recent].filter((reference) => seeing.includes(reference));
  return [...new Set([...liked, ...seeing])].slice(0, MAX_NAMED);
}
