import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providerKind, type ProviderKind } from '../../../shared/models.ts';
import { kinds } from '../kinds.ts';
import { catalogueHead, catalogueLine, lineStart } from './catalogue-model.ts';
import { Catalogue } from './catalogue.ts';
import { isChatModel } from './model-id.ts';

const catalogue = new Catalogue();
const path = new URL('catalogue.jsonl', import.meta.url);

describe('the file', () => {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');

  it('says where it comes from, and each line is a model', () => {
    expect(catalogueHead.parse(JSON.parse(head)).source).toContain('npm @earendil-works/pi-ai');
    const models = lines.map((line) => catalogueLine.parse(JSON.parse(line)));
    expect(models.length).toBeGreaterThan(500);
    for (const [index, { kind, id }] of models.entries()) {
      expect(lines[index]?.startsWith(lineStart(kind))).toBe(true);
      expect(isChatModel(id)).toBe(true);
    }
    expect(new Set(models.map(({ kind, id }) => `${kind}/${id}`)).size).toBe(models.length);
  });

  it.each(providerKind.options.filter((kind) => kind !== 'ollama'))(
    'has what is offered first of %s',
    (kind) => {
      expect(kinds[kind].models.filter((id) => !catalogue.find(kind, id))).toEqual([]);
    },
  );
});

describe('finds', () => {
  it.each<[ProviderKind, string, string]>([
    ['anthropic', 'claude-sonnet-4-5', 'Claude Sonnet 4.5'],
    ['anthropic', 'claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5'],
    ['anthropic', 'claude-sonnet-5-5-20261001', 'Claude Sonnet 5.5'],
    ['openai', 'gpt-5.1-2025-11-13', 'GPT-5.1'],
    ['openai', 'gpt-4o-2024-05-13', 'GPT-4o (2024-05-13)'],
    ['google', 'models/gemini-2.5-pro', 'Gemini 2.5 Pro'],
    ['vertex', 'gemini-2.5-pro', 'Gemini 2.5 Pro'],
    ['azure', 'gpt-5-mini', 'GPT-5 Mini'],
    ['bedrock', 'us.anthropic.claude-opus-5-5', 'Claude Opus 5.5 (US)'],
    ['bedrock', 'anthropic.claude-opus-4-6', 'Claude Opus 4.6'],
    ['bedrock', 'ca.anthropic.claude-opus-5-5', 'Claude Opus 5.5'],
    [
      'bedrock',
      'arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-5-5',
      'Claude Opus 5.5',
    ],
    ['openrouter', 'anthropic/claude-sonnet-4.5:nitro', 'Claude Sonnet 4.5'],
    ['groq', 'openai/gpt-oss-120b', 'GPT OSS 120B'],
    ['openai-compatible', 'openai/gpt-oss-120b', 'GPT OSS 120B'],
  ])('of %s %s', (kind, id, name) => {
    expect(catalogue.find(kind, id)?.name).toBe(name);
  });

  it.each<[ProviderKind, string]>([
    ['anthropic', 'claude-sonnet-4'],
    ['anthropic', 'claude-sonnet-4-5-fast'],
    ['anthropic', 'claude-sonnet-4-5-2025'],
    ['anthropic', 'gpt-5'],
    ['anthropic', 'constructor'],
    ['openai', 'gpt-5-mini-mine'],
    ['openai', 'gpt-4-0613'],
    ['azure', 'production'],
    ['mistral', 'mistral-large-2407'],
    ['bedrock', 'arn:aws:bedrock:us-east-1:1:application-inference-profile/a1b2c3'],
    ['openai-compatible', 'gpt-oss-120b'],
    ['openai-compatible', 'qwen3-coder-30b'],
    ['ollama', 'gpt-oss:20b'],
    ['ollama', 'openai/gpt-oss-20b'],
  ])('nothing wrong: of %s %s', (kind, id) => {
    expect(catalogue.find(kind, id)).toBeUndefined();
  });

  it('prices only where they are certain', () => {
    expect(catalogue.find('bedrock', 'eu.anthropic.claude-opus-5-5')?.prices).toBeDefined();
    for (const [kind, id] of [
      ['bedrock', 'ca.anthropic.claude-opus-5-5'],
      ['openrouter', 'anthropic/claude-sonnet-4.5:nitro'],
      ['openrouter', 'openrouter/auto'],
      ['openai-compatible', 'openai/gpt-oss-120b'],
    ] as const) {
      const found = catalogue.find(kind, id);
      expect(found).toMatchObject({ contextWindow: expect.any(Number) });
      expect(found).not.toHaveProperty('prices');
    }
    expect(catalogue.find('openrouter', 'google/gemma-4-31b-it:free')?.prices).toEqual({
      input: 0,
      output: 0,
    });
  });

  it('the whole window, and what much reading costs', () => {
    expect(catalogue.find('openai', 'gpt-6-sol')).toMatchObject({
      contextWindow: 1_050_000,
      prices: { input: 2, output: 10 },
      tiers: [{ aboveTokens: 272_000, input: 4, output: 15 }],
    });
  });
});

describe('offers', () => {
  it('the newest first, and no snapshot of a model that is there itself', () => {
    const offered = catalogue.offered('anthropic', '');
    expect(offered).toContain('claude-sonnet-4-5');
    expect(offered).not.toContain('claude-sonnet-4-5-20250929');
    expect(offered.indexOf('claude-opus-5-5')).toBeLessThan(offered.indexOf('claude-opus-4-8'));
    const openai = catalogue.offered('openai', '');
    expect(openai.indexOf('gpt-6.1-sol')).toBeLessThan(openai.indexOf('gpt-5'));
  });

  it('of Bedrock what can be used from the region', () => {
    const european = catalogue.offered('bedrock', 'eu-central-1');
    expect(european).toContain('eu.anthropic.claude-opus-5-5');
    expect(european).toContain('global.anthropic.claude-opus-5-5');
    expect(european).toContain('deepseek.v3.2');
    expect(european.filter((id) => /^(us|jp|au|in|apac|ca|us-gov)\./.test(id))).toEqual([]);
    // It has a profile here, and cannot be asked without one.
    expect(european).not.toContain('anthropic.claude-opus-5-5');
    expect(catalogue.offered('bedrock', 'ap-northeast-1')).toContain('jp.anthropic.claude-opus-5-5');
  });

  it('nothing of kinds whose models only their server knows', () => {
    expect(catalogue.offered('ollama', '')).toEqual([]);
    expect(catalogue.offered('openai-compatible', '')).toEqual([]);
  });
});

it.each([
  'text-embedding-3-large',
  'whisper-large-v3',
  'tts-1-hd',
  'gpt-4o-mini-tts',
  'gpt-image-2.5-flare',
  'omni-moderation-latest',
  'gpt-6-luna:batch',
  'meta-llama/llama-guard-4-12b',
  'gemini-2.5-flash-image',
  'gemini-2.5-flash-native-audio-latest',
  'gemini-live-2.5-flash',
  'imagen-4.0-generate',
  'veo-3.1-generate',
  'mistral-ocr-latest',
  'mistral-moderation-2603',
  'sora-2',
  'gpt-3.5-turbo-instruct',
  'davinci-002',
  'BAAI/bge-large-en',
  'grok-imagine-image',
])('knows that %s does not chat', (id) => {
  expect(isChatModel(id)).toBe(false);
});

it.each(['gpt-4o', 'claude-opus-5-5', 'gemini-3.8-flash', 'deepseek-chat', 'qwen/qwen3-coder', 'o3-pro'])(
  'knows that %s may chat',
  (id) => {
    expect(isChatModel(id)).toBe(true);
  },
);
