import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** Nearer to the end than this, in CSS pixels, is at the end. */
const END_TOLERANCE = 24;

export type HeldAtEnd = {
  /** The element that scrolls; its first child is what grows. */
  readonly log: RefObject<HTMLDivElement | null>;
  /** The reader has scrolled up, and newer text is out of sight. */
  readonly isAway: boolean;
  readonly goToEnd: () => void;
  /**
   * To be called when the log has grown. It would stay at its end by itself, but one that is scrolled within a frame is drawn
   * in two.
   */
  readonly stayAtEnd: () => void;
  /** Lets go of the end, to show something else. */
  readonly leaveEnd: () => void;
  /** Makes a change above what the reader looks at, which stays where it is. */
  readonly keepPlace: (change: () => void) => void;
};

/** Keeps a log at its end as it grows, until the reader scrolls up; before it grows (`isEmpty`) one reads from the top. */
export function useHeldAtEnd(isEmpty: boolean): HeldAtEnd {
  const log = useRef<HTMLDivElement>(null);
  const isHeld = useRef(!isEmpty);
  const lastTop = useRef(0);
  const [isAway, setIsAway] = useState(false);

  useLayoutEffect(() => {
    const element = log.current;
    const thread = element?.firstElementChild;
    if (!element || !thread) return undefined;
    lastTop.current = element.scrollTop;

    // Between layout and paint, so that growth is never seen before it is scrolled to.
    const observer = new ResizeObserver(() => {
      if (isHeld.current) element.scrollTop = element.scrollHeight;
      else setIsAway(distanceToEnd(element) > END_TOLERANCE);
    });
    observer.observe(element);
    observer.observe(thread);

    function onScroll(): void {
      if (!element) return;
      // Text that has just come also lies below the end: only a way up is the reader's wish.
      if (distanceToEnd(element) <= END_TOLERANCE) isHeld.current = true;
      else if (element.scrollTop < lastTop.current) isHeld.current = false;
      lastTop.current = element.scrollTop;
      setIsAway(!isHeld.current);
      element.classList.toggle('log-scrolled', element.scrollTop > 0);
    }
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, []);

  function goToEnd(): void {
    isHeld.current = true;
    setIsAway(false);
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }

  function stayAtEnd(): void {
    const element = log.current;
    // On its way up, of which the event is yet to come.
    const isLeaving = element && element.scrollTop < lastTop.current;
    if (element && isHeld.current && !isLeaving) element.scrollTop = element.scrollHeight;
  }

  function leaveEnd(): void {
    isHeld.current = false;
  }

  function keepPlace(change: () => void): void {
    const element = log.current;
    const fromEnd = element ? element.scrollHeight - element.scrollTop : 0;
    flushSync(change);
    if (element) element.scrollTop = element.scrollHeight - fromEnd;
  }

  return { log, isAway, goToEnd, stayAtEnd, leaveEnd, keepPlace };
}

function distanceToEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight;
}
