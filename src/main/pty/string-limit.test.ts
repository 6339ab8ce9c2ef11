import { expect, it } from 'vitest';
import { MAX_IMAGE_BYTES, MAX_STRING_BYTES, StringLimit } from './string-limit.ts';

function passed(...chunks: string[]): string[] {
  const limit = new StringLimit();
  return chunks.map((chunk) => {
    const { screen, windows } = limit.pass(Buffer.from(chunk));
    expect(windows).toBe(screen);
    return Buffer.from(screen).toString();
  });
}

const LONG = 'x'.repeat(MAX_STRING_BYTES);

it('passes text, short strings and other sequences as they are', () => {
  const usual =
    'text \x1b[31mred\x1b[m \x1b]0;title\x07 \x1bP$qm\x1b\\ \x1b]8;;http://a\x1b\\link\u009d0;c1\u009c é 漢 \x1b(B\x1b7';
  const chunk = Buffer.from(usual);
  expect(new StringLimit().pass(chunk).screen).toBe(chunk);
  expect(new StringLimit().pass(chunk).windows).toBe(chunk);
});

it('takes out strings that are too long, of every kind and however they begin and end', () => {
  for (const begin of [
    '\x1b]',
    '\x1bP',
    '\x1b_',
    '\x1b^',
    '\x1bX',
    '\u009d',
    '\u0090',
    '\u0098',
    '\u009e',
    '\u009f',
  ]) {
    for (const end of ['\x1b\\', '\u009c', '\x18', '\x1a'])
      expect(passed(`a${begin}${LONG}${end}b`)).toEqual(['ab']);
  }
  expect(passed(`a\x1b]52;c;${LONG}\x07b`)).toEqual(['ab']);
});

it('ends a string at another sequence, which stays', () => {
  expect(passed(`a\x1b]0;${LONG}\x1b[31mb`)).toEqual(['a\x1b[31mb']);
});

it('knows that only an OSC ends with a bell', () => {
  expect(passed(`\x1bP+${LONG}\x07still\x1b\\after`)).toEqual(['after']);
});

it('holds a string back until it is whole', () => {
  expect(passed('a\x1b]0;ti', 'tle', '\x07b')).toEqual(['a', '', '\x1b]0;title\x07b']);
});

it('takes out a hundred megabytes that never end, and goes on after them', () => {
  const limit = new StringLimit();
  limit.pass(Buffer.from('\x1b]1337;File=:'));
  const piece = Buffer.alloc(1_000_000, 'A');
  for (let count = 0; count < 100; count += 1) expect(limit.pass(piece).windows).toHaveLength(0);
  expect(Buffer.from(limit.pass(Buffer.from('\x07alive')).windows).toString()).toBe('alive');
});

it.each([
  ['a Sixel', '\x1bP0;1;0q', '\x1b\\'],
  ['an inline image', '\x1b]1337;File=inline=1;size=3:', '\x07'],
])('passes %s that is long to windows only, whole', (_, begin, end) => {
  const limit = new StringLimit();
  const texts = [`before${begin}${LONG}`, LONG, `${LONG}${end}after`].map((chunk) => {
    const { screen, windows } = limit.pass(Buffer.from(chunk));
    return [screen, windows].map((bytes) => Buffer.from(bytes).toString());
  });
  expect(texts).toEqual([
    ['before', 'before'],
    ['', ''],
    ['after', `${begin}${LONG}${LONG}${LONG}${end}after`],
  ]);
  const huge = limit.pass(Buffer.from(`a${begin}${'x'.repeat(MAX_IMAGE_BYTES)}${end}b`));
  expect(Buffer.from(huge.windows).toString()).toBe('ab');
});
