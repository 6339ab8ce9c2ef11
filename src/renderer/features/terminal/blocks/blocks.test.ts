import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { escapeValue, markSequence, tokenSequence } from '../../../../shared/command-block.ts';
import { Folds } from './folds.ts';
import { followBlocks } from './follow-blocks.ts';
import { extentsOf, neighbourOf, outputOf, stickyExtent, visibleExtents } from './layout.ts';

const TOKEN = '0123456789abcdef';

/** A terminal whose snapshot had the token. */
async function open({ columns = 20, rows = 6, scrollback = 100 } = {}) {
  const terminal = new Terminal({ cols: columns, rows, scrollback, allowProposedApi: true });
  let isReplaying = true;
  const folds = new Folds(terminal as never);
  const blocks = followBlocks(terminal as never, {
    isReplaying: () => isReplaying,
    onReplayed: (tracker) => folds.foldAgain(tracker.blocks),
  });
  const write = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve));
  await write(tokenSequence(TOKEN));
  isReplaying = false;
  // Headless: there is nothing to draw anew or to select.
  Object.assign(terminal, { refresh: () => {}, clearSelection: () => {} });
  /** What the core sends to a window that must draw all anew. */
  const replay = async (text: string) => {
    isReplaying = true;
    await write(`\x1bc${tokenSequence(TOKEN)}${text}`);
    isReplaying = false;
  };
  const lines = () =>
    Array.from({ length: terminal.buffer.active.length }, (_, row) =>
      terminal.buffer.active.getLine(row)?.translateToString(true),
    );
  const extents = () => extentsOf(blocks.tracker.blocks, terminal.buffer.normal);
  const block = (line: string) => {
    const found = blocks.tracker.blocks.find(({ commandLine }) => commandLine === line);
    if (!found) throw new Error(`There is no block ${line}`);
    return found;
  };
  return { terminal, blocks, folds, write, replay, lines, extents, block };
}

