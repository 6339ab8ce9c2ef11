import type { ProviderSettings } from '../settings/types.ts';
import {
  findCredential,
  settingsTable,
  type Credential,
  type FoundCredential,
  type KeyPlaces,
} from './credential.ts';
import { isLoopback, regionOf, resolveEndpoint } from './endpoint.ts';
import { kinds } from './kinds.ts';

/** A provider of the settings, with its address and key as they are now. */
export type Provider = {
  readonly id: string;
  readonly settings: ProviderSettings;
  readonly credential: Credential;
  readonly endpoint: URL | undefined;
  readonly region: string;
  /** The address is on this machine. */
  readonly isLoopback: boolean;
};

/** A provider that can be asked. */
export type ReachableProvider = Provider & {
  readonly credential: FoundCredential;
  readonly endpoint: URL;
};

export function locateProvider(id: string, settings: ProviderSettings, places: KeyPlaces): Provider {
  const credential = findCredential(id, settings, places);
  const endpoint = resolveEndpoint(settings, credential, places.environment);
  return {
    id,
    settings,
    credential,
    endpoint,
    region: regionOf(settings, places.environment),
    isLoopback: endpoint !== undefined && isLoopback(endpoint),
  };
}

export function isReachable(provider: Provider): provider is ReachableProvider {
  return provider.endpoint !== undefined && provider.credential.status !== 'missing';
}

/** Why the provider cannot be asked, in a few words; undefined when it can. */
export function problemOf({
  settings: { kind, baseUrl },
  endpoint,
  credential,
}: Provider): string | undefined {
  if (!endpoint) {
    const isUnset = baseUrl === undefined && kinds[kind].defaultUrl === undefined && !hasRegion(kind);
    return `No address: ${isUnset ? 'base_url is not set' : 'base_url or region is not right'}`;
  }
  return credential.status === 'missing' ? `No key: ${credential.what}` : undefined;
}

/** What to do about a missing address. */
export function addressRemedy({ id, settings: { kind } }: Provider): string {
  const needed = hasRegion(kind) ? 'a base_url or region that is right' : 'a base_url';
  return `The provider ${id} needs ${needed} in ${settingsTable(id)} in settings.toml.`;
}

function hasRegion(kind: ProviderSettings['kind']): boolean {
  return kind === 'bedrock' || kind === 'vertex';
}

/** What is at home on this machine. Another kind at a loopback address is a proxy to a paid service. */
const LOCAL_KINDS: ReadonlySet<ProviderSettings['kind']> = new Set(['ollama', 'openai-compatible']);

/** Answers come from this machine. Ollama passes some models on to its maker's servers; their names say so. */
export function isLocalModel({ settings: { kind }, isLoopback }: Provider, model: string): boolean {
  return isLoopback && LOCAL_KINDS.has(kind) && !(kind === 'ollama' && isOllamaCloud(model));
}

export function isOllamaCloud(model: string): boolean {
  return /[:-]cloud$/.test(model);
}
