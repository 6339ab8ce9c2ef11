import type { ProviderSettings, Settings } from '../../settings/types.ts';

export type TestProviders = Readonly<
  Record<string, Partial<ProviderSettings> & Pick<ProviderSettings, 'kind'>>
>;

/** Settings of which only the providers matter. */
export function settingsWith(providers: TestProviders): Settings {
  const entries = Object.entries(providers).map(([id, provider]) => [
    id,
    { headers: {}, isEnabled: true, ...provider },
  ]);
  return { providers: Object.fromEntries(entries) } as Settings;
}
