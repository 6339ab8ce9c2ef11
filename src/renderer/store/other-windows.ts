import type { CarrelEvent } from '../../shared/contract.ts';
import { MAIN_WINDOW, type SessionId, type WindowId } from '../../shared/ids.ts';
import type { Session } from '../../shared/session.ts';
import { without } from './record.ts';
import type { State } from './state.ts';

/** A page hears of all sessions and shows those of its own window. */
export function sessionsByWindow(
  all: readonly Session[],
  windowId: WindowId,
): Pick<State, 'sessions' | 'elsewhere'> {
  const { here = [], elsewhere = [] } = Object.groupBy(all, (session) =>
    session.windowId === windowId ? 'here' : 'elsewhere',
  );
  return { sessions: byId(here), elsewhere: byId(elsewhere) };
}

/** What becomes of an event for a session of another window; undefined for all others. */
export function ofOtherWindow(state: State, event: CarrelEvent): State | undefined {
  const { elsewhere, windowId } = state;
  if (event.type === 'session-opened' || event.type === 'session-changed') {
    const { session } = event;
    const isElsewhere =
      event.type === 'session-opened' ? session.windowId !== windowId : session.id in elsewhere;
    return isElsewhere ? { ...state, elsewhere: { ...elsewhere, [session.id]: session } } : undefined;
  }
  if (!('sessionId' in event && event.sessionId in elsewhere)) return undefined;
  return event.type === 'session-closed'
    ? { ...state, elsewhere: without(elsewhere, event.sessionId) }
    : state;
}

/** Of whatever window. */
export function anySession(
  { sessions, elsewhere }: Pick<State, 'sessions' | 'elsewhere'>,
  id: SessionId,
): Session | undefined {
  return sessions[id] ?? elsewhere[id];
}

export type OtherWindow = { readonly id: WindowId; readonly title: string };

/** The other windows that have tabs, each by the tab that was used last in it; the main one first. */
export function otherWindows(elsewhere: State['elsewhere']): OtherWindow[] {
  const byUse = Object.values(elsewhere).sort((left, right) => right.usedAt - left.usedAt);
  return [...Map.groupBy(byUse, ({ windowId }) => windowId)]
    .map(([id, [first, ...others]]) => ({
      id,
      title: [first?.title, others.length > 0 && `and ${others.length} more`].filter(Boolean).join(' '),
    }))
    .sort((left, right) => Number(right.id === MAIN_WINDOW) - Number(left.id === MAIN_WINDOW));
}

function byId(sessions: readonly Session[]): Record<SessionId, Session> {
  return Object.fromEntries(sessions.map((session) => [session.id, session]));
}
