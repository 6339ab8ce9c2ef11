import { useEffect, useState } from 'react';
import { type CommandBlock, isRunning } from '../../../../shared/command-block.ts';
import type { LiveTerminal } from '../live-terminal.ts';
import { type Extent, extentsOf, stickyExtent, visibleExtents } from './layout.ts';

/** A block as it is drawn: rows counted from the top of the window, cut off at its edges. */
export type ShownBlock = {
  readonly block: CommandBlock;
  /** That its mark stands on; undefined when it is out of sight. */
  readonly markRow: number | undefined;
  readonly firstRow: number;
  readonly lastRow: number;
  /** Rows of output that are folded away. */
  readonly foldedRows: number | undefined;
  /** That the line of a fold is drawn over. */
  readonly foldRow: number | undefined;
  /** Text of the command's own row reaches so far to the right, in columns. */
  readonly columns: number;
};

export type BlockView = {
  readonly shown: readonly ShownBlock[];
  readonly sticky: CommandBlock | undefined;
  /** A prompt waits for a command. */
  readonly isAtPrompt: boolean;
  /** CSS pixels. */
  readonly rowHeight: number;
  readonly columnWidth: number;
  readonly columns: number;
};

/** What is to be drawn over the terminal, anew whenever it scrolls, prints or changes its size, but at most once a frame. */
export function useBlockView(live: LiveTerminal): BlockView | undefined {
  const [view, setView] = useState<BlockView>();

  useEffect(() => {
    let frame = 0;
    let drawn = '';
    function draw(): void {
      frame = 0;
      const next = viewOf(live);
      const words = next ? JSON.stringify(next, withoutMarkers) : '';
      if (words === drawn) return;
      drawn = words;
      setView(next);
    }
    const schedule = () => (frame ||= requestAnimationFrame(draw));
    const { terminal, blocks } = live;
    const listening = [
      terminal.onRender(schedule),
      terminal.onScroll(schedule),
      terminal.onResize(schedule),
      terminal.buffer.onBufferChange(schedule),
    ];
    const stop = blocks.onChange(schedule);
    schedule();
    return () => {
      cancelAnimationFrame(frame);
      listening.forEach((listener) => listener.dispose());
      stop();
    };
  }, [live]);

  return view;
}

/** Rows of a block are live objects of xterm; where they stand now is told in numbers beside them. */
function withoutMarkers(key: string, value: unknown): unknown {
  return /^(?:command|output|end)Row$/.test(key) ? undefined : value;
}

function viewOf({ terminal, blocks, folds }: LiveTerminal): BlockView | undefined {
  const { active, normal } = terminal.buffer;
  const screen = terminal.element?.querySelector('.xterm-screen');
  // The alternate screen belongs to a program.
  if (!screen || active.type !== 'normal') return undefined;
  const top = normal.viewportY;
  const { rows } = terminal;
  const known = blocks.tracker.blocks;
  const extents = extentsOf(known, normal);
  const isScrolled = top < normal.baseY;
  const last = known.at(-1);
  return {
    shown: visibleExtents(extents, { top, rows }).map((extent) =>
      shownBlock(extent, { terminal, folds }, top),
    ),
    sticky: isScrolled ? stickyExtent(extents, top)?.block : undefined,
    isAtPrompt: blocks.tracker.input !== undefined && !(last && isRunning(last)),
    rowHeight: screen.clientHeight / rows,
    columnWidth: screen.clientWidth / terminal.cols,
    columns: terminal.cols,
  };
}

function shownBlock(
  { block, first, command, output, last }: Extent,
  { terminal, folds }: Pick<LiveTerminal, 'terminal' | 'folds'>,
  top: number,
): ShownBlock {
  const { rows, buffer } = terminal;
  const within = (row: number | undefined) =>
    row !== undefined && row >= top && row < top + rows ? row - top : undefined;
  const isFolded = folds.isFolded(block);
  return {
    block,
    markRow: within(command),
    firstRow: Math.max(0, first - top),
    lastRow: Math.min(rows - 1, last - top),
    foldedRows: isFolded ? folds.rowCount(block) : undefined,
    foldRow: isFolded ? within(output) : undefined,
    columns:
      command === undefined ? 0 : (buffer.normal.getLine(command)?.translateToString(true).length ?? 0),
  };
}
