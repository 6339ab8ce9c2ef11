import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { ulid } from 'ulid';
import type { CommandError, ScreenPoint } from '../../shared/contract.ts';
import { MAIN_WINDOW, sessionId, windowId, type SessionId, type WindowId } from '../../shared/ids.ts';
import type { TabColour } from '../../shared/profiles.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ClosedSession, Session } from '../../shared/session.ts';
import type { StoredSession } from '../archive/types.ts';
import { resolveChain, takeDefaults } from './chain.ts';
import { Clearing } from './clearing.ts';
import { readBudget, readChoices, readQueue, readWindow } from './config-rows.ts';
import type { SessionDependencies } from './dependencies.ts';
import { archiveRefused, CLOSED, commandError, profileUnknown } from './errors.ts';
import { expandHome, reasonUnreadable } from './folders.ts';
import { forkOf } from './fork.ts';
import { readAttachments } from './kept-attachments.ts';
import { Panes } from './panes.ts';
import { defaultShell, launchOf, launchStored } from './launch.ts';
import { ScrollbackSaver } from './scrollback-saver.ts';
import { activePane, describeSession, newLiveSession, titleOf, type LiveSession } from './session.ts';
import { Switching } from './switching.ts';
import { Turns } from './turns.ts';
import { Undoing } from './undoing.ts';
import { windowRows, Windows } from './windows.ts';

/** A closing agent that does not end by itself is left behind after this long. */
const SHUTDOWN_LIMIT_MS = 2_000;

/** Closed tabs that are listed. */
const MAX_CLOSED = 50;

/** Owns every live session: what is not in this map is not running. */
export class SessionRegistry implements AsyncDisposable {
  readonly turns: Turns;
  readonly switching: Switching;
  readonly clearing: Clearing;
  readonly panes: Panes;
  readonly windows: Windows;
  readonly undoing: Undoing;
  readonly #sessions = new Map<SessionId, LiveSession>();
  readonly #closedIds = new Set<SessionId>();
  readonly #deps: SessionDependencies;
  readonly #scrollbackSaver: ScrollbackSaver;
  #lastUsedAt = 0;

