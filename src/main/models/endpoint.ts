import type { ProviderSettings } from '../settings/types.ts';
import type { Credential } from './credential.ts';
import { kinds } from './kinds.ts';

/** What is needed of a provider's settings to find its address. */
export type AddressSettings = Pick<ProviderSettings, 'kind' | 'baseUrl' | 'region'>;

/**
 * Where a provider's requests go, without a slash at the end of its path; undefined when base_url is missing or not a web
 * address, or region cannot be part of one.
 */
export function resolveEndpoint(
  settings: AddressSettings,
  credential: Credential,
  environment: NodeJS.ProcessEnv,
): URL | undefined {
  const { kind, baseUrl } = settings;
  const region = regionOf(settings, environment);
  if (!/^[a-z0-9-]+$/.test(region)) return undefined;
  const { host = '', path } = placeOf(kind, region, credential);
  const url = URL.parse(baseUrl ?? host);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const own = url.pathname.replace(/\/+$/, '');
  const isComplete = own !== '' && (kind !== 'ollama' || own.endsWith(path));
  return new URL(url.origin + (isComplete ? own : own + path));
}

/** An AWS region or a location of Google Cloud: the settings' own, else what the environment says. */
export function regionOf({ kind, region }: AddressSettings, environment: NodeJS.ProcessEnv): string {
  if (region !== undefined) return region;
  if (kind === 'vertex') return environment.GOOGLE_VERTEX_LOCATION?.trim() || 'global';
  return environment.AWS_REGION?.trim() || 'us-east-1';
}

function placeOf(
  kind: ProviderSettings['kind'],
  region: string,
  credential: Credential,
): { host?: string | undefined; path: string } {
  if (kind === 'bedrock') {
    const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    return { host: `https://bedrock-runtime.${region}.${domain}`, path: '' };
  }
  if (kind !== 'vertex') return { host: kinds[kind].defaultUrl, path: kinds[kind].path };
  if (credential.status !== 'google') {
    return { host: 'https://aiplatform.googleapis.com', path: '/v1/publishers/google' };
  }
  const path = `/v1beta1/projects/${encodeURIComponent(credential.project)}/locations/${region}/publishers/google`;
  return { host: `https://${vertexHost(region)}`, path };
}

function vertexHost(region: string): string {
  if (region === 'global') return 'aiplatform.googleapis.com';
  const isMultiRegion = region === 'eu' || region === 'us';
  return isMultiRegion ? `aiplatform.${region}.rep.googleapis.com` : `${region}-aiplatform.googleapis.com`;
}

/** Whether what is sent there stays on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
