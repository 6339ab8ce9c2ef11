import { SerializeAddon } from '@xterm/addon-serialize';
import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { BlockTracker, escapeValue, markSequence, parseMark } from '../../shared/command-block.ts';
import { keptDrawing, restoredDrawing, withMarks } from './marked-drawing.ts';

/** A terminal that follows marks with the token `t`. */
function open({ columns = 30, rows = 6 } = {}) {
  const terminal = new Terminal({ cols: columns, rows, scrollback: 100, allowProposedApi: true });
  const serializer = new SerializeAddon();
  terminal.loadAddon(serializer);
  const tracker = new BlockTracker(terminal);
  terminal.parser.registerOscHandler(633, (payload) => {
    const mark = parseMark(payload, 't');
    if (mark) tracker.accept(mark);
    return true;
  });
  const write = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve));
  const blocks = () =>
    tracker.blocks.map(({ commandRow, outputRow, endRow, ...block }) => ({
      ...block,
      id: 0,
      rows: [commandRow, outputRow, endRow].map(
        (row) => row && terminal.buffer.normal.getLine(row.line)?.translateToString(true),
      ),
    }));
  const options = () => ({ tracker, buffer: terminal.buffer.normal, token: 't' });
  return { terminal, serializer, tracker, write, blocks, options };
}

const mark = (kind: string, value = '', at = 0) => markSequence(kind, value, at, 't');
const prompt = `${mark('A')}in a folder\r\n$ ${mark('B')}`;
const run = (line: string, output: string, exitCode = 0) =>
  `${prompt}${line}\r\n${mark('E', escapeValue(line))}${mark('C', '', 1000)}${output}${mark('D', String(exitCode), 3000)}`;

const HISTORY =
  mark('P', 'Cwd=/a') +
  run('echo long; true', `${'long '.repeat(20)}\r\n`) +
  run('printf x', 'x', 3) +
  `\r\n${mark('P', 'Cwd=/b')}` +
  run('seq 9', '1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n');

describe('a drawing with marks', () => {
  it.each([
    ['a prompt that waits', `${prompt}half a comm`],
    ['a command that runs', `${prompt}sleep\r\n${mark('E', 'sleep')}${mark('C', '', 5)}one\r\n`],
    [
      'an alternate screen',
      `${prompt}vi\r\n${mark('E', 'vi')}${mark('C', '', 5)}\x1b[?1049h\x1b[2J\x1b[HA\r\nB\r\nC`,
    ],
  ])('tells another terminal the same blocks, with %s', async (_, end) => {
    const first = open();
    await first.write(HISTORY + end);
    const second = open();
    await second.write(withMarks(first.serializer.serialize(), first.options()));
    expect(second.blocks()).toEqual(first.blocks());
    expect(second.blocks().length).toBeGreaterThan(0);
    expect(second.tracker.folder).toBe('/b');
    expect(second.tracker.input?.column).toBe(first.tracker.input?.column);
    expect(second.serializer.serialize()).toBe(first.serializer.serialize());
  });

  it('finds its rows in a terminal of another width', async () => {
    const first = open();
    await first.write(HISTORY + prompt);
    const second = open({ columns: 50 });
    await second.write(withMarks(first.serializer.serialize(), first.options()));
    expect(second.blocks().map(({ rows: [command] }) => command)).toEqual([
      '$ echo long; true',
      '$ printf x',
      '$ seq 9',
    ]);
  });

  it('may begin with any row', async () => {
    const first = open();
    await first.write(HISTORY + prompt);
    const firstRow = first.terminal.buffer.normal.baseY;
    const second = open();
    const drawing = first.serializer.serialize({ scrollback: 0 });
    await second.write(withMarks(drawing, { ...first.options(), firstRow }));
    expect(second.blocks()).toMatchObject([
      { commandLine: 'seq 9', exitCode: 0, rows: [undefined, '6', 'in a folder'] },
    ]);
  });

  it('is kept without a token, with an end to the command that was cut off', async () => {
    const first = open();
    await first.write(`${HISTORY}${prompt}sleep\r\n${mark('E', 'sleep')}${mark('C', '', 5)}`);
    const kept = keptDrawing(first.serializer.serialize(), first.options());
    const second = open();
    await second.write(kept);
    expect(second.blocks()).toEqual([]);
    await second.write(`\x1bc${restoredDrawing(kept, 't')}`);
    expect(second.blocks().map(({ commandLine, exitCode }) => [commandLine, exitCode])).toEqual([
      ['echo long; true', 0],
      ['printf x', 3],
      ['seq 9', 0],
      ['sleep', undefined],
    ]);
    expect(second.tracker.blocks.at(-1)?.endedAt).toBeDefined();
  });
});
