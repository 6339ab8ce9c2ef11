import { describe, expect, it } from 'vitest';
import type { ProviderDescription } from '../../../shared/app.ts';
import {
  OFFLINE_GUIDE,
  splitReference,
  type ModelEntry,
  type ModelPreferences,
  type ModelReference,
} from '../../../shared/models.ts';
import { arrangeChoices, searchableChoices, typedReference } from './match-models.ts';

function model(reference: ModelReference, kind: ModelEntry['kind'] = 'openai', name?: string): ModelEntry {
  return {
    reference,
    provider: splitReference(reference).provider,
    kind,
    isLocal: false,
    usesKey: true,
    ...(name !== undefined && { facts: { name, abilities: {} } }),
  };
}

const aliases = [
  { name: 'fast', reference: 'openai/gpt-5-mini' as const },
  { name: 'own', reference: 'local/mine' as const },
];
const models = [
  model('anthropic/claude-sonnet-4-5', 'anthropic'),
  model('anthropic/claude-haiku-4-5', 'anthropic'),
  model('openai/gpt-5.1'),
  model('openai/gpt-5-mini'),
  model('openai/o4', 'openai', 'Omni Four'),
  model('router/anthropic/claude-sonnet-4.5', 'openrouter'),
  model('local/qwen3-coder:30b', 'ollama'),
  model(OFFLINE_GUIDE, 'offline-guide'),
];
const noPreferences: ModelPreferences = { favourites: [], recent: [] };
const provider = (id: string, changes: Partial<ProviderDescription> = {}): ProviderDescription => ({
  id,
  kind: 'openai',
  isEnabled: true,
  keySource: '',
  keyPlace: 'none',
  ...changes,
});
const settings = {
  aliases,
  providers: [
    provider('openai'),
    provider('local'),
    provider('off', { isEnabled: false }),
    provider('keyless', { problem: 'No key' }),
  ],
};
const choices = searchableChoices(models, noPreferences, settings);

function referencesOf(search: string, preferences = noPreferences): ModelReference[] {
  return arrangeChoices(searchableChoices(models, preferences, settings), preferences, search).flatMap(
    (group) => group.choices.map(({ reference }) => reference),
  );
}

describe('arrangeChoices', () => {
  it('keeps the order of the list without a search, by provider', () => {
    const groups = arrangeChoices(choices, noPreferences, ' ');
    expect(groups.map(({ name, choices }) => [name, choices.length])).toEqual([
      ['anthropic', 2],
      ['openai', 3],
      ['router', 1],
      ['local', 1],
      ['offline', 1],
    ]);
  });

  it('puts favourites and recent ones first, each model once, and leaves out those that have gone', () => {
    const groups = arrangeChoices(
      choices,
      {
        favourites: ['openai/gpt-5.1', 'gone/away'],
        recent: ['local/qwen3-coder:30b', 'openai/gpt-5.1', 'openai/o4'],
      },
      '',
    );
    expect(
      groups.slice(0, 4).map(({ name, choices }) => [name, ...choices.map(({ reference }) => reference)]),
    ).toEqual([
      ['Favourites', 'openai/gpt-5.1'],
      ['Recent', 'local/qwen3-coder:30b', 'openai/o4'],
      ['anthropic', 'anthropic/claude-sonnet-4-5', 'anthropic/claude-haiku-4-5'],
      ['openai', 'openai/gpt-5-mini'],
    ]);
    expect(groups.flatMap((group) => group.choices)).toHaveLength(choices.length);
  });

  it.each([
    ['sonnet', 'anthropic/claude-sonnet-4-5'],
    ['Claude-Sonnet', 'anthropic/claude-sonnet-4-5'],
    ['mini gpt', 'openai/gpt-5-mini'],
    ['router sonnet', 'router/anthropic/claude-sonnet-4.5'],
    ['four omni', 'openai/o4'],
    ['fast', 'openai/gpt-5-mini'],
    ['ollama', 'local/qwen3-coder:30b'],
    ['openai/gpt-5.1', 'openai/gpt-5.1'],
    ['offline guide', OFFLINE_GUIDE],
    ['qwn', 'local/qwen3-coder:30b'],
  ])('finds for "%s" %s first', (search, expected) => {
    expect(referencesOf(search)[0]).toBe(expected);
  });

  it('leaves out what lacks one of the words', () => {
    expect(referencesOf('claude haiku')).toEqual(['anthropic/claude-haiku-4-5']);
  });

  it('keeps what was picked and is in no list, for as long as its provider can be used', () => {
    const preferences: ModelPreferences = {
      favourites: ['off/model'],
      recent: ['openai/by-hand', 'keyless/model', 'gone/model'],
    };
    expect(referencesOf('', preferences)).toHaveLength(choices.length + 1);
    expect(referencesOf('', preferences)[0]).toBe('openai/by-hand');
    expect(referencesOf('hand', preferences)).toEqual(['openai/by-hand']);
  });

  it('puts a favourite before others that fit as well', () => {
    const preferences: ModelPreferences = { favourites: ['anthropic/claude-haiku-4-5'], recent: [] };
    expect(referencesOf('claude', preferences)[0]).toBe('anthropic/claude-haiku-4-5');
    expect(referencesOf('claude-sonnet', preferences)[0]).toBe('anthropic/claude-sonnet-4-5');
  });

  it('finds nothing for what fits nothing', () => {
    expect(referencesOf('zzzz')).toEqual([]);
  });
});

describe('typedReference', () => {
  it.each([
    ['openai/gpt-next', 'openai/gpt-next'],
    [' local/a/b:c ', 'local/a/b:c'],
    ['own', 'local/mine'],
    ['openai/gpt-5.1', undefined],
    ['stranger/model', undefined],
    ['off/model', undefined],
    ['keyless/model', undefined],
    ['openai/', undefined],
    ['openai', undefined],
    ['openai/two words', undefined],
  ])('offers for "%s" %s', (search, expected) => {
    expect(typedReference(search, choices, settings)).toBe(expected);
  });
});
