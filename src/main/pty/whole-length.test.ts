import { expect, it } from 'vitest';
import { wholeLength } from './whole-length.ts';

const whole = (text: string) => Buffer.from(text, 'latin1');
const cut = (text: string, bytes: number) => Buffer.from(text).subarray(0, bytes);

it.each([
  ['plain text', whole('abc'), 3],
  ['nothing', whole(''), 0],
  ['a whole character of two bytes', Buffer.from('aé'), 3],
  ['half a character of two bytes', cut('aé', 2), 1],
  ['a third of a Chinese character', cut('漢字', 4), 3],
  ['two thirds of a Chinese character', cut('漢字', 5), 3],
  ['three quarters of an emoji', cut('🙂', 3), 0],
  ['bytes that are no UTF-8', whole('ab\x80\x80\x80\x80'), 6],
  ['a lone ESC', whole('a\x1b'), 1],
  ['a whole colour', whole('a\x1b[31m'), 6],
  ['half a colour', whole('a\x1b[3'), 1],
  ['a private mode without its letter', whole('\x1b[?2004'), 0],
  ['a colour, then half a character', Buffer.concat([whole('\x1b[m'), cut('漢', 2)]), 3],
  ['a character set without its letter', whole('ab\x1b('), 2],
  ['a character set', whole('\x1b(B'), 3],
  ['a title that goes on', whole('x\x1b]0;title'), 1],
  ['a title that a bell ends', whole('\x1b]0;title\x07'), 10],
  ['a title that ST ends', whole('\x1b]0;title\x1b\\'), 11],
  ['a title with half of ST', whole('\x1b]0;title\x1b'), 9],
  ['half of an overlong string', Buffer.concat([whole('\x1bP'), Buffer.alloc(5000, 'q')]), 5002],
])('counts the whole bytes of %s', (_, bytes, expected) => {
  expect(wholeLength(bytes)).toBe(expected);
});
