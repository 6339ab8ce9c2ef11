import { OFFLINE_GUIDE, splitReference, type ModelReference } from '../../shared/models.ts';
import { err, ok } from '../../shared/result.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings/types.ts';
import { buildModel, nameOf } from './build-model.ts';
import { Catalogue } from './catalogue/catalogue.ts';
import { costOf } from './costs.ts';
import { createRedact } from './credential.ts';
import { listsModels } from './discovery/ask-provider.ts';
import { Discovery, type ListingCache } from './discovery/discovery.ts';
import { findModel, findProvider, type Found, type Present } from './find-model.ts';
import { describeProviders, listModels } from './list-models.ts';
import { factsOf, knownOf, offeredModels } from './model-facts.ts';
import { isLocalModel, isReachable, locateProvider, type ReachableProvider } from './provider.ts';
import type { TransportError } from './transport-error.ts';
import { tryModel } from './try-model.ts';
import type { Models } from './types.ts';

export type ModelsOptions = {
  readonly settings: () => Settings;
  /** The user's own, where keys are looked up. */
  readonly environment: NodeJS.ProcessEnv;
  readonly secrets: Secrets;
  readonly cache: ListingCache;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** A provider that is asked for its models and has not answered whole by then has failed. */
  readonly listingTimeoutMs?: number;
};

/** The catalogue and the way to each model. Settings are read anew at each call; packages are loaded when first used. */
export function createModels(options: ModelsOptions): Models {
  const { environment, secrets, fetch = globalThis.fetch } = options;
  const { cache, now = Date.now, listingTimeoutMs: timeoutMs = 10_000 } = options;
  const discovery = new Discovery({ fetch, cache, now, timeoutMs });
  const knowledge = { catalogue: new Catalogue(), discovery };
  const present = (): Present => {
    const settings = options.settings();
    const providers = Object.entries(settings.providers).map(([id, provider]) =>
      locateProvider(id, provider, { environment, secrets }),
    );
    return { settings, providers, knowledge };
  };
  const providerOf = (id: string) => {
    const settings = options.settings().providers;
    const own = Object.hasOwn(settings, id) ? settings[id] : undefined;
    return own && locateProvider(id, own, { environment, secrets });
  };
  const isLocal = (reference: ModelReference): boolean => {
    if (reference === OFFLINE_GUIDE) return true;
    const { provider: id, model } = splitReference(reference);
    const provider = providerOf(id);
    return provider !== undefined && isLocalModel(provider, model);
  };
  const build = (found: Found) => buildModel(found, environment, fetch);
  /** For a provider that lists nothing. */
  const tryFirst = async (provider: ReachableProvider) => {
    const [model = ''] = offeredModels(provider, knowledge);
    const reference = `${provider.id}/${model}` as const;
    const resolved = await build({ type: 'language-model', reference, provider, model });
    return tryModel(resolved, AbortSignal.timeout(timeoutMs));
  };

  return {
    list: () => listModels(present().providers, knowledge),
    providers: () => describeProviders(present().providers),
    check: (word) => {
      const found = findModel(word, present());
      return found.ok ? ok(found.value.reference) : found;
    },
    resolve: async (word) => {
      const found = findModel(word, present());
      return found.ok ? ok(await build(found.value)) : found;
    },
    factsOf: (reference) => {
      const { provider: id, model } = splitReference(reference);
      const provider = providerOf(id);
      return provider && factsOf(provider, model, knowledge);
    },
    isLocal,
    costOf: (reference, usage) => {
      if (isLocal(reference)) return 0;
      const { provider: id, model } = splitReference(reference);
      const provider = providerOf(id);
      return provider && costOf(knownOf(provider, model, knowledge) ?? {}, usage);
    },
    refresh: async ({ isForced = false } = {}) => {
      const asked = present()
        .providers.filter(({ settings }) => settings.isEnabled && listsModels(settings.kind))
        // Who names the models in settings has said what is wanted; but only Ollama knows what window it gives them.
        .filter(({ settings: { kind, models } }) => isForced || models === undefined || kind === 'ollama')
        .filter(isReachable);
      await Promise.all(asked.map((provider) => discovery.ask(provider, { isForced })));
    },
    test: async (id) => {
      const found = findProvider(id, present());
      if (!found.ok) return found;
      const provider = found.value;
      const tried = listsModels(provider.settings.kind)
        ? await discovery.ask(provider, { isForced: true })
        : await tryFirst(provider);
      if (!tried.ok) return err({ code: 'provider-failed', message: wordsOf(tried.error, provider) });
      const models = discovery.listed(provider)?.size ?? offeredModels(provider, knowledge).length;
      return ok({ models });
    },
    onChange: (listener) => discovery.onChange(listener),
    [Symbol.dispose]: () => discovery[Symbol.dispose](),
  };
}

/** What went wrong in a test, in a sentence that says what to do. */
function wordsOf({ code, message }: TransportError, provider: ReachableProvider): string {
  const { credential, settings } = provider;
  const remedy = code === 'credential-refused' ? ` Check ${credential.source}.` : '';
  return createRedact(credential, settings.headers)(`${nameOf(provider)} ${message}${remedy}`);
}
