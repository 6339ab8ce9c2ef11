import { noSecrets } from '../../secrets.ts';
import type { ProviderSettings, Settings } from '../../settings/types.ts';
import type { ModelsOptions } from '../create-models.ts';

export type TestProviders = Readonly<
  Record<string, Partial<ProviderSettings> & Pick<ProviderSettings, 'kind'>>
>;

/** Settings of which only the providers, and perhaps aliases and defaults, matter. */
export function settingsWith(
  providers: TestProviders,
  {
    aliases = {},
    defaults = {},
  }: { aliases?: Settings['aliases']; defaults?: Partial<Settings['defaults']> } = {},
): Settings {
  const entries = Object.entries(providers).map(([id, provider]) => [
    id,
    { headers: {}, isEnabled: true, ...provider },
  ]);
  return { providers: Object.fromEntries(entries), aliases, defaults } as unknown as Settings;
}

/** What the models need beside settings: no variables, no keychain, a cache that lasts as long as the test. */
export function modelsOptions(): Pick<ModelsOptions, 'environment' | 'secrets' | 'cache'> {
  let kept: string | undefined;
  const cache = { load: () => kept, save: (text: string) => (kept = text) };
  return { environment: {}, secrets: noSecrets('There is no keychain here.'), cache };
}
