import { distance } from 'fastest-levenshtein';
import type { ProviderDescription } from '../../shared/app.ts';
import { OFFLINE_GUIDE, type ModelEntry, type ModelList, type ModelReference } from '../../shared/models.ts';
import type { ProviderSettings, Settings } from '../settings/types.ts';
import { findCredential, type Credential } from './credential.ts';
import { isLoopback, resolveEndpoint } from './endpoint.ts';
import { kinds } from './kinds.ts';

const GUIDE_ENTRY: ModelEntry = {
  reference: OFFLINE_GUIDE,
  provider: 'offline',
  kind: 'offline-guide',
  isLocal: true,
};

/** Every model that settings offer, the offline guide always; those of disabled providers are only counted. */
export function listModels(settings: Settings, environment: NodeJS.ProcessEnv): ModelList {
  const providers = Object.entries(settings.providers);
  const entries = providers.flatMap(([id, provider]) =>
    provider.isEnabled ? entriesOf(id, provider, environment) : [],
  );
  const hiddenBySettings = providers.reduce(
    (count, [, provider]) => count + (provider.isEnabled ? 0 : modelsOf(provider).length),
    0,
  );
  return {
    models: [...entries.filter(({ reference }) => reference !== OFFLINE_GUIDE), GUIDE_ENTRY],
    hiddenBySettings,
  };
}

function modelsOf({ kind, models }: ProviderSettings): readonly string[] {
  return models ?? kinds[kind].models;
}

function entriesOf(id: string, provider: ProviderSettings, environment: NodeJS.ProcessEnv): ModelEntry[] {
  const { kind } = provider;
  const endpoint = resolveEndpoint(kind, provider.baseUrl);
  const unavailable = problemOf(endpoint, findCredential(id, provider, environment));
  const shared = {
    provider: id,
    kind,
    isLocal: endpoint !== undefined && isLoopback(endpoint),
    ...(unavailable && { unavailable }),
  };
  return modelsOf(provider).map((model) => Object.assign({ reference: `${id}/${model}` as const }, shared));
}

function problemOf(endpoint: URL | undefined, credential: Credential): string | undefined {
  if (!endpoint) return 'No address: base_url is not set';
  return credential.status === 'missing' ? `No key: ${credential.variable} is not set` : undefined;
}

/** Every provider of the settings, with where its key lies and why it cannot be used; never the key. */
export function describeProviders(settings: Settings, environment: NodeJS.ProcessEnv): ProviderDescription[] {
  return Object.entries(settings.providers).map(([id, provider]) => {
    const { kind, baseUrl, isEnabled } = provider;
    const credential = findCredential(id, provider, environment);
    const problem = problemOf(resolveEndpoint(kind, baseUrl), credential);
    const keySource = credential.status === 'missing' ? `$${credential.variable}` : credential.source;
    const known = { id, kind, isEnabled, keySource };
    return Object.assign(known, baseUrl !== undefined && { baseUrl }, problem !== undefined && { problem });
  });
}

const MAX_NEAREST = 3;

/** The known references that a mistyped one may stand for, nearest first. A model's name without its provider counts too. */
export function nearestReferences(reference: string, settings: Settings): ModelReference[] {
  const wanted = reference.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return listModels(settings, {})
    .models.map(({ reference: known, provider }) => ({
      known,
      away: Math.min(distance(wanted, known), distance(wanted, known.slice(provider.length + 1))),
    }))
    .filter(({ away }) => away <= limit)
    .sort((one, other) => one.away - other.away)
    .slice(0, MAX_NEAREST)
    .map(({ known }) => known);
}
