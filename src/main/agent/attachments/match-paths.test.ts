import { expect, it } from 'vitest';
import { matchPaths, searchable } from './match-paths.ts';

const paths = [
  'README.md',
  'src/',
  'src/main/',
  'src/main/core.ts',
  'src/main/agent/score-paths.ts',
  'docs/my notes.md',
  'docs/Größe.md',
  'tests/core.test.ts',
].map(searchable);

it.each([
  ['', ['README.md', 'src/', 'src/main/']],
  ['core', ['src/main/core.ts', 'tests/core.test.ts', 'src/main/agent/score-paths.ts']],
  ['core.ts', ['src/main/core.ts', 'tests/core.test.ts']],
  ['main/co', ['src/main/core.ts']],
  ['smc', ['src/main/core.ts']],
  ['notes my', ['docs/my notes.md']],
  ['GRÖ', ['docs/Größe.md']],
  ['src', ['src/']],
  ['nothing like it', []],
])('finds for %j', (query, expected) => {
  expect(matchPaths(paths, query, 3).slice(0, expected.length || 3)).toEqual(expected);
});

it('finds among 50,000 paths without one having to wait', () => {
  const many = Array.from({ length: 50_000 }, (_, index) =>
    searchable(`folder-${index % 500}/within/some-file-${index}.ts`),
  );
  const started = performance.now();
  expect(matchPaths(many, 'file-49999', 10)).toEqual(['folder-499/within/some-file-49999.ts']);
  expect(matchPaths(many, 'fwsf', 10)).toHaveLength(10);
  // Ten times what both take together on an idle machine.
  expect(performance.now() - started).toBeLessThan(1_000);
});
