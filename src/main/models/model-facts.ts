import type { ModelFacts } from '../../shared/models.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { CatalogueModel } from './catalogue/catalogue-model.ts';
import { withoutDate } from './catalogue/model-id.ts';
import type { Discovery } from './discovery/discovery.ts';
import type { ListedModel } from './discovery/listed-model.ts';
import { kinds } from './kinds.ts';
import { isLocalModel, type Provider } from './provider.ts';

/** What is known of models: from the catalogue, from their provider and from settings. */
export type Knowledge = { readonly catalogue: Catalogue; readonly discovery: Discovery };

/** The ids that the provider offers, those that Carrel suggests first; settings have the last word. */
export function offeredModels(provider: Provider, { catalogue, discovery }: Knowledge): readonly string[] {
  const { kind, models } = provider.settings;
  if (models) return models;
  const listed = discovery.listed(provider);
  const known = catalogue.offered(kind, provider.region);
  if (!listed) return [...new Set([...kinds[kind].models, ...known])];
  const suggested = kinds[kind].models.filter((id) => listed.has(id));
  return [...new Set([...suggested, ...newestFirst(listed, known)])];
}

/** By date where the provider says one, else as the catalogue has them. Snapshots of a model that is there itself are left out. */
function newestFirst(listed: ReadonlyMap<string, ListedModel>, known: readonly string[]): string[] {
  const rank = new Map(known.map((id, index) => [id, index]));
  const rankOf = ({ id }: ListedModel) => rank.get(id) ?? known.length;
  return [...listed.values()]
    .filter(({ id }) => withoutDate(id) === id || !listed.has(withoutDate(id)))
    .sort((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0) || rankOf(one) - rankOf(other))
    .map(({ id }) => id);
}

/** All that is known of the model, in an object of its own; undefined when nobody said anything. */
export function knownOf(
  provider: Provider,
  model: string,
  { catalogue, discovery }: Knowledge,
): CatalogueModel | undefined {
  const { kind, contextWindow } = provider.settings;
  const written = catalogue.find(kind, model);
  const told = discovery.listed(provider)?.get(model)?.facts;
  if (!written && !told && contextWindow === undefined) return undefined;
  const facts: CatalogueModel = {
    ...written,
    ...told,
    abilities: { ...written?.abilities, ...told?.abilities },
    ...(contextWindow !== undefined && { contextWindow }),
  };
  // The catalogue's steps belong to the catalogue's prices.
  const isRepriced = told?.prices && JSON.stringify(told.prices) !== JSON.stringify(written?.prices);
  if (isRepriced) delete facts.tiers;
  if (!isLocalModel(provider, model)) return facts;
  delete facts.prices;
  delete facts.tiers;
  // How much of its window a server on this machine gives a model, only that server knows.
  const isWindowTold = contextWindow !== undefined || told?.contextWindow !== undefined;
  if (kind === 'openai-compatible' && !isWindowTold) delete facts.contextWindow;
  return facts;
}

/** What others may know of it. */
export function factsOf(provider: Provider, model: string, knowledge: Knowledge): ModelFacts | undefined {
  const known = knownOf(provider, model, knowledge);
  delete known?.tiers;
  return known;
}
