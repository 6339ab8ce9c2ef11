import { OFFLINE_GUIDE, splitReference, type ModelError, type ModelReference } from '../../shared/models.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Settings } from '../settings/types.ts';
import { settingsTable } from './credential.ts';
import { listModels, nearestReferences } from './list-models.ts';
import { offeredModels, type Knowledge } from './model-facts.ts';
import { addressRemedy, isReachable, type Provider, type ReachableProvider } from './provider.ts';

export type Found =
  | { readonly type: 'offline-guide'; readonly reference: ModelReference }
  | {
      readonly type: 'language-model';
      readonly reference: ModelReference;
      readonly provider: ReachableProvider;
      /** The provider's own id of the model. */
      readonly model: string;
    };

/** The settings as they are now. */
export type Present = {
  readonly settings: Settings;
  readonly providers: readonly Provider[];
  readonly knowledge: Knowledge;
};

/** Finds what a reference or an alias stands for, and why it cannot be used. */
export function findModel(word: string, present: Present): Result<Found, ModelError> {
  if (isReference(word)) return findReference(word, present);
  const meant = aliasOf(word, present);
  if (meant) return findReference(meant, present);
  const words = TIERS.has(word)
    ? `${word} has no meaning yet: write ${word} = "provider/model" in [aliases] in settings.toml.`
    : `${word || 'An empty name'} is not a model: write provider/model.`;
  return err(modelUnknown(words, word, present));
}

/** Finds a provider of the settings that can be asked. */
export function findProvider(id: string, { providers }: Present): Result<ReachableProvider, ModelError> {
  const provider = providers.find((provider) => provider.id === id);
  if (!provider) {
    return err(
      notConfigured(`There is no provider ${id}. Write a ${settingsTable(id)} table in settings.toml.`),
    );
  }
  if (isReachable(provider)) return ok(provider);
  const { endpoint, credential } = provider;
  if (!endpoint || credential.status !== 'missing') return err(notConfigured(addressRemedy(provider)));
  const message = `No key for ${id}: ${credential.what}. ${credential.remedy}`;
  return err({ code: 'credential-missing', message });
}

/** Words that every user has; the rest of the aliases are their own. */
const TIERS: ReadonlySet<string> = new Set(['default', 'fast', 'complex', 'local']);

function aliasOf(word: string, present: Present): ModelReference | undefined {
  const { aliases, defaults } = present.settings;
  if (Object.hasOwn(aliases, word)) return aliases[word];
  if (word === 'default') return defaults.model ?? OFFLINE_GUIDE;
  return word === 'local' ? firstLocal(present) : undefined;
}

/** Installed models and those that the user named go before mere suggestions. */
function firstLocal({ providers, knowledge }: Present): ModelReference | undefined {
  const isSure = (provider: Provider) =>
    provider.settings.models !== undefined || knowledge.discovery.listed(provider) !== undefined;
  const usable = [...providers.filter(isSure), ...providers.filter((provider) => !isSure(provider))];
  return listModels(usable, knowledge).models.find(
    ({ reference, isLocal, unavailable }) => isLocal && !unavailable && reference !== OFFLINE_GUIDE,
  )?.reference;
}

function findReference(reference: ModelReference, present: Present): Result<Found, ModelError> {
  if (reference === OFFLINE_GUIDE) return ok({ type: 'offline-guide', reference });
  const { provider: id, model } = splitReference(reference);
  const table = settingsTable(id);
  const settings = present.providers.find((provider) => provider.id === id)?.settings;
  if (settings?.isEnabled === false) {
    return err(
      notConfigured(`The provider ${id} is turned off. Set enabled = true in ${table} in settings.toml.`),
    );
  }
  if (settings?.models && !settings.models.includes(model)) {
    const words = `${id} does not offer ${model}: it is not among the models of ${table} in settings.toml.`;
    return err(modelUnknown(words, reference, present));
  }
  const provider = findProvider(id, present);
  return provider.ok ? ok({ type: 'language-model', reference, provider: provider.value, model }) : provider;
}

function isReference(text: string): text is ModelReference {
  return /^[^/\s]+\/./.test(text);
}

function modelUnknown(
  words: string,
  wanted: string,
  { settings, providers, knowledge }: Present,
): ModelError {
  const references = providers
    .filter(({ settings }) => settings.isEnabled)
    .flatMap((provider) =>
      offeredModels(provider, knowledge).map((model) => `${provider.id}/${model}` as const),
    );
  const nearest = nearestReferences(wanted, [...references, OFFLINE_GUIDE], settings.aliases);
  const names = nearest.map(({ alias, reference }) => alias ?? reference);
  const isNear = nearest.some((one) => one.isNear);
  const hint = isNear
    ? ` Did you mean ${names.join(' or ')}?`
    : ` There is ${names.join(', ')}, for example.`;
  return {
    code: 'model-unknown',
    message: words + hint,
    nearest: [...new Set(nearest.map(({ reference }) => reference))],
  };
}

function notConfigured(message: string): ModelError {
  return { code: 'provider-not-configured', message };
}
