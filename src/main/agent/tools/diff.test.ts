import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyHunks, hunksBetween } from './diff.ts';

const text = fc
  .array(
    fc.constantFrom('a', 'b', 'c', '', 'one', 'two\r', '  three', '\\ No newline at end of file', '-x', '+y'),
    {
      maxLength: 40,
    },
  )
  .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`));

it('makes the new text of all hunks and the old one of none', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const hunks = hunksBetween(before, after);
      expect(applyHunks(before, hunks)).toBe(after);
      expect(applyHunks(before, [])).toBe(before);
    }),
    { numRuns: 500 },
  );
});

it('takes any of the hunks alone, in their own places', () => {
  const block = (name: string) => Array.from({ length: 12 }, () => 'x').concat(name);
  const before = ['a', 'b', 'c'].flatMap(block).join('\n');
  const hunks = hunksBetween(before, before.replace('a', 'A1\nA2').replace('b', 'B').replace('c', ''));
  expect(hunks).toHaveLength(3);
  expect(applyHunks(before, hunks.slice(1, 2))).toBe(before.replace('b', 'B'));
  expect(
    applyHunks(
      before,
      [hunks[0], hunks[2]].filter((hunk) => hunk !== undefined),
    ),
  ).toBe(before.replace('a', 'A1\nA2').replace('c', ''));
});

it('replaces all lines where there are too many differences to compare', () => {
  const before = Array.from({ length: 30_000 }, (_, index) => `old ${index}`).join('\n');
  const after = Array.from({ length: 30_000 }, (_, index) => `new ${index}`).join('\n');
  const hunks = hunksBetween(before, `${after}\n`);
  expect(hunks).toHaveLength(1);
  expect(applyHunks(before, hunks)).toBe(`${after}\n`);
});
