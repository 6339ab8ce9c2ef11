import type { ProviderKind } from '../../shared/models.ts';
import { kinds } from './kinds.ts';

/** Where a provider's requests go, without a slash at the end; undefined when base_url is missing or not a web address. */
export function resolveEndpoint(kind: ProviderKind, baseUrl: string | undefined): URL | undefined {
  const { defaultUrl, path } = kinds[kind];
  const url = URL.parse(baseUrl ?? defaultUrl ?? '');
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const own = url.pathname.replace(/\/+$/, '');
  const isComplete = own !== '' && (kind !== 'ollama' || own.endsWith(path));
  return new URL(url.origin + (isComplete ? own : own + path));
}

/** Whether what is sent there stays on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
