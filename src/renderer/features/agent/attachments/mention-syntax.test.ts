import { expect, it } from 'vitest';
import { mentionAt, mentioned } from './mention-syntax.ts';

it.each([
  ['@', { start: 0, query: '' }],
  ['see @src/ma', { start: 4, query: 'src/ma' }],
  ['see\n@a', { start: 4, query: 'a' }],
  ['see @"my fi', { start: 4, query: 'my fi' }],
  ['ada@example.org', undefined],
  ['see @a now', undefined],
  ['see @"my file" ', undefined],
  ['', undefined],
])('finds the mention at the end of %j', (text, expected) => {
  expect(mentionAt(text, text.length)).toEqual(expected);
});

it('looks at the text before the caret only', () => {
  expect(mentionAt('see @src here', 8)).toEqual({ start: 4, query: 'src' });
});

it.each([
  ['src/a.ts', '@src/a.ts'],
  ['my file.ts', '@"my file.ts"'],
  ['echo "two  words"', '@"echo two words"'],
])('mentions %j', (name, expected) => {
  expect(mentioned(name)).toBe(expected);
});
