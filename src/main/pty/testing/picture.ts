import type { IBuffer, Terminal } from '@xterm/headless';
import { linkData, type Cell } from '../drawing/internals.ts';
import { linkOf, underlineOf } from '../drawing/pen.ts';

/** All that can be seen of a terminal: both screens and the lines above, with looks, widths, wraps and links, and the cursor. */
export function pictureOf(terminal: Terminal, { hasLinks = true } = {}): unknown {
  const { normal, alternate, active } = terminal.buffer;
  return {
    normal: rowsOf(terminal, normal, hasLinks),
    ...(active.type === 'alternate' && { alternate: rowsOf(terminal, alternate, hasLinks) }),
    cursor: [Math.min(active.cursorX, terminal.cols), active.cursorY],
    baseY: normal.baseY,
    modes: { ...terminal.modes, synchronizedOutputMode: false },
  };
}

/** A line for each row: its text, and where its look changes the new look. */
export function rowsOf(terminal: Terminal, buffer: IBuffer, hasLinks = true): string[] {
  const cell = buffer.getNullCell() as Cell;
  return Array.from({ length: buffer.length }, (_, row) => {
    const line = buffer.getLine(row);
    // Of the first line kept nobody knows what it went on from.
    let text = line?.isWrapped && row > 0 ? '↩' : '';
    let look = '';
    for (let column = 0; column < terminal.cols; column += 1) {
      line?.getCell(column, cell);
      const now = lookOf(terminal, cell, hasLinks);
      if (now !== look) text += `<${now}>`;
      look = now;
      // A wide character takes the next cell too, unless that was cut off or written over, which leaves a blank.
      const isWide = cell.getWidth() === 2;
      const isWhole = isWide && column + 1 < terminal.cols && line?.getCell(column + 1)?.getWidth() === 0;
      text += isWide && !isWhole ? ' ' : cell.getChars() || ' ';
      if (isWhole) {
        text += '|';
        column += 1;
      }
    }
    return text.replace(/ +$/, '');
  });
}

function lookOf(terminal: Terminal, cell: Cell, hasLinks: boolean): string {
  const flags = [
    cell.isBold(),
    cell.isDim(),
    cell.isItalic(),
    cell.isBlink(),
    cell.isInverse(),
    cell.isInvisible(),
    cell.isStrikethrough(),
    cell.isOverline(),
  ];
  const colours = [cell.getFgColorMode() + cell.getFgColor(), cell.getBgColorMode() + cell.getBgColor()];
  const link = hasLinks && linkData(terminal, linkOf(cell));
  const words = [
    flags.map((flag) => (flag ? 1 : 0)).join(''),
    ...colours,
    underlineOf(cell) >>> 0,
    link ? `${link.id} ${link.uri}` : '',
  ];
  return words.join(' ').replace(/^0+ -1 -1 0 $/, '');
}
