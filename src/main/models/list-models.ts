import { distance } from 'fastest-levenshtein';
import type { ProviderDescription } from '../../shared/app.ts';
import { OFFLINE_GUIDE, type ModelEntry, type ModelList, type ModelReference } from '../../shared/models.ts';
import { factsOf, offeredModels, type Knowledge } from './model-facts.ts';
import { isLocalModel, problemOf, type Provider } from './provider.ts';

const GUIDE_ENTRY: ModelEntry = {
  reference: OFFLINE_GUIDE,
  provider: 'offline',
  kind: 'offline-guide',
  isLocal: true,
  usesKey: false,
};

/** Every model that providers offer, the offline guide always; those of disabled providers are only counted. */
export function listModels(providers: readonly Provider[], knowledge: Knowledge): ModelList {
  const entries = providers
    .filter(({ settings }) => settings.isEnabled)
    .flatMap((provider) => entriesOf(provider, knowledge));
  const hiddenBySettings = providers
    .filter(({ settings }) => !settings.isEnabled)
    .reduce((count, provider) => count + offeredModels(provider, knowledge).length, 0);
  return {
    models: [...entries.filter(({ reference }) => reference !== OFFLINE_GUIDE), GUIDE_ENTRY],
    hiddenBySettings,
  };
}

function entriesOf(provider: Provider, knowledge: Knowledge): ModelEntry[] {
  const { id, settings, credential } = provider;
  const unavailable = problemOf(provider);
  return offeredModels(provider, knowledge).map((model) => {
    const facts = factsOf(provider, model, knowledge);
    return {
      reference: `${id}/${model}`,
      provider: id,
      kind: settings.kind,
      isLocal: isLocalModel(provider, model),
      usesKey: credential.status !== 'not-needed' && credential.status !== 'missing',
      ...(facts && { facts }),
      ...(unavailable && { unavailable }),
    };
  });
}

/** Every provider of the settings, with where its key lies and why it cannot be used; never the key. */
export function describeProviders(providers: readonly Provider[]): ProviderDescription[] {
  return providers.map((provider) => {
    const { kind, baseUrl, isEnabled } = provider.settings;
    const { source, place } = provider.credential;
    const problem = problemOf(provider);
    return {
      id: provider.id,
      kind,
      isEnabled,
      keySource: source,
      keyPlace: place,
      ...(baseUrl !== undefined && { baseUrl }),
      ...(problem !== undefined && { problem }),
    };
  });
}

const MAX_NEAREST = 3;

/** A reference, and the alias that stands for it where that is what was meant. */
export type Nearest = {
  readonly reference: ModelReference;
  readonly alias?: string;
  /** So near that it may be what was meant. */
  readonly isNear: boolean;
};

/**
 * The known references that a mistyped one may stand for, nearest first: those that are near, else the nearest there are. A
 * model's name without its provider counts too, and an alias.
 */
export function nearestReferences(
  wanted: string,
  references: readonly ModelReference[],
  aliases: Readonly<Record<string, ModelReference>>,
): Nearest[] {
  const lower = wanted.toLowerCase();
  const limit = Math.max(2, Math.floor(lower.length / 3));
  const models = references.map((reference) => ({
    alias: undefined,
    reference,
    away: Math.min(distance(lower, reference), distance(lower, reference.slice(reference.indexOf('/') + 1))),
  }));
  const named = Object.entries(aliases).map(([alias, reference]) => ({
    alias,
    reference,
    away: distance(lower, alias.toLowerCase()),
  }));
  const sorted = [...named, ...models].sort((one, other) => one.away - other.away);
  const near = sorted.filter(({ away }) => away <= limit);
  return (near.length > 0 ? near : sorted).slice(0, MAX_NEAREST).map(({ alias, reference, away }) => ({
    isNear: away <= limit,
    reference,
    ...(alias !== undefined && { alias }),
  }));
}
