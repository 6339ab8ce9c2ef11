import { useEffect, useEffectEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Message } from '../../../shared/agent.ts';
import type { SearchHit } from '../../../shared/search.ts';
import { useActions, useCarrel } from '../../store/store.ts';

/** Of the highlight that marks what was searched for; agent.css says how it looks. */
const HIGHLIGHT = 'found';

/** Drawn above it, as what it answers. */
const MESSAGES_ABOVE = 4;

/** Brings the message into view that a search led to, and marks in it what was found. */
export function useShownMessage(
  messages: readonly Message[],
  { leaveEnd, drawFrom }: { readonly leaveEnd: () => void; readonly drawFrom: (index: number) => void },
): void {
  const { hitShown } = useActions();
  const sessionId = messages[0]?.sessionId;
  const hit = useCarrel(({ shownHit }) =>
    shownHit?.kind === 'message' && shownHit.sessionId === sessionId ? shownHit : undefined,
  );

  const show = useEffectEvent((hit: Extract<SearchHit, { kind: 'message' }>) => {
    const index = messages.findIndex(({ id }) => id === hit.messageId);
    hitShown(index < 0);
    if (index < 0) return;
    leaveEnd();
    flushSync(() => drawFrom(Math.max(0, index - MESSAGES_ABOVE)));
    const element = document.querySelector<HTMLElement>(`[data-message="${hit.messageId}"]`);
    if (!element) return;
    const range = rangeOf(element, hit);
    if (range) CSS.highlights.set(HIGHLIGHT, new Highlight(range));
    const target = range?.startContainer.parentElement ?? element;
    target.scrollIntoView({ block: 'center' });
    // For who does not see it: what follows is read from here.
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  });

  useEffect(() => {
    if (!hit) return undefined;
    // After the tab has taken the focus for its terminal.
    const frame = requestAnimationFrame(() => show(hit));
    return () => cancelAnimationFrame(frame);
  }, [hit]);
  useEffect(() => () => void CSS.highlights.delete(HIGHLIGHT), []);
}

/** Where a message shows what was found; undefined where its marks and links stand between. */
function rangeOf(element: HTMLElement, { text, matches }: SearchHit): Range | undefined {
  const [match] = matches;
  const wanted = match && text.slice(match.start, match.start + match.length);
  if (!wanted) return undefined;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.textContent?.indexOf(wanted) ?? -1;
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + wanted.length);
    return range;
  }
  return undefined;
}
