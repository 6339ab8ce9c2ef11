import { OFFLINE_GUIDE, splitReference, type ModelError, type ModelReference } from '../../shared/models.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ProviderSettings, Settings } from '../settings/types.ts';
import { createRedact, findCredential, settingsTable, type Credential } from './credential.ts';
import { resolveEndpoint } from './endpoint.ts';
import { kinds } from './kinds.ts';
import { describeProviders, listModels, nearestReferences } from './list-models.ts';
import { loadModel } from './load-model.ts';
import { createTransport } from './transport.ts';
import type { Models, ResolvedModel } from './types.ts';

export type ModelsOptions = {
  readonly settings: () => Settings;
  /** The user's own, where keys are looked up. */
  readonly environment: NodeJS.ProcessEnv;
  readonly fetch?: typeof globalThis.fetch;
};

/** The catalogue and the way to each model. Settings are read anew at each call; packages are loaded when first used. */
export function createModels({ settings, environment, fetch = globalThis.fetch }: ModelsOptions): Models {
  const find = (reference: string) => findModel(reference, settings(), environment);
  return {
    list: () => listModels(settings(), environment),
    providers: () => describeProviders(settings(), environment),
    check: (reference) => {
      const found = find(reference);
      return found.ok ? ok(found.value.reference) : found;
    },
    resolve: async (reference) => {
      const found = find(reference);
      return found.ok ? ok(await build(found.value, fetch)) : found;
    },
  };
}

type Found =
  | { readonly type: 'offline-guide'; readonly reference: ModelReference }
  | {
      readonly type: 'language-model';
      readonly reference: ModelReference;
      readonly provider: ProviderSettings;
      readonly endpoint: URL;
      readonly credential: Exclude<Credential, { status: 'missing' }>;
    };

function findModel(
  reference: string,
  settings: Settings,
  environment: NodeJS.ProcessEnv,
): Result<Found, ModelError> {
  if (reference === OFFLINE_GUIDE) return ok({ type: 'offline-guide', reference });
  if (!isReference(reference)) {
    return err(modelUnknown(`${reference} is not a model: write provider/model.`, reference, settings));
  }
  const { provider: id, model } = splitReference(reference);
  const provider = Object.hasOwn(settings.providers, id) ? settings.providers[id] : undefined;
  const table = settingsTable(id);
  if (!provider)
    return err(notConfigured(`There is no provider ${id}. Write a ${table} table in settings.toml.`));
  if (!provider.isEnabled) {
    return err(
      notConfigured(`The provider ${id} is turned off. Set enabled = true in ${table} in settings.toml.`),
    );
  }
  if (provider.models && !provider.models.includes(model)) {
    const words = `${id} does not offer ${model}: it is not among the models of ${table} in settings.toml.`;
    return err(modelUnknown(words, reference, settings));
  }
  const endpoint = resolveEndpoint(provider.kind, provider.baseUrl);
  if (!endpoint)
    return err(notConfigured(`The provider ${id} needs a base_url in ${table} in settings.toml.`));
  const credential = findCredential(id, provider, environment);
  if (credential.status === 'missing') return err(credentialMissing(id, provider, credential.variable));
  return ok({ type: 'language-model', reference, provider, endpoint, credential });
}

async function build(found: Found, fetch: typeof globalThis.fetch): Promise<ResolvedModel> {
  if (found.type === 'offline-guide') return found;
  const { reference, endpoint, credential } = found;
  const { kind, headers } = found.provider;
  const { provider: id, model } = splitReference(reference);
  return {
    type: 'language-model',
    reference,
    kind,
    model: await loadModel(kind, model, {
      baseURL: endpoint.href,
      apiKey: credential.status === 'found' ? credential.key : '',
      headers: { ...headers },
      transport: createTransport(kind, fetch),
    }),
    providerName: `${id} (${endpoint.host})`,
    keySource: credential.source,
    redact: createRedact(credential, headers),
  };
}

function isReference(text: string): text is ModelReference {
  return /^[^/\s]+\/./.test(text);
}

function modelUnknown(words: string, reference: string, settings: Settings): ModelError {
  const nearest = nearestReferences(reference, settings);
  const hint = nearest.length > 0 ? ` Did you mean ${nearest.join(' or ')}?` : '';
  return { code: 'model-unknown', message: words + hint, nearest };
}

function notConfigured(message: string): ModelError {
  return { code: 'provider-not-configured', message };
}

function credentialMissing(id: string, { kind }: ProviderSettings, variable: string): ModelError {
  const { keyVariables } = kinds[kind];
  const names = keyVariables[0] === variable ? keyVariables.join(' or ') : variable;
  return {
    code: 'credential-missing',
    message:
      `No key for ${id}: ${names} is not set. Set it in the environment that Carrel starts in, ` +
      `or write api_key in ${settingsTable(id)} in settings.toml.`,
  };
}
