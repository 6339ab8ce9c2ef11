import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/headless';
import type { Terminal as WindowTerminal } from '@xterm/xterm';
import { expect, it } from 'vitest';
import type { CommandBlock } from '../../../shared/command-block.ts';
import type { LineHit } from '../../../shared/search.ts';
import { blockOfCommand, placeOfLine } from './show-hit.ts';

async function bufferWith(text: string): Promise<WindowTerminal['buffer']['normal']> {
  const terminal = new Terminal({ cols: 20, rows: 5, allowProposedApi: true });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  return terminal.buffer.normal;
}

function hit(text: string, change: Partial<LineHit> = {}): LineHit {
  return { text, matches: [{ start: 0, length: text.length }], offset: 0, linesBelow: 0, ...change };
}

it('finds the line again that is as far from the end, and waits for lines that are not there yet', async () => {
  const buffer = await bufferWith(['same', 'a', 'same', 'b', 'same', 'c'].join('\r\n'));
  const rowOf = (linesBelow: number) => placeOfLine(buffer, hit('same', { linesBelow })).place?.row;
  expect([rowOf(1), rowOf(3), rowOf(4), rowOf(5), rowOf(90)]).toEqual([4, 2, 0, 0, 0]);
  expect(placeOfLine(buffer, hit('same', { linesBelow: 90 })).lines).toBe(6);
  expect(placeOfLine(buffer, hit('same', { linesBelow: 1 })).lines).toBeLessThan(6);
  expect(placeOfLine(buffer, hit('gone')).place).toBeUndefined();
});

it('selects cells: wide characters take two, and a line may go on in the next row', async () => {
  const buffer = await bufferWith('漢字 é🙂 wort, and this goes on in the next row');
  const place = (text: string, match: string) =>
    placeOfLine(buffer, hit(text, { matches: [{ start: text.indexOf(match), length: match.length }] })).place;
  expect(place('漢字 é🙂 wort', '字')).toEqual({ row: 0, column: 2, cells: 2 });
  expect(place('漢字 é🙂 wort', 'wort')).toEqual({ row: 0, column: 9, cells: 4 });
  // The excerpt begins further on in its line.
  expect(place('and this goes on', 'goes on')).toEqual({ row: 1, column: 4, cells: 7 });
});

it('takes the command that ended then, else the newest of the same words', () => {
  const block = (id: number, commandLine: string, endedAt: number) =>
    ({ id, commandLine, endedAt }) as CommandBlock;
  const blocks = [block(1, 'make', 10), block(2, 'make', 20), block(3, 'ls', 30)];
  const found = (commandLine: string, at: number) => blockOfCommand(blocks, { commandLine, at })?.id;
  expect([found('make', 10), found('make', 11), found('ls', 30), found('gone', 10)]).toEqual([
    1,
    2,
    3,
    undefined,
  ]);
});
