import { describe, expect, it } from 'vitest';
import {
  OFFLINE_GUIDE,
  splitReference,
  type ModelEntry,
  type ModelReference,
} from '../../../shared/models.ts';
import { firstModels, matchModels } from './match-models.ts';

function model(reference: ModelReference, kind: ModelEntry['kind'] = 'openai'): ModelEntry {
  return { reference, provider: splitReference(reference).provider, kind, isLocal: false };
}

const models = [
  model('anthropic/claude-sonnet-4-5', 'anthropic'),
  model('anthropic/claude-haiku-4-5', 'anthropic'),
  model('openai/gpt-5.1'),
  model('openai/gpt-5-mini'),
  model('local/qwen3-coder:30b', 'ollama'),
  model(OFFLINE_GUIDE, 'offline-guide'),
];
const referencesOf = (search: string) =>
  matchModels(models, search).flatMap((group) => group.models.map(({ reference }) => reference));

describe('matchModels', () => {
  it('keeps the order of settings without a search, by provider', () => {
    expect(matchModels(models, ' ').map(({ provider, models }) => [provider, models.length])).toEqual([
      ['anthropic', 2],
      ['openai', 2],
      ['local', 1],
      ['offline', 1],
    ]);
  });

  it.each([
    ['sonnet', 'anthropic/claude-sonnet-4-5'],
    ['gpt mini', 'openai/gpt-5-mini'],
    ['qwn', 'local/qwen3-coder:30b'],
    ['ollama', 'local/qwen3-coder:30b'],
    ['openai/gpt-5.1', 'openai/gpt-5.1'],
    ['offline guide', OFFLINE_GUIDE],
  ])('finds for "%s" %s first', (search, expected) => {
    expect(referencesOf(search)[0]).toBe(expected);
  });

  it('finds nothing for what fits nothing', () => {
    expect(matchModels(models, 'zzzz')).toEqual([]);
  });
});

describe('firstModels', () => {
  it('cuts within a group and leaves out what follows', () => {
    const shown = firstModels(matchModels(models, ''), 3);
    expect(shown.map(({ provider, models }) => [provider, models.length])).toEqual([
      ['anthropic', 2],
      ['openai', 1],
    ]);
  });
});
