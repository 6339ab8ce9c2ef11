import type { CommandError, ScreenPoint } from '../../shared/contract.ts';
import { MAIN_WINDOW, sessionId, type SessionId, type WindowId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SearchHit } from '../../shared/search.ts';
import type { Session } from '../../shared/session.ts';
import type { ConfigRows } from './config-rows.ts';
import type { SessionDependencies } from './dependencies.ts';
import { archiveRefused } from './errors.ts';
import { describeSession, type LiveSession } from './session.ts';

/** What keeps a session in its window: nothing for the main one. */
export function windowRows(id: WindowId): ConfigRows {
  return id === MAIN_WINDOW ? {} : { window: id };
}

/** Which window each tab lies in, and which tab is in front of each. A window is there as long as it has tabs. */
export class Windows {
  readonly #deps: SessionDependencies;
  readonly #sessions: ReadonlyMap<SessionId, LiveSession>;
  readonly #fronts = new Map<WindowId, SessionId>();

  constructor(deps: SessionDependencies, sessions: ReadonlyMap<SessionId, LiveSession>) {
    this.#deps = deps;
    this.#sessions = sessions;
  }

  /** In front of each window comes the tab used last, unless the archive says better. */
  restore(): void {
    for (const session of this.byUse().toReversed()) this.activated(session);
    const stored = sessionId.safeParse(this.#deps.archive.state('active-session')).data;
    const session = stored && this.#sessions.get(stored);
    if (session) this.activated(session);
  }

  /** Those that have tabs, the one used last first. */
  list(): WindowId[] {
    return [...new Set(this.byUse().map(({ windowId }) => windowId))];
  }

  /** Tabs of all windows, used last first. */
  byUse(): LiveSession[] {
    return [...this.#sessions.values()].sort((left, right) => right.stored.usedAt - left.stored.usedAt);
  }

  activeId(id: WindowId): SessionId | undefined {
    return this.#fronts.get(id);
  }

  isActive({ id, windowId }: LiveSession): boolean {
    return this.#fronts.get(windowId) === id;
  }

  activated({ id, windowId }: LiveSession): void {
    this.#fronts.set(windowId, id);
  }

  /** In front, as the window itself will bring it; a new window is shown. */
  arrived(session: LiveSession): void {
    const { windowId } = session;
    const isNew = !this.#fronts.has(windowId);
    this.activated(session);
    if (isNew && windowId !== MAIN_WINDOW) this.#deps.showWindow(windowId);
  }

  /** The tab has gone from this window, to another or for good; the one used before it comes to the front. */
  left(from: WindowId, id: SessionId): void {
    const [next] = this.#tabsOf(from);
    if (this.#fronts.get(from) === id) {
      if (next) this.activated(next);
      else this.#fronts.delete(from);
    }
    if (!next) this.#deps.windowEmptied(from);
  }

  /** The row first, then the live state. */
  move(session: LiveSession, to: WindowId, at: ScreenPoint | undefined): Result<Session, CommandError> {
    const { windowId: from } = session;
    try {
      this.#save(session, to);
    } catch (error) {
      return err(archiveRefused(error));
    }
    this.#place(session, to, true);
    this.#deps.showWindow(to, at);
    // Afterwards, or for a moment there might be no window at all.
    this.left(from, session.id);
    return ok(describeSession(session));
  }

  /** To the front of the window that it lies in, and the window with it; there to what was found in it. */
  show(session: LiveSession, hit?: SearchHit): Result<Session, CommandError> {
    this.#deps.emit({ type: 'session-shown', sessionId: session.id, ...(hit && { hit }) });
    this.#deps.showWindow(session.windowId);
    return ok(describeSession(session));
  }

  /** A window closes and its tabs go to another; what is in front there stays so. They go even where that cannot be saved. */
  giveTabs(from: WindowId, to: WindowId): void {
    for (const session of this.#tabsOf(from)) {
      try {
        this.#save(session, to);
      } catch (error) {
        this.#deps.reportError('Saving the window of a tab', error);
      }
      this.#place(session, to, !this.#fronts.has(to));
    }
    this.#fronts.delete(from);
  }

  /** A place among the tabs of the session's window, as one among all other tabs. */
  positionAmongAll(session: LiveSession, place: number): number {
    const others = [...this.#sessions.values()]
      .filter((other) => other !== session)
      .sort((left, right) => left.stored.position - right.stored.position);
    const neighbours = others.filter(({ windowId }) => windowId === session.windowId);
    const [next, last] = [neighbours[place], neighbours.at(-1)];
    if (next) return others.indexOf(next);
    return last ? others.indexOf(last) + 1 : session.stored.position;
  }

  #save({ id }: LiveSession, to: WindowId): void {
    this.#deps.archive.setConfig(id, 'window', windowRows(to).window);
  }

  #place(session: LiveSession, to: WindowId, isInFront: boolean): void {
    session.windowId = to;
    if (isInFront) this.activated(session);
    this.#deps.emit({ type: 'session-moved', session: describeSession(session), isInFront });
  }

  #tabsOf(id: WindowId): LiveSession[] {
    return this.byUse().filter(({ windowId }) => windowId === id);
  }
}
