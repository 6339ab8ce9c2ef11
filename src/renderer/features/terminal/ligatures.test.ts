import { expect, it } from 'vitest';
import { ligatureRanges } from './ligatures.ts';

it.each([
  ['a => b', [[2, 4]]],
  [
    'x !== y && z',
    [
      [2, 5],
      [8, 10],
    ],
  ],
  ['a = b - c', []],
  ['', []],
  [
    '--------',
    [
      [0, 6],
      [6, 8],
    ],
  ],
])('finds what may be one sign in %j', (text, ranges) => {
  expect(ligatureRanges(text)).toEqual(ranges);
});
