import { expect, it } from 'vitest';
import { formatCount, formatDollars, formatTokens, windowInWords } from './format-amounts.ts';

it('writes amounts as people read them', () => {
  expect([0, 84_200].map(formatCount)).toEqual(['0', '84,200']);
  expect([0, 999, 200_000, 656_400, 1_000_000, 13_460_000].map(formatTokens)).toEqual([
    '0',
    '999',
    '200K',
    '656K',
    '1M',
    '13.5M',
  ]);
  expect([0, 0.000_012, 0.016, 0.0996, 0.31, 18.921, 1234.5].map(formatDollars)).toEqual([
    '$0.00',
    '$0.000012',
    '$0.016',
    '$0.10',
    '$0.31',
    '$18.92',
    '$1,234.50',
  ]);
});

it.each([
  [512, '512'],
  [8192, '8K'],
  [32_000, '32K'],
  [128_000, '128K'],
  [131_072, '128K'],
  [16_385, '16K'],
  [200_000, '200K'],
  [262_144, '256K'],
  [999_900, '1M'],
  [1_000_000, '1M'],
  [1_048_576, '1M'],
  [1_047_576, '1M'],
  [1_500_000, '1.5M'],
  [2_097_152, '2M'],
])('a window of %d tokens is called %s', (tokens, words) => {
  expect(windowInWords(tokens)).toBe(words);
});