  constructor(deps: SessionDependencies) {
    this.#deps = deps;
    this.switching = new Switching(deps, (session) => this.changed(session));
    this.#scrollbackSaver = new ScrollbackSaver(deps, () => this.#sessions.values());
    this.turns = new Turns(deps, this.switching, (session) => this.windows.isActive(session));
    this.undoing = new Undoing(deps, this.turns);
    this.clearing = new Clearing(deps, this.turns, this.switching, this.undoing);
    this.panes = new Panes(deps, (session) => this.changed(session));
    this.windows = new Windows(deps, this.#sessions);
  }

  /** Brings back what the archive holds; opens a first tab where there is none. Shells start when their tab is shown. */
  async restore(): Promise<void> {
    const { archive, raiseNotice } = this.#deps;
    archive.interruptStreaming();
    archive.expireApprovals();
    const { sessions, damaged } = archive.openSessions();
    for (const stored of sessions) this.#add(stored);
    if (damaged.length > 0) {
      const names = damaged.map(({ id, reason }) => `${id} (${reason})`).join(', ');
      const title =
        damaged.length === 1 ? 'A tab could not be restored' : `${damaged.length} tabs could not be restored`;
      const body = `Their rows in the archive are damaged and were left as they are: ${names}.`;
      raiseNotice({ id: 'damaged-sessions', severity: 'warning', title, body, offersSettings: false });
    }
    if (this.#sessions.size === 0) await this.open(undefined);
    this.windows.restore();
    this.#scrollbackSaver.start();
  }

  list(): Session[] {
    return [...this.#sessions.values()]
      .sort((left, right) => left.stored.position - right.stored.position)
      .map(describeSession);
  }

  find(id: SessionId): Result<LiveSession, CommandError> {
    const session = this.#sessions.get(id);
    if (session) return ok(session);
    return this.#closedIds.has(id)
      ? err(CLOSED)
      : err(commandError('session-not-found', 'There is no such tab.'));
  }

  /** Without a name, the default profile is used where there is one. */
  async open(
    folder: string | undefined,
    {
      profileName,
      inWindow = MAIN_WINDOW,
    }: { readonly profileName?: string | undefined; readonly inWindow?: WindowId | undefined } = {},
  ): Promise<Result<Session, CommandError>> {
    const settings = this.#deps.settings();
    const profile = this.#deps.findProfile(profileName ?? settings.defaults.profile ?? '');
    if (profileName !== undefined && !profile) return err(profileUnknown(profileName));
    const cwd = resolve(expandHome(folder ?? profile?.cwd ?? settings.defaults.cwd ?? homedir()));
    if (folder !== undefined) {
      const unreadable = await reasonUnreadable(cwd);
      if (unreadable) return err(commandError('folder-unreadable', unreadable));
    }
    const now = this.#nextUsedAt();
    const shell = defaultShell(this.#deps);
    return this.#insert(
      {
        id: sessionId.parse(ulid()),
        title: '',
        position: this.#sessions.size,
        cwd,
        shell: profile ? launchOf(profile, shell).shell : shell,
        defaults: takeDefaults(settings, profile),
        profile: profile?.name ?? '',
        colour: profile?.colour ?? '',
        isPinned: false,
        draft: '',
        isUnread: false,
        openedAt: now,
        usedAt: now,
      },
      inWindow,
    );
  }

  /** A new tab at the right of this one, with its profile, folder and colour, and nothing of its history. */
  duplicate(source: LiveSession): Result<Session, CommandError> {
    const { stored, windowId } = source;
    const now = this.#nextUsedAt();
    const opened = this.#insert(
      {
        ...stored,
        id: sessionId.parse(ulid()),
        title: '',
        cwd: activePane(source).cwd,
        position: this.#sessions.size,
        defaults: takeDefaults(this.#deps.settings(), this.#deps.findProfile(stored.profile)),
        isPinned: false,
        draft: '',
        isUnread: false,
        openedAt: now,
        usedAt: now,
      },
      windowId,
    );
    if (opened.ok) this.move(opened.value.id, stored.position + 1);
    return opened;
  }

  listClosed(): ClosedSession[] {
    const { archive } = this.#deps;
    return archive.closedSessions(MAX_CLOSED).map((stored) => {
      const { id, cwd, defaults, closedAt = 0 } = stored;
      const { model } = resolveChain(readChoices(archive.config(id)), defaults, this.switching.context);
      return { id, title: titleOf(stored), cwd, model, closedAt };
    });
  }

  /** Without an id the tab closed last. */
  reopen(id?: SessionId, inWindow: WindowId = MAIN_WINDOW): Result<Session, CommandError> {
    const { archive } = this.#deps;
    const stored = id ? archive.closedSession(id) : archive.closedSessions(1)[0];
    if (!stored) {
      const reason = id
        ? 'This tab is not closed, or not kept any more.'
        : 'No closed tab is left to bring back.';
      return err(commandError('nothing-to-reopen', reason));
    }
    const position = Math.min(stored.position, this.#sessions.size);
    try {
      archive.setConfig(stored.id, 'window', windowRows(inWindow).window);
      archive.setClosed(stored.id, undefined);
    } catch (error) {
      return err(archiveRefused(error));
    }
    this.#closedIds.delete(stored.id);
    const session = this.#announce({ ...stored, usedAt: this.#nextUsedAt() });
    this.move(stored.id, position);
    return ok(session);
  }

  /** A new tab at the right of this one; on another model where one is named. The turn in flight is not taken along. */
  fork(source: LiveSession, reference: string | undefined): Promise<Result<Session, CommandError>> {
    return source.lock.run(() => {
      const model = reference === undefined ? undefined : this.#deps.checkModel(reference);
      if (model && !model.ok) return model;
      const { archive } = this.#deps;
      const copy = forkOf(source, {
        id: sessionId.parse(ulid()),
        messages: this.turns.messagesOf(source),
        config: archive.config(source.id),
        model: model?.value,
        now: this.#nextUsedAt(),
      });
      try {
        archive.insertCopy(copy.stored, copy.config, copy.messages);
      } catch (error) {
        return err(archiveRefused(error));
      }
      const session = this.#announce(copy.stored);
      this.move(session.id, source.stored.position + 1);
      return ok(session);
    });
  }

  /**
   * Agent first, then shell, then rows. The tab goes from every window at once, and stays gone whatever throws on the way;
   * what could not be written is told in a notice.
   */
  async close(session: LiveSession): Promise<void> {
    this.#sessions.delete(session.id);
    this.#closedIds.add(session.id);
    this.#deps.emit({ type: 'session-closed', sessionId: session.id });
    this.windows.left(session.windowId, session.id);
    await this.#attempt('Stopping an agent', () => within(SHUTDOWN_LIMIT_MS, this.turns.stop(session)));
    session.isClosed = true;
    await this.#attempt('Shutting down an agent', () =>
      within(SHUTDOWN_LIMIT_MS, this.switching.shutDown(session)),
    );
    await this.#attempt('Saving a screen', () => this.#scrollbackSaver.save(session));
    await this.#endShells(session);
    // Before it counts as closed: what a tab was allowed must not come back with it.
    this.#attemptNow('Ending the rules of a tab', () => this.#deps.forgetRules(session.id));
    try {
      this.#deps.archive.setClosed(session.id, this.#deps.now());
      this.#savePositions();
    } catch (error) {
      const title = 'A closed tab could not be recorded';
      const body = `${describeSession(session).title} will be back at the next start. ${archiveRefused(error).message}`;
      this.#deps.raiseNotice({
        id: `unclosed-${session.id}`,
        severity: 'warning',
        title,
        body,
        offersSettings: false,
      });
    }
  }

  move(id: SessionId, position: number): void {
    const ids = this.list().map((session) => session.id);
    const others = ids.filter((other) => other !== id);
    const isPinned = (other: SessionId) => this.#sessions.get(other)?.stored.isPinned === true;
    const pinned = others.filter(isPinned).length;
    const place = isPinned(id) ? Math.min(position, pinned) : Math.max(position, pinned);
    const ordered = others.toSpliced(place, 0, id);
    for (const [index, other] of ordered.entries()) {
      const session = this.#sessions.get(other);
      if (!session || session.stored.position === index) continue;
      session.stored = { ...session.stored, position: index };
      this.changed(session);
    }
    this.#deps.archive.setPositions(ordered);
  }

  /** Into that window, or a new one, and to the front there. */
  moveToWindow(
    session: LiveSession,
    to: WindowId = windowId.parse(ulid()),
    at?: ScreenPoint,
  ): Result<Session, CommandError> {
    this.activate(session);
    return session.windowId === to ? this.windows.show(session) : this.windows.move(session, to, at);
  }

  rename(session: LiveSession, title: string): void {
    this.#update(session, { title: title.replaceAll(/\p{Cc}/gu, '').trim() });
  }

  setColour(session: LiveSession, colour: TabColour | undefined): void {
    this.#update(session, { colour: colour ?? '' });
  }

  setPinned(session: LiveSession, isPinned: boolean): void {
    if (session.stored.isPinned === isPinned) return;
    this.#update(session, { isPinned });
    // Behind the other pinned ones, or before those that are not.
    this.move(session.id, isPinned ? this.#sessions.size : 0);
  }

  activate(session: LiveSession): void {
    this.windows.activated(session);
    this.#update(session, { usedAt: this.#nextUsedAt(), isUnread: false });
    this.#deps.archive.setState('active-session', session.id);
  }

  /** Clients keep their own draft, so nobody is told. Throws when it cannot be saved. */
  setDraft(session: LiveSession, draft: string): void {
    this.#deps.archive.updateSession(session.id, { draft });
    session.stored = { ...session.stored, draft };
  }

  /** After a message was sent: one that stays behind must not make the message look unsent. */
  clearDraft(session: LiveSession): void {
    this.#attemptNow('Clearing a draft', () => this.setDraft(session, ''));
  }

  /** Providers, modes or keys changed in settings.toml: what open tabs chose and took as defaults stays. */
  settingsChanged(): void {
    for (const session of this.#sessions.values()) {
      session.icon = this.#deps.findProfile(session.stored.profile)?.icon;
      this.switching.refresh(session);
    }
  }

  /** Providers listed their models: what is known of a tab's model may be other than before. */
  factsChanged(): void {
    for (const session of this.#sessions.values()) this.switching.factsChanged(session);
  }

  changed(session: LiveSession): void {
    if (!session.isClosed) this.#deps.emit({ type: 'session-changed', session: describeSession(session) });
  }

  /** Stops every turn, saves every screen and ends every shell; the sessions stay open in the archive. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#scrollbackSaver[Symbol.dispose]();
    const sessions = [...this.#sessions.values()];
    await Promise.all(
      sessions.map(async (session) => {
        await this.#attempt('Stopping an agent', () => within(SHUTDOWN_LIMIT_MS, this.turns.stop(session)));
        await this.#attempt('Saving a screen', () => this.#scrollbackSaver.save(session));
        session.isClosed = true;
        await this.#attempt('Shutting down an agent', () =>
          within(SHUTDOWN_LIMIT_MS, this.switching.shutDown(session)),
        );
        await this.#endShells(session);
      }),
    );
    this.#sessions.clear();
  }

  #insert(stored: StoredSession, inWindow: WindowId): Result<Session, CommandError> {
    try {
      this.#deps.archive.insertCopy(stored, windowRows(inWindow), []);
    } catch (error) {
      return err(archiveRefused(error));
    }
    return ok(this.#announce(stored));
  }

  #announce(stored: StoredSession): Session {
    const live = this.#add(stored);
    const session = describeSession(live);
    this.#deps.emit({ type: 'session-opened', session });
    this.windows.arrived(live);
    // The window may be closed before it can say that the tab is in front.
    this.#attemptNow('Recording the tab in front', () =>
      this.#deps.archive.setState('active-session', live.id),
    );
    return session;
  }

  #add(stored: StoredSession): LiveSession {
    const { archive } = this.#deps;
    this.#lastUsedAt = Math.max(this.#lastUsedAt, stored.usedAt);
    const rows = archive.config(stored.id);
    const choices = readChoices(rows);
    const config = resolveChain(choices, stored.defaults, this.switching.context);
    const launch = launchStored(stored, this.#deps);
    const session = newLiveSession({
      stored: { ...stored, shell: launch.shell },
      launch,
      windowId: readWindow(rows),
      icon: this.#deps.findProfile(stored.profile)?.icon,
      choices,
      config,
      facts: this.#deps.factsOf(config.model),
      budget: readBudget(rows),
      spending: archive.spending(stored.id),
      queue: readQueue(rows),
      attachments: readAttachments(rows),
    });
    this.panes.restore(session, rows);
    this.#sessions.set(session.id, session);
    return session;
  }

  #update(session: LiveSession, change: Partial<Omit<StoredSession, 'id' | 'closedAt'>>): void {
    if (session.isClosed) return;
    this.#deps.archive.updateSession(session.id, change);
    session.stored = { ...session.stored, ...change };
    this.changed(session);
  }

  #savePositions(): void {
    this.#deps.archive.setPositions(this.list().map((session) => session.id));
  }

  /** Grows strictly, so that tabs can be ordered by use even when the clock stands still or is set back. */
  #nextUsedAt(): number {
    this.#lastUsedAt = Math.max(this.#deps.now(), this.#lastUsedAt + 1);
    return this.#lastUsedAt;
  }

  async #endShells(session: LiveSession): Promise<void> {
    const ending = Array.from(session.panes.values(), ({ pty }) =>
      this.#attempt('Closing a shell', () => pty[Symbol.asyncDispose]()),
    );
    await Promise.all(ending);
  }

  async #attempt(what: string, effect: () => PromiseLike<void>): Promise<void> {
    try {
      await effect();
    } catch (error) {
      this.#deps.reportError(what, error);
    }
  }

  #attemptNow(what: string, effect: () => void): void {
    try {
      effect();
    } catch (error) {
      this.#deps.reportError(what, error);
    }
  }
}

/** Waits for the work, but not for longer than the limit. */
async function within(limitMs: number, work: PromiseLike<void>): Promise<void> {
  const { promise: limit, resolve: giveUp } = Promise.withResolvers<void>();
  const timer = setTimeout(giveUp, limitMs);
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
