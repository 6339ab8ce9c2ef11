import { ulid } from 'ulid';
import type { CommandName, Input, ScreenPoint } from '../../shared/contract.ts';
import { windowId, type SessionId, type WindowId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { ShownNotice, State } from './state.ts';

/** What is used of the browser's window. */
export type Page = Pick<EventTarget, 'addEventListener' | 'removeEventListener'> &
  Pick<Window, 'open' | 'close' | 'innerWidth' | 'innerHeight'>;

/** Where the pointer was let go: in the page, and on the screen. */
type PointerPlace = Pick<PointerEvent, 'clientX' | 'clientY' | 'screenX' | 'screenY'>;

/** The point of the screen, if it lies outside of the window. */
export function droppedOutside(
  { clientX, clientY, screenX, screenY }: PointerPlace,
  { innerWidth, innerHeight }: Pick<Page, 'innerWidth' | 'innerHeight'>,
): ScreenPoint | undefined {
  const isInside = clientX >= 0 && clientY >= 0 && clientX < innerWidth && clientY < innerHeight;
  return isInside ? undefined : { x: screenX, y: screenY };
}

/** The address of a window's page, from that of another. */
export function addressOf(id: WindowId): string {
  return `/?window=${id}`;
}

/** Tabs go from window to window. */
export function createWindowActions({
  state,
  moveSession,
  notify,
  page,
}: {
  state: () => State;
  /** Takes along what this page alone knows of the session. */
  moveSession: (input: Input<'session.moveToWindow'>) => Promise<Result<unknown, unknown>>;
  notify: (name: CommandName, notice: Omit<ShownNotice, 'id' | 'offersSettings'>) => void;
  page: Page;
}) {
  /** The page opens the window itself, and within the task of the person's click, or the browser would not let it. */
  async function moveToNewPage(sessionId: SessionId): Promise<void> {
    const added = windowId.parse(ulid());
    const opened = page.open(addressOf(added), '_blank');
    if (opened === null) {
      notify('session.moveToWindow', {
        severity: 'warning',
        title: 'The browser blocked the new window',
        body: 'The tab is still here. Open the window yourself, and it moves there.',
        blockedWindow: { sessionId, windowId: added },
      });
    } else if (!(await moveSession({ sessionId, windowId: added })).ok) opened.close();
  }

  /** Into a window, or a new one: by `at` on the screen, where the host can place windows. A lone tab has its own already. */
  async function moveTabToWindow(sessionId: SessionId, to?: WindowId, at?: ScreenPoint): Promise<void> {
    const { host, order } = state();
    if (to !== undefined) await moveSession({ sessionId, windowId: to });
    else if (order.length < 2) return;
    else if (host?.kind === 'web') await moveToNewPage(sessionId);
    else await moveSession({ sessionId, at });
  }

  return {
    moveTabToWindow,
    /** A drag of the tab ended here: outside of the window it makes a new one. Answers whether it did. */
    dropTabOutside: (sessionId: SessionId, event: PointerPlace): boolean => {
      const at = droppedOutside(event, page);
      if (at) void moveTabToWindow(sessionId, undefined, at);
      return at !== undefined;
    },
  };
}
