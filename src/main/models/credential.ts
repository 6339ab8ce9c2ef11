import type { ProviderDescription } from '../../shared/app.ts';
import type { Secrets } from '../secrets.ts';
import type { ProviderSettings } from '../settings/types.ts';
import { kinds } from './kinds.ts';

/** What requests to AWS are signed with. */
export type AwsKeys = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

type Place = {
  /** In words, where the key lies or is looked for; the key itself goes to the provider only. */
  readonly source: string;
  readonly place: ProviderDescription['keyPlace'];
};

export type Credential = Place &
  (
    | { readonly status: 'key'; readonly key: string }
    | { readonly status: 'aws'; readonly keys: AwsKeys }
    /** Google's application default credentials, which its own library finds on this machine. */
    | { readonly status: 'google'; readonly project: string }
    | { readonly status: 'not-needed' }
    /** `what` is not there, and `remedy` is a sentence that says what to do. */
    | { readonly status: 'missing'; readonly what: string; readonly remedy: string }
  );

export type FoundCredential = Exclude<Credential, { status: 'missing' }>;

export type KeyPlaces = { readonly environment: NodeJS.ProcessEnv; readonly secrets: Secrets };

/** What is needed of a provider's settings to find its key. */
export type KeySettings = Pick<ProviderSettings, 'kind' | 'apiKey' | 'project'>;

/** Finds the key that settings name, else the usual variable of the kind. */
export function findCredential(id: string, settings: KeySettings, places: KeyPlaces): Credential {
  const { apiKey } = settings;
  if (apiKey === undefined || apiKey === '') return usualCredential(id, settings, places.environment);
  if (apiKey.startsWith('keychain:'))
    return fromKeychain(id, apiKey.slice('keychain:'.length), places.secrets);
  if (apiKey.startsWith('$')) return fromVariables(id, [apiKey.slice(1)], places.environment);
  const source = `api_key in ${settingsTable(id)}`;
  return { status: 'key', key: apiKey.trim(), source, place: 'settings' };
}

function usualCredential(
  id: string,
  { kind, project }: KeySettings,
  environment: NodeJS.ProcessEnv,
): Credential {
  const { keyVariables } = kinds[kind];
  if (keyVariables.length === 0) {
    return {
      status: 'not-needed',
      source: `api_key in ${settingsTable(id)}, which is not set`,
      place: 'none',
    };
  }
  const found = fromVariables(id, keyVariables, environment);
  if (found.status === 'key') return found;
  if (kind === 'bedrock') return awsCredential(environment) ?? found;
  if (kind === 'vertex') return googleCredential(id, project, environment);
  return found;
}

function fromVariables(id: string, variables: readonly string[], environment: NodeJS.ProcessEnv): Credential {
  for (const variable of variables) {
    const key = environment[variable]?.trim();
    if (key) return { status: 'key', key, source: `$${variable}`, place: 'environment' };
  }
  return {
    status: 'missing',
    what: `${variables.join(' or ')} is not set`,
    remedy: `Set it in the environment that Carrel starts in, or write api_key in ${settingsTable(id)} in settings.toml.`,
    source: `$${variables[0]}`,
    place: 'environment',
  };
}

function fromKeychain(id: string, name: string, secrets: Secrets): Credential {
  const source = `the keychain (${name})`;
  const key = secrets.get(name)?.trim();
  if (key) return { status: 'key', key, source, place: 'keychain' };
  const remedy = secrets.unavailable ?? 'Set the key again in Settings.';
  const what = secrets.unavailable === undefined ? `the keychain has no ${name}` : 'there is no keychain';
  const otherwise = `Or write api_key in ${settingsTable(id)} in settings.toml as "$VARIABLE".`;
  return { status: 'missing', what, remedy: `${remedy} ${otherwise}`, source, place: 'keychain' };
}

function awsCredential(environment: NodeJS.ProcessEnv): Credential | undefined {
  const accessKeyId = environment.AWS_ACCESS_KEY_ID?.trim();
  const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY?.trim();
  const sessionToken = environment.AWS_SESSION_TOKEN?.trim();
  if (!accessKeyId || !secretAccessKey) return undefined;
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  return {
    status: 'aws',
    keys,
    source: '$AWS_ACCESS_KEY_ID and $AWS_SECRET_ACCESS_KEY',
    place: 'environment',
  };
}

function googleCredential(id: string, own: string | undefined, environment: NodeJS.ProcessEnv): Credential {
  const project =
    own ?? environment.GOOGLE_VERTEX_PROJECT?.trim() ?? environment.GOOGLE_CLOUD_PROJECT?.trim();
  if (project) {
    const source = 'Google’s application default credentials';
    return { status: 'google', project, source, place: 'environment' };
  }
  return {
    status: 'missing',
    what: 'neither GOOGLE_VERTEX_API_KEY nor GOOGLE_CLOUD_PROJECT is set',
    remedy:
      'Set one of them in the environment that Carrel starts in, or write api_key or project in ' +
      `${settingsTable(id)} in settings.toml. A project uses Google’s application default credentials.`,
    source: '$GOOGLE_VERTEX_API_KEY',
    place: 'environment',
  };
}

/** The table of settings.toml that holds a provider, as one writes it. */
export function settingsTable(id: string): string {
  return `[providers.${/^[\w-]+$/.test(id) ? id : JSON.stringify(id)}]`;
}

/** Shorter ones are words, such as "beta" in a header or "none" for a server that wants no key. */
const SHORTEST_SECRET_CHARACTERS = 5;

/** Takes the key, the values of the settings' own headers and tokens that were sent out of a text. */
export function createRedact(
  credential: FoundCredential,
  headers: Readonly<Record<string, string>>,
  tokens: ReadonlySet<string> = new Set(),
): (text: string) => string {
  const own = [...Object.values(headers), ...keysOf(credential)];
  return (text) =>
    [...own, ...tokens]
      .filter(({ length }) => length >= SHORTEST_SECRET_CHARACTERS)
      .reduce((redacted, secret) => redacted.replaceAll(secret, '•••'), text);
}

function keysOf(credential: FoundCredential): string[] {
  if (credential.status === 'key') return [credential.key];
  return credential.status === 'aws' ? Object.values(credential.keys) : [];
}
