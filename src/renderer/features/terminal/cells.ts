import type { Terminal } from '@xterm/xterm';

/** Where a text stands in a buffer, counted from 0, and how many cells it takes, over the ends of rows too. */
export type Place = { readonly row: number; readonly column: number; readonly cells: number };

/** The cells of a part of a line, told in UTF-16 units: a wide character takes two, and one cell may hold many units. */
export function cellsOf(
  buffer: Terminal['buffer']['normal'],
  firstRow: number,
  { start, end }: { readonly start: number; readonly end: number },
): Place {
  let units = 0;
  let cells = 0;
  let from: Pick<Place, 'row' | 'column'> | undefined;
  for (let row = firstRow; units < end && row < buffer.length; row += 1) {
    const line = buffer.getLine(row);
    for (let column = 0; units < end && column < (line?.length ?? 0); column += 1) {
      const cell = line?.getCell(column);
      const width = cell?.getWidth() ?? 1;
      if (width === 0) continue;
      if (units >= start) {
        from ??= { row, column };
        cells += width;
      }
      units += cell?.getChars().length || 1;
    }
  }
  return { ...(from ?? { row: firstRow, column: 0 }), cells };
}
