import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeText, encodeText, usesCrlf } from './text.ts';

it('gives back the very bytes of whatever it takes for text', () => {
  const words = fc.string({ unit: 'grapheme' });
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array)),
    words.map((text) => Buffer.from(text)),
    words.map((text) => Buffer.from(`\uFEFF${text}`)),
    words.map((text) => Buffer.from(`\uFEFF${text}`, 'utf16le')),
    words.map((text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()),
    words.map((text) => Buffer.from(text, 'latin1')),
  );
  const changed = fc.check(
    fc.property(bytes, (bytes) => {
      const decoded = decodeText(bytes);
      return !decoded || encodeText(decoded).equals(bytes);
    }),
    { numRuns: 1000 },
  );
  expect(changed.counterexample).toBeNull();
});

it('takes the line ends of most lines for those of the file', () => {
  expect(['', 'one', 'a\nb\n', 'a\r\nb\nc\n', 'a\r\nb\r\nc\n', 'a\r\n'].map(usesCrlf)).toEqual([
    false,
    false,
    false,
    false,
    true,
    true,
  ]);
});
