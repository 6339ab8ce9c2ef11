import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import {
  BlockTracker,
  escapeValue,
  isRunning,
  markSequence,
  parseMark,
  parseToken,
  textBetween,
  tokenSequence,
} from './command-block.ts';

describe('parseMark', () => {
  it.each([
    ['A;n0nce', { type: 'prompt-start' }],
    ['B;n0nce', { type: 'prompt-end' }],
    ['b;12;;n0nce', { type: 'prompt-end', column: 12, isPast: true }],
    ['C;;1700000000000;n0nce', { type: 'command-start', at: 1_700_000_000_000 }],
    ['D;127;n0nce', { type: 'command-end', exitCode: 127 }],
    ['d;1,7;5;n0nce', { type: 'command-end', exitCode: 1, column: 7, at: 5, isPast: true }],
    ['D;n0nce', { type: 'command-end' }],
    ['D;-1e9;n0nce', { type: 'command-end' }],
    [
      'E;echo a\\x3b echo \\\\x\\x0ab\\x1b[31m \\x0a;n0nce',
      { type: 'command-line', text: 'echo a; echo \\x\nb[31m' },
    ],
    ['P;Cwd=/a\\x3bb\\x07;n0nce', { type: 'folder', path: '/a;b' }],
    ['P;Other=1;n0nce', undefined],
    ['Z;n0nce', undefined],
    ['A', undefined],
    ['A;other', undefined],
    ['A;n0nce;more', undefined],
  ])('reads %s', (payload, expected) => {
    expect(parseMark(payload, 'n0nce')).toEqual(expected);
  });

  it('believes nothing when there is no token', () => {
    expect([parseMark('A;', ''), parseMark('n0nce', 'n0nce')]).toEqual([undefined, undefined]);
    expect(tokenSequence('')).toBe('');
  });

  it('reads what the core writes', () => {
    const line = 'a;b\\c\nd\u009c漢';
    const sequence = markSequence('E', escapeValue(line), 5, 't');
    // oxlint-disable-next-line no-control-regex -- what it must not hold
    expect(sequence).toMatch(/^\u001B\]633;[^\u0000-\u001F\u007F-\u009F]*\u0007$/);
    expect(parseMark(sequence.slice(6, -1), 't')).toEqual({
      type: 'command-line',
      text: 'a;b\\c\nd漢',
      at: 5,
    });
    expect(parseToken(tokenSequence('0123456789abcdef').slice(6, -1))).toBe('0123456789abcdef');
    expect(parseToken('T;')).toBeUndefined();
  });
});

/** A terminal whose output has marks with the token `t`. */
function openTracked({ columns = 40, rows = 6, scrollback = 50 } = {}) {
  const terminal = new Terminal({ cols: columns, rows, scrollback, allowProposedApi: true });
  const tracker = new BlockTracker(terminal);
  terminal.parser.registerOscHandler(633, (payload) => {
    const mark = parseMark(payload, 't');
    if (mark) tracker.accept(mark);
    return true;
  });
  const write = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve));
  const told = () =>
    tracker.blocks.map(({ commandLine, exitCode, commandRow, outputRow, endRow }) => [
      commandLine,
      exitCode,
      ...[commandRow, outputRow, endRow].map((row) => row?.line),
    ]);
  return { terminal, tracker, write, told };
}

const mark = (kind: string, value = '', at = 0) => markSequence(kind, value, at, 't');
const prompt = `${mark('A')}$ ${mark('B')}`;
const run = (line: string, output: string, exitCode = 0) =>
  `${prompt}${line}\r\n${mark('E', escapeValue(line))}${mark('C', '', 1000)}${output}${mark('D', String(exitCode), 3000)}`;

