import { expect, it } from 'vitest';
import type { CommandBlock } from '../../../../shared/command-block.ts';
import { blockName, durationInWords, elapsedInWords, stateOf } from './words.ts';

const BLOCK: CommandBlock = {
  id: 1,
  commandLine: 'make',
  cwd: '/a',
  startedAt: 0,
  promptRows: 0,
  commandRow: undefined,
  outputRow: undefined,
  endColumn: 0,
};

it.each([
  [{ endedAt: 1, exitCode: 0 }, 'succeeded', 'Command: make, exit 0'],
  [{ endedAt: 1, exitCode: 2 }, 'failed', 'Command: make, exit 2'],
  [{ endedAt: 1 }, 'unknown', 'Command: make, ended'],
  [{}, 'running', 'Command: make, running'],
  [{ endedAt: 1, exitCode: 0, commandLine: 'for x\n  do y' }, 'succeeded', 'Command: for x ⏎ do y, exit 0'],
  [{ endedAt: 1, exitCode: 0, commandLine: '' }, 'succeeded', 'Command: not remembered, exit 0'],
] as const)('names %j', (end, state, name) => {
  const block = { ...BLOCK, ...end };
  expect([stateOf(block), blockName(block)]).toEqual([state, name]);
});

it.each([
  [0, '0.01 s'],
  [23, '0.02 s'],
  [994, '0.99 s'],
  [996, '1.0 s'],
  [4_840, '4.8 s'],
  [9_960, '10 s'],
  [59_600, '1 min'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h'],
  [3_725_000, '1 h 2 min'],
])('says %d ms as %s', (durationMs, words) => {
  expect(durationInWords(durationMs)).toBe(words);
});

it('counts whole seconds while a command runs', () => {
  expect([1_000, 11_400].map(elapsedInWords)).toEqual(['1 s', '11 s']);
});
