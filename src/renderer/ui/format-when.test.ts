import { expect, it } from 'vitest';
import { formatWhen } from './format-when.ts';

const at = (text: string) => new Date(text).getTime();

it.each([
  ['2025-11-20T09:05', '09:05'],
  ['2025-11-19T23:59', 'Wed 23:59'],
  ['2025-11-14T12:30', 'Fri 12:30'],
  ['2025-11-13T12:00', '13 Nov'],
  ['2024-11-19T12:00', '19 Nov 2024'],
])('tells %s on a Thursday noon', (moment, words) => {
  expect(formatWhen(at(moment), at('2025-11-20T12:00'))).toBe(words);
});