describe('BlockTracker', () => {
  it('knows each command, its outcome, folder and time, and where it stands', async () => {
    const { tracker, write, told } = openTracked();
    await write(
      `${mark('P', 'Cwd=/a')}${run('one', 'x\r\ny\r\n')}${mark('P', 'Cwd=/b')}${run('two', '', 3)}${prompt}`,
    );
    expect(told()).toEqual([
      ['one', 0, 0, 1, 3],
      ['two', 3, 3, 4, 4],
    ]);
    expect(tracker.blocks[1]).toMatchObject({ cwd: '/b', startedAt: 1000, endedAt: 3000 });
    expect(tracker.input).toMatchObject({ column: 2, promptRows: 0 });
  });

  it('counts the rows of a prompt above the command line, drawn however often', async () => {
    const { tracker, write } = openTracked();
    const long = `${mark('A')}folder\r\n$ ${mark('B')}`;
    await write(`${long}\r\x1b[A\x1b[J${long}ls\r\n${mark('E', 'ls')}${mark('C')}`);
    expect(tracker.blocks).toHaveLength(1);
    expect(tracker.blocks[0]).toMatchObject({ promptRows: 1, commandRow: { line: 1 } });
  });

  it('finds the command line above the output where the prompt had no marks', async () => {
    const { write, told } = openTracked();
    await write(`${mark('C')}first\r\n${mark('D', '0')}$ two\r\n${mark('E', 'two')}${mark('C')}`);
    expect(told()).toEqual([
      ['', 0, undefined, 0, 1],
      ['two', undefined, 1, 2, undefined],
    ]);
  });

  it('reads the line from the screen when the shell does not tell it, and forgets one with a space before it', async () => {
    const { write, told } = openTracked({ columns: 10 });
    await write(`${prompt}make everything\r\n${mark('E')}${mark('C')}${mark('D', '0')}`);
    await write(`${prompt} secret\r\n${mark('E')}${mark('C')}${mark('D', '0')}`);
    expect(told().map(([line]) => line)).toEqual(['make everything', '']);
  });

  it('ends a command at the next prompt when nobody told its end', async () => {
    const { tracker, write } = openTracked();
    await write(`${prompt}x\r\n${mark('E', 'x')}${mark('C')}`);
    expect(tracker.blocks.every(isRunning)).toBe(true);
    await write(`\r\n${prompt}`);
    expect(tracker.blocks[0]).toMatchObject({ commandLine: 'x', endRow: { line: 2 } });
    expect(tracker.blocks[0]).not.toHaveProperty('exitCode');
  });

  it('keeps the places through a narrower window, and forgets what has scrolled out or was erased', async () => {
    const { terminal, write, told } = openTracked();
    await write(run('one', `${'long '.repeat(7)}\r\n`) + run('two', '') + prompt);
    terminal.resize(20, 6);
    await write('');
    expect(told()).toEqual([
      ['one', 0, 0, 1, 3],
      ['two', 0, 3, 4, 4],
    ]);
    await write('\r\n'.repeat(60));
    expect(told()).toEqual([]);
    await write(`${run('three', '')}\x1b[H\x1b[2J`);
    expect(told()).toEqual([]);
  });

  it('leaves the alternate screen to its program', async () => {
    const { write, told } = openTracked();
    await write(
      `${prompt}vim\r\n${mark('E', 'vim')}${mark('C')}\x1b[?1049h\x1b[5H${mark('D', '1')}\x1b[?1049l`,
    );
    expect(told()).toEqual([['vim', 1, 0, 1, undefined]]);
  });
});

it('joins broken lines and leaves out empty cells at their ends', async () => {
  const { terminal, write } = openTracked({ columns: 8 });
  await write('one two three\r\nfour\x1b[3C\r\nrest$ ');
  const { active } = terminal.buffer;
  expect(textBetween(active, { row: 0, column: 4 }, { row: 3, column: 4 })).toBe('two three\nfour\nrest');
  expect(textBetween(active, { row: 0, column: 0 }, { row: 3, column: 0 })).toBe('one two three\nfour');
});
