import type { Terminal } from '@xterm/xterm';
import type { CommandBlock } from '../../../shared/command-block.ts';
import { lineEndingOn, type LineHit } from '../../../shared/search.ts';
import { cellsOf, type Place } from './cells.ts';

/**
 * Where a line stands that was found in the core: of those with the same text, the one that is as far from the end as it was.
 * `lines` counts those that were looked at, which are all where it is less than the hit's distance.
 */
export function placeOfLine(
  buffer: Terminal['buffer']['normal'],
  { text, matches, offset, linesBelow }: LineHit,
): { readonly place: Place | undefined; readonly lines: number } {
  let nearest = Infinity;
  let place: Place | undefined;
  let lines = 0;
  for (let row = buffer.length - 1; row >= 0 && lines - linesBelow <= nearest; lines += 1) {
    const line = lineEndingOn(buffer, row);
    row = line.firstRow - 1;
    const distance = Math.abs(lines - linesBelow);
    // A line that is restored may have lost spaces.
    const at = line.text.startsWith(text, offset) ? offset : line.text.indexOf(text);
    // More is likely to stand below it by now than less.
    if (at < 0 || distance > nearest) continue;
    nearest = distance;
    const { start = 0, length = 0 } = matches[0] ?? {};
    place = cellsOf(buffer, line.firstRow, { start: at + start, end: at + start + length });
  }
  return { place, lines };
}

/** The block of a command that was found: by when it ended, else the newest that says the same. */
export function blockOfCommand(
  blocks: readonly CommandBlock[],
  { commandLine, at }: { readonly commandLine: string; readonly at: number },
): CommandBlock | undefined {
  const same = blocks.filter((block) => block.commandLine === commandLine);
  return same.find(({ endedAt }) => endedAt === at) ?? same.at(-1);
}

/** In the middle of the window, where there is that much above and below it. */
export function scrollToRow(terminal: Terminal, row: number): void {
  terminal.scrollToLine(Math.max(0, row - Math.floor(terminal.rows / 2)));
}
