import { expect, it } from 'vitest';
import { KeptOutput, plainText } from './command-output.ts';

it.each([
  ['red and links', '\x1b[1;31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x1b\\\r\n', 'red link'],
  ['a progress bar', 'a\r\n 10%\r 50%\r100%\r\ndone\r\n', 'a\n100%\ndone'],
  ['a bar that is erased', 'working…\r\x1b[Kdone\x1b[2K\rgone', 'gone'],
  ['a bar of two lines', 'one 1\ntwo 1\n\x1b[2Aone 2\ntwo 2\n', 'one 2\ntwo 2'],
  ['backspaces', 'abc\b\bX\x1b[1DY', 'aYc'],
  ['tabs and columns', 'a\tb\x1b[3Cc\x1b[2GX', 'aX      b   c'],
  ['a full-screen program', 'before\n\x1b[?1049hdrawing\x1b[2;3Hmore\x1b[?1049lafter', 'before\nafter'],
  ['one that still runs', 'before\n\x1b[?1049hdrawing', 'before'],
  ['controls, bells and the beginning of a sequence', 'a\x07\x00\x1b(B\x1b=b\x9b\x1b', 'ab'],
  ['trailing spaces and lines', 'a  \n\nb \n\n', 'a\n\nb'],
  [
    'numbers out of any range',
    'a\x1b[999999999Cb\x1b[99999Ac\x1b[9999999999Gd\x1b[?25h',
    `a${' '.repeat(4095)}bc\nd`,
  ],
])('reads %s', (_, printed, text) => {
  expect(plainText(printed)).toBe(text);
});

it('takes no longer for hostile output than for other', () => {
  const startedAt = performance.now();
  plainText('x'.repeat(1_000_000) + '\rab\b\x1b[K'.repeat(200_000));
  plainText('\x1b[1000C.'.repeat(200_000));
  plainText('\x1b]'.repeat(500_000));
  plainText('\x1b[?1049h'.repeat(100_000));
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

it('keeps the beginning and the end, and says how much is missing', () => {
  const kept = new KeptOutput(10);
  expect(kept.text).toBe('');
  expect(kept.push('123').push('4567').text).toBe('1234567');
  expect(kept.cutCharacters).toBe(0);
  expect(kept.push('89').push('abcdef').push('g').text).toBe('12345\n[… 6 characters left out …]\ncdefg');
  expect(kept.cutCharacters).toBe(6);
  expect(new KeptOutput(4).push('0123456789').text).toBe('01\n[… 6 characters left out …]\n89');
});
