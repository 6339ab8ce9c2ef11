import { expect, it } from 'vitest';
import { showExactly, visibleParts } from './visible-text.ts';

const shown = (parts: ReturnType<typeof visibleParts>) =>
  parts.map(({ text, isMark }) => (isMark ? `<${text}>` : text)).join('');

it('shows everything that cannot be seen', () => {
  const text = 'a\tb  \nc\u202e\u200bd\u00a0e\u{e0041}👍 \u001b[2K\0\r';
  expect(shown(visibleParts(text))).toBe(
    'a<⇥>b<··><↵\n>c<U+202E><U+200B>d<U+00A0>e<U+E0041>👍 <U+001B>[2K<U+0000><U+000D>',
  );
});

it('shows letters that only look like those of a command, and leaves whole words of other scripts', () => {
  expect(shown(showExactly('g\u0456t st\u0430tus \uff1b привет größe'))).toBe(
    'g<U+0456>t st<U+0430>tus <U+FF1B> привет größe',
  );
});

it('loses nothing of a plain text', () => {
  expect(showExactly("git commit -m 'größe 漢字'")).toEqual([
    { text: "git commit -m 'größe 漢字'", isMark: false },
  ]);
});
