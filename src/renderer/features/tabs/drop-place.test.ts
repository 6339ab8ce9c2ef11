import { expect, it } from 'vitest';
import { dropPlace } from './drop-place.ts';

it.each([
  ['a pinned tab among the pinned ones', 1, true, 1],
  ['a pinned tab no further than behind them', 5, true, 2],
  ['another tab not before them', 0, false, 2],
  ['another tab anywhere behind them', 5, false, 5],
])('drops %s', (_, index, isPinned, expected) => {
  expect(dropPlace(index, { isPinned, pinned: 2 })).toBe(expected);
});
