import { describe, expect, it } from 'vitest';
import { OFFLINE_GUIDE } from '../../shared/models.ts';
import { createModels } from './create-models.ts';
import { modelsOptions, settingsWith, type TestProviders } from './testing/settings-with.ts';

function modelsWith(providers: TestProviders, environment: NodeJS.ProcessEnv = {}) {
  const settings = settingsWith(providers);
  return createModels({ ...modelsOptions(), settings: () => settings, environment });
}

describe('the list', () => {
  it('offers the guide without any provider', () => {
    expect(modelsWith({}).list()).toEqual({
      models: [
        {
          reference: OFFLINE_GUIDE,
          provider: 'offline',
          kind: 'offline-guide',
          isLocal: true,
          usesKey: false,
        },
      ],
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
    ['no address of Azure', { kind: 'azure', apiKey: 'k' }, {}, 'No address: base_url is not set'],
    [
      'a region that is none',
      { kind: 'bedrock', apiKey: 'k', region: 'evil.example/' },
      {},
      'No address: base_url or region is not right',
    ],
    ['AWS keys', { kind: 'bedrock' }, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' }, undefined],
    [
      'half of the AWS keys',
      { kind: 'bedrock' },
      { AWS_ACCESS_KEY_ID: 'a' },
      'No key: AWS_BEARER_TOKEN_BEDROCK is not set',
    ],
    ['a project of Google’s', { kind: 'vertex', project: 'p' }, {}, undefined],
    [
      'neither key nor project of Google’s',
      { kind: 'vertex' },
      {},
      'No key: neither GOOGLE_VERTEX_API_KEY nor GOOGLE_CLOUD_PROJECT is set',
    ],
    [
      'a keychain that is not there',
      { kind: 'openai', apiKey: 'keychain:work' },
      {},
      'No key: there is no keychain',
    ],
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

  it('takes a loopback address of a paid service for a proxy', () => {
    const models = modelsWith({ work: { kind: 'openai', baseUrl: 'http://127.0.0.1:4000', apiKey: 'key' } });
    const [entry] = models.list().models;
    expect(entry?.isLocal).toBe(false);
    expect(models.costOf('work/gpt-5-mini', { inputTokens: 1_000_000, outputTokens: 0 })).toBeGreaterThan(0);
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
    expect(models.check('completely-different')).toMatchObject({
      error: {
        nearest: [expect.any(String), expect.any(String), expect.any(String)],
        message: expect.stringMatching(/ There is .+, .+, .+, for example\.$/),
      },
    });
  });

  it('follows the settings as they change', () => {
    let settings = settingsWith({});
    const live = createModels({ ...modelsOptions(), settings: () => settings });
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

describe('a key in the keychain', () => {
  const settings = settingsWith({ work: { kind: 'openai', apiKey: 'keychain:work-key', models: ['one'] } });
  const modelsOf = (keys: Readonly<Record<string, string>>) =>
    createModels({
      ...modelsOptions(),
      settings: () => settings,
      secrets: { unavailable: undefined, get: (name) => keys[name], set: () => {} },
    });

  it('is used, and described by its place', () => {
    const models = modelsOf({ 'work-key': 'sk-secret' });
    expect(models.check('work/one').ok).toBe(true);
    expect(models.list().models[0]).toMatchObject({ usesKey: true });
    expect(models.providers()).toEqual([
      {
        id: 'work',
        kind: 'openai',
        isEnabled: true,
        keySource: 'the keychain (work-key)',
        keyPlace: 'keychain',
      },
    ]);
  });

  it('says what to do when it is not there', () => {
    const models = modelsOf({});
    expect(models.check('work/one')).toMatchObject({
      error: {
        code: 'credential-missing',
        message: expect.stringMatching(/the keychain has no work-key\. Set the key again in Settings\./),
      },
    });
    expect(models.providers()).toMatchObject([{ problem: 'No key: the keychain has no work-key' }]);
  });
});

describe('an alias', () => {
  const providers: TestProviders = {
    work: { kind: 'anthropic', apiKey: 'literal', models: ['sonnet', 'opus'] },
    far: { kind: 'ollama', baseUrl: 'http://far:11434', models: ['big'] },
  };
  const near: TestProviders = {
    guessed: { kind: 'ollama' },
    off: { kind: 'ollama', models: ['never'], isEnabled: false },
    near: { kind: 'openai-compatible', baseUrl: 'http://localhost:1234', models: ['small'] },
  };
  const modelsOf = (more: TestProviders, rest: Parameters<typeof settingsWith>[1]) => {
    const settings = settingsWith({ ...providers, ...more }, rest);
    return createModels({ ...modelsOptions(), settings: () => settings });
  };

  it('stands for its model', async () => {
    const models = modelsOf({}, { aliases: { fast: 'work/sonnet', mine: 'work/opus' } });
    expect(models.check('mine')).toEqual({ ok: true, value: 'work/opus' });
    expect(models.check('fast')).toEqual({ ok: true, value: 'work/sonnet' });
    expect(await models.resolve('mine')).toMatchObject({ value: { reference: 'work/opus' } });
  });

  it('fails as its model does', () => {
    expect(modelsOf({}, { aliases: { fast: 'nobody/one' } }).check('fast')).toMatchObject({
      error: { code: 'provider-not-configured', message: expect.stringContaining('[providers.nobody]') },
    });
  });

  it.each(['fast', 'complex', 'local'])('%s that has no meaning says where to write one', (word) => {
    expect(modelsOf({}, {}).check(word)).toMatchObject({
      error: {
        code: 'model-unknown',
        message: expect.stringContaining(`write ${word} = "provider/model" in [aliases] in settings.toml`),
      },
    });
  });

  it('default is the default model, else the offline guide', () => {
    expect(modelsOf({}, { defaults: { model: 'work/opus' } }).check('default')).toMatchObject({
      value: 'work/opus',
    });
    expect(modelsOf({}, {}).check('default')).toMatchObject({ value: OFFLINE_GUIDE });
  });

  it('local is the first model on this machine that is there for certain', () => {
    expect(modelsOf(near, {}).check('local')).toMatchObject({ value: 'near/small' });
    expect(modelsOf({ guessed: { kind: 'ollama' } }, {}).check('local')).toMatchObject({
      value: expect.stringMatching(/^guessed\//),
    });
  });

  it('is among the nearest names', () => {
    expect(modelsOf({}, { aliases: { reviewer: 'work/opus' } }).check('reviwer')).toMatchObject({
      error: { message: expect.stringContaining('Did you mean reviewer?'), nearest: ['work/opus'] },
    });
  });
});

describe('what is known of a model', () => {
  const models = modelsWith(
    {
      claude: { kind: 'anthropic', apiKey: 'k' },
      small: { kind: 'anthropic', apiKey: 'k', contextWindow: 32_000 },
      near: { kind: 'openai-compatible', baseUrl: 'http://localhost:1234' },
      far: { kind: 'openai-compatible', baseUrl: 'https://models.example' },
      ollama: { kind: 'ollama' },
    },
    {},
  );

  it('comes from the catalogue', () => {
    expect(models.factsOf('claude/claude-sonnet-4-5')).toEqual({
      name: 'Claude Sonnet 4.5',
      contextWindow: 200_000,
      outputLimit: 64_000,
      prices: { input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75 },
      abilities: { images: true, tools: true, reasoning: true },
      efforts: ['none', 'minimal', 'low', 'medium', 'high'],
    });
    const entry = models.list().models.find(({ reference }) => reference === 'claude/claude-sonnet-4-5');
    expect(entry?.facts).toEqual(models.factsOf('claude/claude-sonnet-4-5'));
  });

  it('is nothing of an id that was typed by hand, or whose provider has gone', () => {
    expect(models.factsOf('claude/of-my-own')).toBeUndefined();
    expect(models.factsOf('nobody/claude-sonnet-4-5')).toBeUndefined();
    expect(models.factsOf(OFFLINE_GUIDE)).toBeUndefined();
  });

  it('has the window that settings say', () => {
    expect(models.factsOf('small/claude-sonnet-4-5')?.contextWindow).toBe(32_000);
    expect(models.factsOf('small/of-my-own')).toEqual({ contextWindow: 32_000, abilities: {} });
  });

  it('has no price on another’s server, and no window on one of this machine', () => {
    const far = models.factsOf('far/openai/gpt-oss-120b');
    expect(far).toMatchObject({ contextWindow: 131_072, abilities: { tools: true } });
    expect(far).not.toHaveProperty('prices');
    expect(models.factsOf('near/openai/gpt-oss-120b')).toMatchObject({ abilities: { tools: true } });
    expect(models.factsOf('near/openai/gpt-oss-120b')).not.toHaveProperty('contextWindow');
    expect(models.factsOf('ollama/gpt-oss:20b')).toBeUndefined();
  });

  it('costs nothing on this machine, and nobody knows what for an unknown price', () => {
    const usage = { inputTokens: 1_000_000, outputTokens: 1_000_000 };
    expect(models.costOf('claude/claude-sonnet-4-5', usage)).toBeCloseTo(18);
    expect(models.costOf('near/anything', usage)).toBe(0);
    expect(models.costOf('ollama/gpt-oss:20b', usage)).toBe(0);
    expect(models.costOf(OFFLINE_GUIDE, usage)).toBe(0);
    expect(models.costOf('ollama/gpt-oss:120b-cloud', usage)).toBeUndefined();
    expect(models.costOf('far/openai/gpt-oss-120b', usage)).toBeUndefined();
    expect(models.costOf('claude/of-my-own', usage)).toBeUndefined();
    expect(models.costOf('nobody/one', usage)).toBeUndefined();
  });
});