const mark = (kind: string, value = '', at = 0, token = TOKEN) => markSequence(kind, value, at, token);
const prompt = `${mark('A')}$ ${mark('B')}`;
const start = (line: string) => `${prompt}${line}\r\n${mark('E', escapeValue(line))}${mark('C')}`;
const run = (line: string, output: string, exitCode = 0) =>
  `${start(line)}${output}${mark('D', String(exitCode))}`;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}\r\n`).join('');

describe('following blocks', () => {
  it('believes marks with the token of the snapshot, and no token that comes in the output', async () => {
    const { blocks, write } = await open();
    await write('');
    let changes = 0;
    blocks.onChange(() => (changes += 1));
    const other = 'fedcba9876543210';
    await write(`${tokenSequence(other)}${mark('C', '', 0, other)}${mark('C', '', 0, '')}\x1b]633;C\x07`);
    expect([blocks.tracker.blocks, changes]).toEqual([[], 0]);
    await write(run('true', ''));
    expect(blocks.tracker.blocks).toHaveLength(1);
    expect(changes).toBeGreaterThan(0);
  });

  it('forgets all when the terminal is reset', async () => {
    const { blocks, write } = await open();
    await write(`${run('true', '')}\x1bc`);
    expect(blocks.tracker.blocks).toEqual([]);
  });
});

describe('the layout of blocks', () => {
  it('knows the rows of each, one that printed nothing, half a line or still runs', async () => {
    const { extents, write } = await open();
    await write(run('two', 'a\r\nb\r\n') + run('none', '') + run('half', 'x') + start('runs') + 'y\r\n');
    expect(extents().map(({ command, output, last }) => [command, output, last])).toEqual([
      [0, 1, 2],
      [3, 4, 3],
      [4, 5, 5],
      [5, 6, 7],
    ]);
  });

  it('shows what is in the window, and keeps the command of a long output in sight', async () => {
    const { extents, write } = await open();
    await write(run('one', '') + run('long', numbers(30)) + prompt);
    const shown = (top: number) =>
      visibleExtents(extents(), { top, rows: 6 }).map(({ block: { commandLine } }) => commandLine);
    expect([shown(0), shown(1), shown(20), shown(32)]).toEqual([['one', 'long'], ['long'], ['long'], []]);
    const sticky = (top: number) => stickyExtent(extents(), top)?.block.commandLine;
    expect([0, 1, 2, 30, 31, 32].map(sticky)).toEqual([
      undefined,
      undefined,
      'long',
      'long',
      undefined,
      undefined,
    ]);
  });

  it('goes from block to block, beginning at the edge of the window', async () => {
    const { extents, write } = await open();
    await write(run('one', '') + run('two', '') + run('three', ''));
    const go = (step: 1 | -1, currentId?: number, top = 0) =>
      neighbourOf(extents(), step, { currentId, top, rows: 6 })?.block.commandLine;
    expect([go(-1), go(1), go(1, undefined, 1)]).toEqual(['three', 'one', 'two']);
    expect([go(-1, 2), go(1, 2), go(-1, 1), go(1, 3)]).toEqual(['one', 'three', undefined, undefined]);
  });

  it('takes the output of a block and nothing else', async () => {
    const { extents, terminal, write } = await open();
    await write(run('long', `${'abcde '.repeat(6)}\r\n\r\nend\r\n`) + run('half', 'x') + prompt);
    const outputs = extents().map((extent) => outputOf(terminal.buffer.normal, extent));
    expect(outputs).toEqual([`${'abcde '.repeat(6)}\n\nend`, 'x']);
  });
});

describe('folds', () => {
  it.each([3, 40])('take all rows but one out of sight, and bring %d back', async (count) => {
    const { folds, block, lines, write, terminal } = await open();
    await write(`${run('before', '')}${run('seq', numbers(count))}${prompt}typed`);
    const whole = lines().join('\n').trimEnd();
    const cursorLine = () => lines()[terminal.buffer.active.baseY + terminal.buffer.active.cursorY];
    folds.toggle(block('seq'));
    expect(lines().join('\n').trimEnd()).toBe('$ before\n$ seq\n1\n$ typed');
    expect([folds.isFolded(block('seq')), folds.rowCount(block('seq')), cursorLine()]).toEqual([
      true,
      count,
      '$ typed',
    ]);
    await write(' more');
    folds.toggle(block('seq'));
    expect(lines().join('\n').trimEnd()).toBe(`${whole} more`);
    expect([folds.isFolded(block('seq')), cursorLine()]).toEqual([false, '$ typed more']);
  });

  it('survive what is printed after them, and another width', async () => {
    const { folds, block, lines, write, terminal } = await open();
    const output = `${'a long line of words '.repeat(2)}\r\n${numbers(20)}`;
    await write(run('seq', output));
    folds.toggle(block('seq'));
    await write(run('after', numbers(5)) + prompt);
    folds.whileUnfolded(() => terminal.resize(50, 8));
    expect(lines().join('\n').trimEnd()).toBe(
      '$ seq\na long line of words a long line of words \n$ after\n1\n2\n3\n4\n5\n$',
    );
    folds.toggle(block('seq'));
    expect(lines().slice(0, 4)).toEqual(['$ seq', 'a long line of words a long line of words ', '1', '2']);
  });

  it('stand again in a terminal that was drawn anew', async () => {
    const { folds, block, lines, replay, write } = await open();
    const shell = `${run('one', numbers(5))}${run('two', numbers(5))}${prompt}`;
    await write(shell);
    folds.toggle(block('two'));
    await replay(shell);
    await write('typed');
    expect(lines().join('\n').trimEnd()).toBe('$ one\n1\n2\n3\n4\n5\n$ two\n1\n$ typed');
    expect(folds.isFolded(block('two'))).toBe(true);
  });

  it('give way to newer lines when there is no room for all', async () => {
    const { folds, block, lines, write } = await open({ scrollback: 20 });
    await write(`${run('old', numbers(3))}${run('seq', numbers(15))}${prompt}`);
    folds.toggle(block('seq'));
    await write(`\r\n${numbers(16)}`);
    folds.toggle(block('seq'));
    const kept = [8, 9, 10, 11, 12, 13, 14, 15].map(String);
    const since = Array.from({ length: 16 }, (_, index) => String(index + 1));
    expect(lines()).toEqual([...kept, '$ ', ...since, '']);
  });

  it('are not for a command that runs or printed one line', async () => {
    const { folds, block, write } = await open();
    await write(`${run('one', 'x\r\n')}${start('runs')}${numbers(5)}`);
    expect([folds.canFold(block('one')), folds.canFold(block('runs'))]).toEqual([false, false]);
  });
});
