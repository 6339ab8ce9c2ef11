import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ModelFacts, ProviderKind } from '../../../shared/models.ts';
import { serve } from '../../agent/testing/serve.ts';
import type { ProviderSettings } from '../../settings/types.ts';
import { createModels } from '../create-models.ts';
import { modelsOptions, settingsWith } from '../testing/settings-with.ts';

/** What each path answers; a function gets the request's body. */
type Answers = Readonly<Record<string, unknown>>;

async function listedBy(kind: ProviderKind, answers: Answers, more: Partial<ProviderSettings> = {}) {
  const { url, requests, bodies } = await serve((request, response) => {
    const answer = answers[request.url ?? ''];
    const told: unknown = typeof answer === 'function' ? answer(bodies.at(-1)) : answer;
    response.writeHead(told === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(told ?? {}));
  });
  const settings = settingsWith({ work: { kind, baseUrl: url, apiKey: 'test-key-0123456789', ...more } });
  const models = createModels({ ...modelsOptions(), settings: () => settings });
  await models.refresh();
  const entries = models.list().models.filter(({ provider }) => provider === 'work');
  const facts = new Map(entries.map(({ reference, facts }) => [reference.slice('work/'.length), facts]));
  return { ids: [...facts.keys()], facts, entries, requests };
}

const embedding = { id: 'text-embedding-3-large', object: 'model', created: 1, owned_by: 'openai' };
const odd = [null, 7, 'model', [], {}, { id: 7 }, { id: '' }, { name: null }];

it.each<[ProviderKind, string]>([
  ['openai', '/v1/models'],
  ['openai-compatible', '/v1/models'],
  ['groq', '/openai/v1/models'],
  ['xai', '/v1/models'],
  ['deepseek', '/models'],
])('lists the models of %s, the newest first, without those that do not chat', async (kind, path) => {
  const { ids, requests } = await listedBy(kind, {
    [path]: {
      object: 'list',
      data: [
        ...odd,
        { id: 'mine-1', object: 'model', created: 1_700_000_000, owned_by: 'me' },
        { id: 'mine-2', object: 'model', created: 1_800_000_000, owned_by: 'me' },
        { id: 'mine-2-2026-01-01', object: 'model', created: 1_800_000_001, owned_by: 'me' },
        embedding,
        { id: 'whisper-1', created: 1_900_000_000 },
      ],
    },
  });
  expect(ids).toEqual(['mine-2', 'mine-1']);
  expect(requests.map(({ headers }: IncomingMessage) => headers.authorization)).toEqual([
    'Bearer test-key-0123456789',
  ]);
});

const forms: [string, ProviderKind, string, unknown, string, ModelFacts][] = [
  [
    'Anthropic’s',
    'anthropic',
    '/v1/models?limit=1000',
    {
      data: [
        ...odd,
        {
          type: 'model',
          id: 'claude-new',
          display_name: 'Claude New',
          created_at: '2026-10-01T00:00:00Z',
          max_input_tokens: 1_000_000,
          max_tokens: 64_000,
          capabilities: {
            image_input: { supported: true },
            thinking: { supported: false, types: {} },
            structured_outputs: { supported: true },
          },
        },
      ],
      has_more: false,
    },
    'claude-new',
    {
      name: 'Claude New',
      contextWindow: 1_000_000,
      outputLimit: 64_000,
      abilities: { images: true, reasoning: false, structuredOutput: true },
    },
  ],
  [
    'Google’s',
    'google',
    '/v1beta/models?pageSize=1000',
    {
      models: [
        ...odd,
        {
          name: 'models/gemini-new',
          displayName: 'Gemini New',
          inputTokenLimit: 1_048_576,
          outputTokenLimit: 65_536,
          thinking: true,
          supportedGenerationMethods: ['generateContent', 'countTokens'],
        },
        { name: 'models/embedding-001', supportedGenerationMethods: ['embedContent'] },
        { name: 'models/counter', supportedGenerationMethods: ['countTokens'] },
      ],
    },
    'gemini-new',
    { name: 'Gemini New', contextWindow: 1_048_576, outputLimit: 65_536, abilities: { reasoning: true } },
  ],
  [
    'Mistral’s',
    'mistral',
    '/v1/models',
    {
      data: [
        ...odd,
        {
          id: 'mistral-new',
          max_context_length: 131_072,
          capabilities: { completion_chat: true, function_calling: true, vision: false, reasoning: true },
        },
        { id: 'mistral-other', capabilities: { completion_chat: false } },
      ],
    },
    'mistral-new',
    { contextWindow: 131_072, abilities: { tools: true, images: false, reasoning: true } },
  ],
  [
    'Groq’s',
    'groq',
    '/openai/v1/models',
    {
      data: [
        { id: 'new/one', active: true, context_window: 131_072, max_completion_tokens: 65_536 },
        { id: 'old/one', active: false, context_window: 8192 },
      ],
    },
    'new/one',
    { contextWindow: 131_072, outputLimit: 65_536, abilities: {} },
  ],
  [
    'vLLM’s',
    'openai-compatible',
    '/v1/models',
    { object: 'list', data: [{ id: 'mine', max_model_len: 32_768, root: '/models/mine' }] },
    'mine',
    { contextWindow: 32_768, abilities: {} },
  ],
  [
    'Together’s',
    'openai-compatible',
    '/v1/models',
    [
      { id: 'mine', type: 'chat', context_length: 40_960 },
      { id: 'pictures', type: 'image' },
    ],
    'mine',
    { contextWindow: 40_960, abilities: {} },
  ],
  [
    'a server’s with nonsense in each field,',
    'openai-compatible',
    '/v1/models',
    { data: [{ id: 'mine', context_length: 'long', created: 'today', active: 'yes', meta: 7 }] },
    'mine',
    { abilities: {} },
  ],
];

