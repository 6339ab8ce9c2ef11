import { expect, it } from 'vitest';
import type { CommandBlock } from '../../../../shared/command-block.ts';
import { blockName, durationInWords, elapsedInWords, quoteCommand, stateOf } from './words.ts';

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

it('quotes a command so that nothing in its output ends the quotation', () => {
  const asked = { commandLine: 'cat x.md', output: 'a\n````\nb', exitCode: 1, cwd: '/a' };
  expect(quoteCommand(asked)).toBe('In /a, exit 1:\n\n`````console\n$ cat x.md\na\n````\nb\n`````\n');
  expect(quoteCommand({ commandLine: 'true', output: '', cwd: '/a' })).toBe(
    'In /a:\n\n```console\n$ true\n```\n',
  );
});

it('quotes head and tail of a long output', () => {
  const output = Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n');
  const quoted = quoteCommand({ commandLine: 'x', output, cwd: '/' });
  expect(quoted).toContain('line 99\n… 300 lines left out …\nline 400\n');
});
