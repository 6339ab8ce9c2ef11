import { expect, it } from 'vitest';
import { describeSettings } from './client-settings.ts';
import { noSecrets } from './secrets.ts';
import { loadSettings } from './settings/load-settings.ts';

const builtInModes = { code: { description: 'Codes', prompt: 'Write code.' } };

function describe(text: string, secrets: Parameters<typeof describeSettings>[2]) {
  return describeSettings({ path: '/settings.toml', current: loadSettings(text, builtInModes) }, [], secrets);
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
  const text = '[providers.a]\nkind = "openai"\napi_key = "sk-secret"\nheaders = { X = "sk-secret" }';
  expect(JSON.stringify(describe(text, { unavailable: undefined }))).not.toContain('sk-secret');
});
