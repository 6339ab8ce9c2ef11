import { useEffect } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import type { SearchHit } from '../../../shared/search.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import type { LiveTerminal } from './live-terminal.ts';
import { blockOfCommand, placeOfLine, scrollToRow } from './show-hit.ts';

/** A terminal is drawn first with its newest lines, and a moment later with all: so long the hit is looked for, so often. */
const PATIENCE_MS = 4_000;
const LOOK_MS = 150;

type TerminalHit = Exclude<SearchHit, { kind: 'message' }>;

/** Brings the line or command into view that a search led to, and selects what was found. */
export function useShownHit(sessionId: SessionId, live: LiveTerminal | undefined): void {
  const { hitShown } = useActions();
  const hit = useCarrel(({ shownHit }) =>
    shownHit && shownHit.kind !== 'message' && shownHit.sessionId === sessionId ? shownHit : undefined,
  );

  useEffect(() => {
    if (!hit || !live) return undefined;
    const lastLook = performance.now() + PATIENCE_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    function look(): void {
      if (!hit || !live) return;
      const isLast = performance.now() >= lastLook;
      if (show(live, hit, isLast)) hitShown(false);
      else if (isLast) hitShown(true);
      else timer = setTimeout(look, LOOK_MS);
    }
    look();
    return () => clearTimeout(timer);
  }, [hit, live, hitShown]);
}

/** Whether it was found. Before the last look a line is taken only where the lines around it are there too. */
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
      const row = blockOfCommand(blocks.tracker.blocks, hit)?.commandRow;
      if (!row || row.isDisposed) return false;
      scrollToRow(terminal, row.line);
      terminal.selectLines(row.line, row.line);
      return true;
    }
    default:
      return assertNever(hit);
  }
}
