import { describe, expect, it } from 'vitest';
import type { ModelEntry, ModelFacts, Preflight } from '../../../shared/models.ts';
import { nameBeside, optionInWords, preflightInWords, pricesInWords } from './model-words.ts';

it.each([
  [{ input: 3, output: 15 }, '$3.00 / $15.00'],
  [{ input: 0.075, output: 0.3 }, '$0.075 / $0.30'],
  [{ input: 0, output: 0 }, 'free'],
])('prices %j read %s', (prices, words) => {
  expect(pricesInWords(prices)).toBe(words);
});

function entry(changes: Partial<ModelEntry> = {}): ModelEntry {
  return {
    reference: 'openai/gpt-5.1',
    provider: 'openai',
    kind: 'openai',
    isLocal: false,
    usesKey: true,
    ...changes,
  };
}
const choiceOf = (entry: ModelEntry, aliases: string[] = []) => ({
  reference: entry.reference,
  entry,
  aliases,
});
const facts: ModelFacts = {
  name: 'GPT-5.1',
  contextWindow: 400_000,
  prices: { input: 1.25, output: 10 },
  abilities: { images: true, tools: true, reasoning: false },
};
const unmarked = { isFavourite: false, isCurrent: false };

describe('optionInWords', () => {
  it('says all that the row shows, the reference first', () => {
    const marked = { isFavourite: true, isCurrent: true };
    expect(optionInWords(choiceOf(entry({ facts }), ['complex']), marked)).toBe(
      'openai/gpt-5.1, GPT-5.1, alias complex, in use, favourite, sees images, uses tools, 400K tokens, $1.25 / $10.00 per million, your key',
    );
  });

  it.each([
    [
      'a local model of which nothing is known',
      choiceOf(entry({ reference: 'local/x', isLocal: true, usesKey: false })),
      'local/x, nothing known of it, on this machine',
    ],
    [
      'one that cannot be picked',
      choiceOf(entry({ facts: { abilities: {} }, unavailable: 'No key: $KEY is not set' })),
      'openai/gpt-5.1, unavailable: No key: $KEY is not set',
    ],
    [
      'one that was typed',
      { reference: 'openai/next' as const, aliases: [], isTyped: true },
      'Use openai/next (unknown model)',
    ],
  ])('says of %s what matters', (_, choice, words) => {
    expect(optionInWords(choice, unmarked)).toBe(words);
  });
});

it.each([
  ['openai/gpt-5.1', 'GPT-5.1', undefined],
  ['work/deployment-7', 'GPT-5.1', 'GPT-5.1'],
  ['bedrock/us.anthropic.claude-sonnet-4-5-v1:0', 'Claude Sonnet 4.5', undefined],
] as const)('beside %s the name %s stands as %s', (reference, name, expected) => {
  expect(nameBeside(choiceOf(entry({ reference, facts: { ...facts, name } })))).toBe(expected);
});

describe('preflightInWords', () => {
  const preflight: Preflight = {
    from: 'anthropic/claude',
    to: 'openai/gpt-5.1',
    rereadTokens: 84_200,
    rereadCost: 0.105_25,
    windowShare: 0.2105,
    reasoningLeftOut: 6,
    unsupported: [{ what: 'images', consequence: 'They are left out.' }],
    isWorthAsking: true,
  };

  it('names each cost and loss', () => {
    expect(preflightInWords(preflight).join(' · ')).toBe(
      'Reads 84,200 tokens again · $0.11 · 21% of its window · 6 reasoning parts left out · no images',
    );
  });

  it('leaves out what is not known or not lost', () => {
    const { rereadCost: _, windowShare: __, ...rest } = preflight;
    expect(preflightInWords({ ...rest, reasoningLeftOut: 0, unsupported: [] })).toEqual([
      'Reads 84,200 tokens again',
    ]);
  });

  it('says nothing where there is no history', () => {
    expect(preflightInWords({ ...preflight, rereadTokens: 0 })).toEqual([]);
  });
});
