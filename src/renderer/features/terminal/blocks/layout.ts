import {
  type CommandBlock,
  isKept,
  isRunning,
  textBetween,
  type ReadableBuffer,
} from '../../../../shared/command-block.ts';

/** Where a block stands in its buffer, in rows counted from the first one kept. */
export type Extent = {
  readonly block: CommandBlock;
  /** Of its prompt; below 0 when it has scrolled out. */
  readonly first: number;
  /** That the command line begins on; undefined when it was erased or has scrolled out. */
  readonly command: number | undefined;
  readonly output: number;
  /** The last row with output, or the command line's where there is none. */
  readonly last: number;
};

type Cursor = Pick<ReadableBuffer, 'baseY' | 'cursorY'>;

/** Oldest first. Blocks of which no row is left are none. */
export function extentsOf(blocks: readonly CommandBlock[], { baseY, cursorY }: Cursor): Extent[] {
  return blocks.map((block) => {
    const command = isKept(block.commandRow) ? block.commandRow.line : undefined;
    const output = isKept(block.outputRow) ? block.outputRow.line : (command ?? -1) + 1;
    const end = lastRowOf(block, baseY + cursorY) ?? output - 1;
    return {
      block,
      first: command === undefined ? output : command - block.promptRows,
      command,
      output,
      last: Math.max(end, command ?? output),
    };
  });
}

function lastRowOf(block: CommandBlock, cursorRow: number): number | undefined {
  if (isRunning(block)) return cursorRow;
  if (!isKept(block.endRow)) return undefined;
  return block.endColumn === 0 ? block.endRow.line - 1 : block.endRow.line;
}

/** The rows that a window shows. */
export type Viewport = { readonly top: number; readonly rows: number };

export function visibleExtents(extents: readonly Extent[], { top, rows }: Viewport): Extent[] {
  return extents.filter(({ first, last }) => last >= top && first < top + rows);
}

/** The block whose output fills the top row while its command line has scrolled out of sight. */
export function stickyExtent(extents: readonly Extent[], top: number): Extent | undefined {
  return extents.find(
    ({ command, output, last }) => (command ?? -1) < top && output <= top && last > top && last > output,
  );
}

/** The block before or after the one that is current; without one, seen from the top or foot of the window. */
export function neighbourOf(
  extents: readonly Extent[],
  step: 1 | -1,
  { currentId, top, rows }: Viewport & { currentId: number | undefined },
): Extent | undefined {
  const reachable = extents.filter(({ command }) => command !== undefined);
  const index = reachable.findIndex(({ block }) => block.id === currentId);
  if (index >= 0) return reachable[index + step];
  return step < 0
    ? reachable.findLast(({ first }) => first < top + rows)
    : reachable.find(({ first }) => first >= top);
}

/** What the command printed, without colours; what has scrolled out is missing. */
export function outputOf(buffer: ReadableBuffer, { block, output }: Extent): string {
  const cursorRow = buffer.baseY + buffer.cursorY;
  const end = isKept(block.endRow)
    ? { row: block.endRow.line, column: block.endColumn }
    : { row: cursorRow, column: buffer.cursorX };
  if (!isRunning(block) && !isKept(block.endRow)) return '';
  return textBetween(buffer, { row: output, column: 0 }, end);
}
