import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createRedact } from './credential.ts';
import type { Found } from './find-model.ts';
import { loadModel, type LoadOptions } from './load-model.ts';
import type { ReachableProvider } from './provider.ts';
import { createTransport } from './transport.ts';
import type { ResolvedModel } from './types.ts';

/** As "anthropic (api.anthropic.com)". */
export function nameOf({ id, endpoint }: ReachableProvider): string {
  return `${id} (${endpoint.host})`;
}

/** Loads what the reference stands for; a provider's package when it is first used. */
export async function buildModel(
  found: Found,
  environment: NodeJS.ProcessEnv,
  fetch: typeof globalThis.fetch,
): Promise<ResolvedModel> {
  if (found.type === 'offline-guide') return found;
  const { reference, provider, model } = found;
  const { settings, credential } = provider;
  const { kind, headers } = settings;
  const transport = createTransport(kind, fetch);
  return {
    type: 'language-model',
    reference,
    kind,
    model: await loadModel(kind, model, { ...loadOptions(provider, environment), transport }),
    providerName: nameOf(provider),
    keySource: credential.source,
    redact: createRedact(credential, headers, transport.tokens),
  };
}

function loadOptions(
  { settings, credential, endpoint, region }: ReachableProvider,
  environment: NodeJS.ProcessEnv,
): Omit<LoadOptions, 'transport'> {
  const { headers, apiVersion, contextWindow } = settings;
  return {
    baseURL: endpoint.href,
    apiKey: credential.status === 'key' ? credential.key : '',
    headers: { ...headers },
    region,
    ...(credential.status === 'aws' && { aws: credential.keys }),
    ...(credential.status === 'google' && { google: googleOptions(credential.project, environment) }),
    ...(apiVersion !== undefined && { apiVersion }),
    ...(contextWindow !== undefined && { contextWindow }),
  };
}

/** Named here, because Google's library would look in the variables of this process, which are not always the user's. */
function googleOptions(project: string, environment: NodeJS.ProcessEnv): NonNullable<LoadOptions['google']> {
  const folder = environment.CLOUDSDK_CONFIG ?? join(environment.HOME ?? '', '.config/gcloud');
  const usual = join(folder, 'application_default_credentials.json');
  const keyFile = environment.GOOGLE_APPLICATION_CREDENTIALS ?? (existsSync(usual) ? usual : undefined);
  return { project, ...(keyFile !== undefined && { keyFile }) };
}
