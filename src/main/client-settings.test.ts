import { expect, it } from 'vitest';
import { describeSettings, profilesNotice, themesNotice } from './client-settings.ts';
import { mergeProfiles } from './profiles/merge-profiles.ts';
import { noSecrets } from './secrets.ts';
import { loadSettings } from './settings/load-settings.ts';

const builtInModes = { code: { description: 'Codes', prompt: 'Write code.' } };

function describe(text: string, secrets: Parameters<typeof describeSettings>[2]) {
  const file = { path: '/settings.toml', current: loadSettings(text, builtInModes) };
  return describeSettings(file, [], secrets, {
    ownThemes: [],
    hasScreenReader: false,
    profiles: mergeProfiles([], file.current.settings.profiles),
  });
}

it('tells the tiers first, what new tabs start with, and why there is no keychain', () => {
  const text = `
[defaults]
model = "fast"
[aliases]
own = "offline/own"
local = "offline/local"
another = "offline/another"
fast = "offline/guide"
[budget]
day_dollars = 5`;
  const { aliases, defaults, dayBudget, keychain } = describe(text, noSecrets('There is none.'));
  expect([aliases.map(({ name }) => name), defaults, dayBudget, keychain]).toEqual([
    ['fast', 'local', 'own', 'another'],
    { model: 'offline/guide', mode: 'code' },
    5,
    { status: 'unavailable', reason: 'There is none.' },
  ]);
});

it('leaves out what is not set', () => {
  const described = describe('', { unavailable: undefined });
  expect([described.aliases, described.defaults, 'dayBudget' in described, described.keychain]).toEqual([
    [],
    { mode: 'code' },
    false,
    { status: 'available' },
  ]);
});

it('never tells a key', () => {
  const text = `[providers.a]\nkind = "openai"\napi_key = "sk-secret"\nheaders = { X = "sk-secret" }
[profiles.a]\nenv = { TOKEN = "sk-secret" }`;
  expect(JSON.stringify(describe(text, { unavailable: undefined }))).not.toContain('sk-secret');
});

/** The body of the notice about themes, as it is shown. */
function themesTold(text: string, problems: { file: string; message: string }[] = []): string | undefined {
  const { settings } = loadSettings(text, builtInModes);
  return themesNotice(settings, { path: '/home/themes', current: { themes: [], problems } })?.body;
}

it('tells of themes that there are not, with the nearest name, and of files that are none', () => {
  const broken = { file: 'x.json', message: 'It is not a JSON object.' };
  expect([
    themesTold(''),
    themesTold('terminal = { theme = "tokyo-night", theme_light = "GitHub light" }'),
    themesTold('[terminal]\ntheme = "Drakula"\ntheme_light = "Solarised Light"', [broken]),
  ]).toEqual([
    undefined,
    undefined,
    'terminal.theme is neither a built-in theme nor a file in /home/themes; the nearest is "Dracula".\n' +
      'terminal.theme_light is neither a built-in theme nor a file in /home/themes; the nearest is "Solarized Light".\n' +
      'x.json: It is not a JSON object.',
  ]);
});

it('tells of a default profile that there is not, and of files that no hosts could be read from', () => {
  const { settings } = loadSettings('[defaults]\nprofile = "wrok"\n[profiles.work]', builtInModes);
  const profiles = mergeProfiles([], settings.profiles);
  const problem = { path: '/home/ada/.ssh/config', message: 'It cannot be read (EACCES).' };
  expect([
    profilesNotice({ ...settings, defaults: { ...settings.defaults, profile: 'work' } }, profiles, []),
    profilesNotice(settings, profiles, [problem])?.body,
  ]).toEqual([
    undefined,
    'defaults.profile names no profile; the nearest is "work". New tabs open your shell.\n' +
      '/home/ada/.ssh/config: It cannot be read (EACCES). Its hosts are left out.',
  ]);
});
