import { useEffect } from 'react';
import type { PaneId } from '../../../shared/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import type { SearchHit } from '../../../shared/search.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import type { LiveTerminal } from './live-terminal.ts';
import { blockOfCommand, placeOfLine, scrollToRow } from './show-hit.ts';

/** So long a hit is looked for, and so often: its terminal may be drawn a moment later, and its older lines later still. */
const PATIENCE_MS = 4_000;
const LOOK_MS = 150;
/** So long a terminal that was kept may still be drawn anew, with what it missed. */
const SETTLED_MS = 1_000;

type TerminalHit = Exclude<SearchHit, { kind: 'message' }>;

/** Brings the line or command into view that a search led to, and selects what was found. */
export function useShownHit(paneId: PaneId, live: LiveTerminal | undefined): void {
  const { hitShown } = useActions();
  const hit = useCarrel(({ shownHit }) =>
    shownHit && shownHit.kind !== 'message' && shownHit.paneId === paneId ? shownHit : undefined,
  );

  useEffect(() => {
    if (!hit || !live) return undefined;
    const begin = performance.now();
    let isShown = false;
    const look = () => {
      const passedMs = performance.now() - begin;
      const isLast = passedMs >= PATIENCE_MS;
      isShown ||= show(live, hit, isLast);
      if (isLast || (isShown && passedMs >= SETTLED_MS)) hitShown(!isShown);
      else if (!isShown) void live.showOlder();
    };
    const stopListening = live.onRedrawn(() => (isShown = false));
    const timer = setInterval(look, LOOK_MS);
    look();
    return () => {
      clearInterval(timer);
      stopListening();
    };
  }, [hit, live, hitShown]);
}

/** Whether it was found. Before the last look only the very line or command is taken, which may be among the older ones. */
function show({ terminal, folds, blocks }: LiveTerminal, hit: TerminalHit, isLast: boolean): boolean {
  // A program covers it.
  if (terminal.buffer.active.type === 'alternate') return false;
  folds.unfoldAll();
  switch (hit.kind) {
    case 'line': {
      const { place, lines } = placeOfLine(terminal.buffer.normal, hit);
      if (!place || (lines <= hit.linesBelow && !isLast)) return false;
      scrollToRow(terminal, place.row);
      terminal.select(place.column, place.row, place.cells);
      return true;
    }
    case 'command': {
      const { commandRow: row, endedAt } = blockOfCommand(blocks.tracker.blocks, hit) ?? {};
      if (!row || row.isDisposed || (endedAt !== hit.at && !isLast)) return false;
      scrollToRow(terminal, row.line);
      let last = row.line;
      while (terminal.buffer.normal.getLine(last + 1)?.isWrapped) last += 1;
      terminal.selectLines(row.line, last);
      return true;
    }
    default:
      return assertNever(hit);
  }
}
