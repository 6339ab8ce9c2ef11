import { describe, expect, it } from 'vitest';
import { OFFLINE_GUIDE } from '../../shared/models.ts';
import { createModels } from './create-models.ts';
import { settingsWith, type TestProviders } from './testing/settings-with.ts';

function modelsWith(providers: TestProviders, environment: NodeJS.ProcessEnv = {}) {
  const settings = settingsWith(providers);
  return createModels({ settings: () => settings, environment });
}

describe('the list', () => {
  it('offers the guide without any provider', () => {
    expect(modelsWith({}).list()).toEqual({
      models: [{ reference: OFFLINE_GUIDE, provider: 'offline', kind: 'offline-guide', isLocal: true }],
      hiddenBySettings: 0,
    });
  });

  it('has the models of settings, else those that are known of the kind', () => {
    const { models } = modelsWith({
      work: { kind: 'anthropic', models: ['mine'], apiKey: 'literal' },
      other: { kind: 'openai', apiKey: 'literal' },
    }).list();
    expect(models.filter(({ provider }) => provider === 'work').map(({ reference }) => reference)).toEqual([
      'work/mine',
    ]);
    expect(models.filter(({ provider }) => provider === 'other').length).toBeGreaterThan(2);
  });

  it('counts the models of a provider that is turned off', () => {
    const { models, hiddenBySettings } = modelsWith({
      off: { kind: 'ollama', models: ['one', 'two'], isEnabled: false },
    }).list();
    expect(hiddenBySettings).toBe(2);
    expect(models.map(({ reference }) => reference)).toEqual([OFFLINE_GUIDE]);
  });

  it.each<[string, TestProviders[string], NodeJS.ProcessEnv, string | undefined]>([
    [
      'a variable that is not set',
      { kind: 'openai-compatible', apiKey: '$MISTRAL_API_KEY', baseUrl: 'http://a' },
      {},
      'No key: MISTRAL_API_KEY is not set',
    ],
    [
      'a variable that is empty',
      { kind: 'anthropic', apiKey: '$MY_KEY' },
      { MY_KEY: ' ' },
      'No key: MY_KEY is not set',
    ],
    ['the usual variable not set', { kind: 'anthropic' }, {}, 'No key: ANTHROPIC_API_KEY is not set'],
    ['the usual variable', { kind: 'anthropic' }, { ANTHROPIC_API_KEY: 'k' }, undefined],
    ['Google’s second variable', { kind: 'google' }, { GEMINI_API_KEY: 'k' }, undefined],
    ['a literal key', { kind: 'openrouter', apiKey: 'k' }, {}, undefined],
    ['a kind that needs no key', { kind: 'ollama' }, {}, undefined],
    ['no address', { kind: 'openai-compatible' }, {}, 'No address: base_url is not set'],
  ])('says why a model cannot be picked: %s', (_, provider, environment, unavailable) => {
    const [entry] = modelsWith({ work: { models: ['one'], ...provider } }, environment).list().models;
    expect(entry?.unavailable).toBe(unavailable);
  });

  it.each([
    [undefined, true],
    ['http://localhost:1234', true],
    ['http://[::1]:1234', true],
    ['http://127.0.0.2', true],
    ['http://192.168.1.5:11434', false],
    ['http://127.0.0.1.example.org', false],
  ])('knows that %s is on this machine: %s', (baseUrl, isLocal) => {
    const [entry] = modelsWith({ work: { kind: 'ollama', ...(baseUrl && { baseUrl }) } }).list().models;
    expect(entry?.isLocal).toBe(isLocal);
  });
});

describe('a reference', () => {
  const providers: TestProviders = {
    work: { kind: 'anthropic', apiKey: '$WORK_KEY', models: ['sonnet', 'opus'] },
    any: { kind: 'ollama' },
    off: { kind: 'ollama', isEnabled: false },
    'no-key': { kind: 'google' },
    'no-url': { kind: 'openai-compatible' },
    'my.own': { kind: 'openai', apiKey: '$OWN_KEY' },
  };
  const models = modelsWith(providers, { WORK_KEY: 'k' });

  it.each(['work/opus', 'any/model:of-mine', 'any/with/slashes', OFFLINE_GUIDE])(
    '%s can be used',
    async (reference) => {
      expect(models.check(reference)).toEqual({ ok: true, value: reference });
      expect(await models.resolve(reference)).toMatchObject({ ok: true, value: { reference } });
    },
  );

  it.each([
    ['opuss', 'model-unknown', /provider\/model.*work\/opus/],
    ['', 'model-unknown', /provider\/model/],
    ['work/', 'model-unknown', /provider\/model/],
    ['work/oups', 'model-unknown', /\[providers\.work\].*work\/opus/],
    ['nobody/one', 'provider-not-configured', /\[providers\.nobody\]/],
    ['constructor/one', 'provider-not-configured', /\[providers\.constructor\]/],
    ['off/one', 'provider-not-configured', /enabled = true in \[providers\.off\]/],
    ['no-url/one', 'provider-not-configured', /base_url in \[providers\.no-url\]/],
    ['no-key/one', 'credential-missing', /GOOGLE_GENERATIVE_AI_API_KEY or GEMINI_API_KEY is not set/],
    ['my.own/one', 'credential-missing', /OWN_KEY is not set.*\[providers\."my\.own"\]/],
  ])('%s is refused: %s', async (reference, code, message) => {
    const refused = { ok: false, error: { code, message: expect.stringMatching(message) } };
    expect(models.check(reference)).toMatchObject(refused);
    expect(await models.resolve(reference)).toMatchObject(refused);
  });

  it('brings the nearest names, the nearest first', () => {
    expect(models.check('work/sonet')).toMatchObject({ error: { nearest: ['work/sonnet'] } });
    expect(models.check('completely-different')).toMatchObject({ error: { nearest: [] } });
  });

  it('follows the settings as they change', () => {
    let settings = settingsWith({});
    const live = createModels({ settings: () => settings, environment: {} });
    expect(live.check('any/one').ok).toBe(false);
    settings = settingsWith(providers);
    expect(live.check('any/one').ok).toBe(true);
  });

  it('comes with words for an error text, without the key', async () => {
    const resolved = await modelsWith({ work: { kind: 'openai', apiKey: 'sk-literal-key' } }).resolve(
      'work/one',
    );
    expect(resolved).toMatchObject({
      ok: true,
      value: {
        kind: 'openai',
        providerName: 'work (api.openai.com)',
        keySource: 'api_key in [providers.work]',
      },
    });
  });
});
