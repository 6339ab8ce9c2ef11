import { expect, it } from 'vitest';
import { hitsInWords, isUsable, type Find } from './find.ts';

const find = (term: string, regex = false): Find => ({ term, regex, caseSensitive: false, wholeWord: false });

it('searches for any text, and for patterns that are whole and match something', () => {
  const finds = [find(''), find('('), find('a+b'), find('(', true), find('a*', true), find('a+b?', true)];
  expect(finds.map(isUsable)).toEqual([false, true, true, false, false, true]);
});

it.each([
  [find(''), -1, 0, ''],
  [find('('), -1, 0, 'None'],
  [find('(', true), -1, 0, 'No pattern'],
  [find('a'), 2, 7, '3 of 7'],
  [find('a'), -1, 1000, '1000 or more'],
])('says how many there are: %j', (find, resultIndex, resultCount, words) => {
  expect(hitsInWords(find, { resultIndex, resultCount })).toBe(words);
});
