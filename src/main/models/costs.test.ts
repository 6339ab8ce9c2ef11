import { expect, it } from 'vitest';
import type { Usage } from '../../shared/agent.ts';
import { costOf } from './costs.ts';

const plain = { prices: { input: 2, output: 10 } };
const caching = { prices: { input: 2, output: 10, cachedInput: 0.2, cacheWrite: 2.5 } };
const stepped = {
  ...caching,
  tiers: [
    { aboveTokens: 100_000, input: 4, output: 20 },
    { aboveTokens: 200_000, input: 8, output: 40, cachedInput: 1 },
  ],
};

it.each<[string, Parameters<typeof costOf>[0], Usage, number | undefined]>([
  ['input and output', plain, { inputTokens: 1_000_000, outputTokens: 500_000 }, 7],
  ['nothing written', plain, { inputTokens: 1_000_000 }, 2],
  ['cached input as usual input', plain, { inputTokens: 1_000_000, cachedInputTokens: 900_000 }, 2],
  ['cached input at its own price', caching, { inputTokens: 1_000_000, cachedInputTokens: 900_000 }, 0.38],
  [
    'what was written to the cache',
    caching,
    { inputTokens: 1_000_000, cachedInputTokens: 500_000, cacheWriteTokens: 400_000 },
    0.2 + 0.1 + 1,
  ],
  [
    'reasoning as part of the output',
    plain,
    { inputTokens: 0, outputTokens: 100_000, reasoningTokens: 90_000 },
    1,
  ],
  ['the first step as usual', stepped, { inputTokens: 100_000, outputTokens: 0 }, 0.2],
  ['a dearer step, all of it', stepped, { inputTokens: 150_000, cachedInputTokens: 50_000 }, 0.6],
  [
    'the dearest step',
    stepped,
    { inputTokens: 300_000, cachedInputTokens: 200_000, outputTokens: 100_000 },
    5,
  ],
  ['nothing that was counted', plain, {}, undefined],
  ['no price', {}, { inputTokens: 1, outputTokens: 1 }, undefined],
])('reckons %s', (_, model, usage, expected) => {
  // Without the last digits of sums of fractions.
  expect(costOf(model, usage)?.toFixed(9)).toBe(expected?.toFixed(9));
});
