import { distance } from 'fastest-levenshtein';
import { OFFLINE_GUIDE, type ModelEntry, type ModelList, type ModelReference } from '../../shared/models.ts';
import type { ProviderSettings, Settings } from '../settings/types.ts';
import { findCredential } from './credential.ts';
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
  const credential = findCredential(id, provider, environment);
  const unavailable = !endpoint
    ? 'No address: base_url is not set'
    : credential.status === 'missing' && `No key: ${credential.variable} is not set`;
  const shared = {
    provider: id,
    kind,
    isLocal: endpoint !== undefined && isLoopback(endpoint),
    ...(unavailable && { unavailable }),
  };
  return modelsOf(provider).map((model) => Object.assign({ reference: `${id}/${model}` as const }, shared));
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
