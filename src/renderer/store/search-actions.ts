import type { SessionId } from '../../shared/ids.ts';
import type { SearchHit, SearchPiece, SearchQuery } from '../../shared/search.ts';
import type { ActionParts, Outcome } from './calls.ts';
import { anySession } from './other-windows.ts';

/** Looks through all tabs, and goes to what was found. */
export function createSearchActions({
  store,
  calls,
  reopenTab,
}: ActionParts & { readonly reopenTab: (sessionId: SessionId) => Promise<void> }) {
  const { getState: state, setState } = store;
  const { call, callOrNotify, notify } = calls;

  /** Tells each piece until all has been looked through or the signal comes. */
  async function search(
    query: SearchQuery,
    { onPiece, signal }: { readonly onPiece: (piece: SearchPiece) => void; readonly signal: AbortSignal },
  ): Promise<Outcome<unknown>> {
    let outcome: Outcome<unknown> = await call('search.begin', query);
    while (outcome.ok && !signal.aborted) {
      const next = await call('search.next', {});
      outcome = next;
      if (!next.ok || signal.aborted) break;
      onPiece(next.value);
      if (next.value.isOver) break;
    }
    return outcome;
  }

  /** Goes to the hit's tab, in whatever window or brought back where it was closed, which then brings the hit into view. */
  async function showHit(hit: SearchHit): Promise<void> {
    if (!anySession(state(), hit.sessionId)) await reopenTab(hit.sessionId);
    if (anySession(state(), hit.sessionId))
      await callOrNotify('What was found could not be shown', 'search.show', { hit });
  }

  return {
    search,
    stopSearch: () => void call('search.stop', {}),
    showHit,
    /** It is in view; `isGone`: it is nowhere any more. */
    hitShown: (isGone: boolean): void => {
      setState({ shownHit: undefined });
      if (!isGone) return;
      notify('search.next', {
        severity: 'info',
        title: 'This is no longer there',
        body: 'The text has changed since it was found, its oldest lines have gone, or a program covers it.',
      });
    },
  };
}
