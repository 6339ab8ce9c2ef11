import type { ProviderSettings } from '../settings/types.ts';
import { kinds } from './kinds.ts';

/** `source` says in words where the key lies; the key itself goes to the provider only. */
export type Credential =
  | { readonly status: 'found'; readonly key: string; readonly source: string }
  | { readonly status: 'not-needed'; readonly source: string }
  | { readonly status: 'missing'; readonly variable: string };

/** Finds the key that settings name, else the usual variable of the kind. */
export function findCredential(
  id: string,
  { kind, apiKey }: Pick<ProviderSettings, 'kind' | 'apiKey'>,
  environment: NodeJS.ProcessEnv,
): Credential {
  if (apiKey && !apiKey.startsWith('$')) {
    return { status: 'found', key: apiKey.trim(), source: `api_key in ${settingsTable(id)}` };
  }
  const variables = apiKey ? [apiKey.slice(1)] : kinds[kind].keyVariables;
  for (const variable of variables) {
    const key = environment[variable]?.trim();
    if (key) return { status: 'found', key, source: `$${variable}` };
  }
  const [variable] = variables;
  return variable === undefined
    ? { status: 'not-needed', source: `api_key in ${settingsTable(id)}, which is not set` }
    : { status: 'missing', variable };
}

/** The table of settings.toml that holds a provider, as one writes it. */
export function settingsTable(id: string): string {
  return `[providers.${/^[\w-]+$/.test(id) ? id : JSON.stringify(id)}]`;
}

/** Shorter ones are words, such as "beta" in a header or "none" for a server that wants no key. */
const SHORTEST_SECRET_CHARACTERS = 5;

/** Takes the key and the values of the settings' own headers out of a text. */
export function createRedact(
  credential: Credential,
  headers: Readonly<Record<string, string>>,
): (text: string) => string {
  const secrets = [
    ...Object.values(headers),
    ...(credential.status === 'found' ? [credential.key] : []),
  ].filter(({ length }) => length >= SHORTEST_SECRET_CHARACTERS);
  return (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '•••'), text);
}