it.each(forms)('reads %s list', async (_, kind, path, answer, id, expected) => {
  const { ids, facts } = await listedBy(kind, { [path]: answer });
  expect(ids).toEqual([id]);
  expect(facts.get(id)).toEqual(expected);
});

describe('OpenRouter', () => {
  const model = {
    id: 'maker/new',
    name: 'Maker: New',
    created: 1_800_000_000,
    context_length: 262_144,
    architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
    pricing: { prompt: '0.0000003', completion: '0.0000012', input_cache_read: '0.00000003', image: '0' },
    top_provider: { context_length: 131_072, max_completion_tokens: 32_768 },
    supported_parameters: ['tools', 'reasoning', 'max_tokens'],
  };
  const routed = { ...model, id: 'maker/router', pricing: { prompt: '-1', completion: '-1' } };
  const painting = { ...model, id: 'maker/paints', architecture: { output_modalities: ['image'] } };

  it('tells all of its models, page by page', async () => {
    const { facts } = await listedBy('openrouter', {
      '/api/v1/models': {
        data: [...odd, model, painting],
        links: { next: '/api/v1/models?offset=500&limit=500' },
      },
      '/api/v1/models?offset=500&limit=500': { data: [routed], links: { next: null } },
    });
    expect([...facts.keys()]).toEqual(['maker/new', 'maker/router']);
    expect(facts.get('maker/new')).toEqual({
      name: 'New',
      contextWindow: 262_144,
      outputLimit: 32_768,
      prices: { input: 0.3, output: 1.2, cachedInput: 0.03 },
      abilities: { images: true, tools: true, reasoning: true, structuredOutput: false },
    });
  });

  it('tells prices, which depend for a router', async () => {
    const settings = settingsWith({ work: { kind: 'openrouter', apiKey: 'k' } });
    const answer = Response.json({ data: [model, routed] });
    const models = createModels({
      ...modelsOptions(),
      settings: () => settings,
      fetch: () => Promise.resolve(answer.clone()),
    });
    await models.refresh();
    expect(models.factsOf('work/maker/new')?.prices).toEqual({ input: 0.3, output: 1.2, cachedInput: 0.03 });
    expect(models.factsOf('work/maker/router')).not.toHaveProperty('prices');
    expect(models.costOf('work/maker/new', { inputTokens: 1_000_000, outputTokens: 0 })).toBeCloseTo(0.3);
  });
});

describe('Ollama', () => {
  const show = (details: Record<string, unknown>) => (body: string) =>
    details[(JSON.parse(body) as { model: string }).model];
  const info = { 'general.architecture': 'qwen3', 'qwen3.context_length': 40_960 };
  const answers = {
    '/api/tags': {
      models: [
        ...odd,
        ...['plain', 'set', 'loaded', 'small', 'eyes', 'embeds', 'gone', 'big:cloud'].map((model) => ({
          name: model,
          model,
        })),
      ],
    },
    '/api/ps': { models: [...odd, { model: 'loaded', context_length: 32_768 }] },
    '/api/show': show({
      plain: { capabilities: ['completion', 'tools', 'thinking'], model_info: info },
      set: {
        capabilities: ['completion'],
        model_info: info,
        parameters: 'temperature    0.7\nnum_ctx                        8192',
      },
      loaded: { capabilities: ['completion'], model_info: info },
      small: { capabilities: ['completion'], model_info: { 'gpt2.context_length': 1024 } },
      eyes: { capabilities: ['completion', 'vision'], model_info: info },
      embeds: { capabilities: ['embedding'], model_info: info },
      'big:cloud': { capabilities: ['completion'], model_info: info },
    }),
  };

  it('tells of each installed model what it can do and the window that it really has', async () => {
    const { facts, entries } = await listedBy('ollama', answers);
    const none = { tools: false, images: false, reasoning: false };
    expect(Object.fromEntries(facts)).toEqual({
      plain: {
        contextWindow: 4096,
        abilities: { tools: true, images: false, reasoning: true },
        efforts: ['none', 'high'],
      },
      set: { contextWindow: 8192, abilities: none },
      loaded: { contextWindow: 32_768, abilities: none },
      small: { contextWindow: 1024, abilities: none },
      eyes: { contextWindow: 4096, abilities: { ...none, images: true } },
      gone: { abilities: {} },
      'big:cloud': { contextWindow: 40_960, abilities: none },
    });
    expect(entries.filter(({ isLocal }) => !isLocal).map(({ reference }) => reference)).toEqual([
      'work/big:cloud',
    ]);
  });

  it('has the window that settings say', async () => {
    const { facts } = await listedBy('ollama', answers, { contextWindow: 16_384 });
    expect([...facts.values()].map((fact) => fact?.contextWindow)).toEqual(Array(7).fill(16_384));
  });

  it('lists no model when none is installed', async () => {
    expect((await listedBy('ollama', { '/api/tags': { models: [] } })).ids).toEqual([]);
  });
});
