import type { ProviderServer } from './provider-server.ts';

type ProviderOptions = {
  readonly id?: string;
  readonly kind?: Parameters<ProviderServer['baseUrl']>[0];
  readonly models?: readonly string[];
  readonly apiKey?: string;
};

/** A `[providers.ID]` table that leads to the test's own server. */
export function providerSettings(
  server: ProviderServer,
  {
    id = 'one',
    kind = 'openai-compatible',
    models = ['m1', 'm2', 'm3'],
    apiKey = `key-of-${id}`,
  }: ProviderOptions = {},
): string {
  return `
[providers.${id}]
kind = "${kind}"
base_url = "${server.baseUrl(kind)}"
api_key = "${apiKey}"
models = ${JSON.stringify(models)}
`;
}

/** The usual settings: one provider with models m1, m2 and m3, and m1 the default. */
export function usualSettings(server: ProviderServer, options?: ProviderOptions): string {
  return `[defaults]\nmodel = "${options?.id ?? 'one'}/m1"\n${providerSettings(server, options)}`;
}

/** The same settings, whose tabs open in that folder. */
export function inFolder(folder: string, settings: string): string {
  return settings.replace('[defaults]', `[defaults]\ncwd = ${JSON.stringify(folder)}`);
}
