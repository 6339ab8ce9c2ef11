import { expect, it } from 'vitest';
import { excerptOf, patternOf, type SearchQuery } from './search.ts';

const query = (text: string, how: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  isCaseSensitive: false,
  isWholeWord: false,
  isRegex: false,
  ...how,
});
const matched = (text: string, asked: SearchQuery) => {
  const found = excerptOf(text, patternOf(asked));
  return found?.matches.map(({ start, length }) => found.text.slice(start, start + length));
};

it.each([
  ['Token token tokens', query('token'), ['Token', 'token', 'token']],
  ['Token token', query('token', { isCaseSensitive: true }), ['token']],
  ['tokens token, été', query('token', { isWholeWord: true }), ['token']],
  ['étéx été', query('été', { isWholeWord: true }), ['été']],
  ['a.b a+b', query('a+b'), ['a+b']],
  ['a.b aab', query('a+b', { isRegex: true }), ['aab']],
  ['ab abc', query('a.', { isRegex: true, isWholeWord: true }), ['ab']],
  ['\\- [x]', query('\\-', { isRegex: true }), ['-']],
  ['aaa', query('b*', { isRegex: true }), undefined],
  ['ÉTÉ', query('été'), ['ÉTÉ']],
])('finds in %j what is asked for', (text, asked, found) => {
  expect(matched(text, asked)).toEqual(found);
});

it('cuts the line around the first match', () => {
  const text = `above\n${'x'.repeat(100)}needle${'y'.repeat(300)}needle\nneedle`;
  const found = excerptOf(text, patternOf(query('needle')));
  expect(found).toEqual({
    text: `${'x'.repeat(60)}needle${'y'.repeat(174)}`,
    matches: [{ start: 60, length: 6 }],
    offset: 46,
  });
});

it('refuses what is no pattern', () => {
  expect(() => patternOf(query('a(', { isRegex: true }))).toThrow(SyntaxError);
});
