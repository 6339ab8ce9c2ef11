import { ulid } from 'ulid';
import { z } from 'zod';
import type { CommandError, Input } from '../../shared/contract.ts';
import { paneId, type PaneId } from '../../shared/ids.ts';
import {
  firstPane,
  MAX_PANES,
  paneLayout,
  panesOf,
  splitPane,
  withoutPane,
  type PaneLayout,
} from '../../shared/panes.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Session } from '../../shared/session.ts';
import { readJson, type ConfigRows } from './config-rows.ts';
import type { SessionDependencies } from './dependencies.ts';
import { archiveRefused, commandError } from './errors.ts';
import { activePane, describeSession, isFirstPane, type LivePane, type LiveSession } from './session.ts';

const arrangement = z
  .object({ layout: paneLayout, active: paneId })
  .refine(({ layout }) => new Set(panesOf(layout)).size === panesOf(layout).length);

/** The shells of a session, beside one another. The first one's folder and screen are the session's own rows. */
export class Panes {
  readonly #deps: SessionDependencies;
  readonly #changed: (session: LiveSession) => void;

  constructor(deps: SessionDependencies, changed: (session: LiveSession) => void) {
    this.#deps = deps;
    this.#changed = changed;
  }

  /** Opens what the archive tells of; the first pane alone where it tells of nothing that can be read. */
  restore(session: LiveSession, rows: ConfigRows): void {
    const { archive } = this.#deps;
    const stored = readJson(arrangement, rows.panes);
    const folders = new Map(archive.panes(session.id).map(({ id, cwd }) => [id, cwd]));
    folders.set(paneId.parse(session.id), session.stored.cwd);
    const unknown = stored ? panesOf(stored.layout).filter((id) => !folders.has(id)) : [];
    session.layout =
      unknown.reduce<PaneLayout | undefined>((rest, id) => rest && withoutPane(rest, id), stored?.layout) ??
      paneId.parse(session.id);
    for (const id of panesOf(session.layout)) this.#open(session, id, folders.get(id) ?? session.stored.cwd);
    session.activePaneId =
      stored && session.panes.has(stored.active) ? stored.active : firstPane(session.layout);
    activePane(session).lastCommand = archive.lastCommand(session.id);
  }

  find(session: LiveSession, id: PaneId | undefined): Result<LivePane, CommandError> {
    const pane = session.panes.get(id ?? firstPane(session.layout));
    return pane ? ok(pane) : err(commandError('pane-not-found', 'There is no such pane in this tab.'));
  }

  split(session: LiveSession, source: LivePane, direction: Input<'pane.split'>['direction']): Answer {
    if (session.panes.size >= MAX_PANES)
      return err(commandError('not-supported', `A tab has at most ${MAX_PANES} panes. Open another tab.`));
    const added = { id: paneId.parse(ulid()), cwd: source.cwd };
    const layout = splitPane(session.layout, source.id, direction, added.id);
    return this.#arrange(session, { layout, active: added.id }, { added }, () =>
      this.#open(session, added.id, added.cwd),
    );
  }

  /** Ends the pane's shell and everything that it started. */
  async close(session: LiveSession, { id, pty }: LivePane): Promise<Answer> {
    const layout = withoutPane(session.layout, id);
    if (layout === undefined)
      return err(commandError('not-supported', 'This is the only pane. Close the tab instead.'));
    const active = session.activePaneId === id ? firstPane(layout) : session.activePaneId;
    const closed = this.#arrange(session, { layout, active }, { removed: id }, () =>
      session.panes.delete(id),
    );
    if (closed.ok) await pty[Symbol.asyncDispose]();
    return closed;
  }

  activate(session: LiveSession, { id: active }: LivePane): Answer {
    if (session.activePaneId === active) return ok(describeSession(session));
    return this.#arrange(session, { layout: session.layout, active });
  }

  arrange(session: LiveSession, layout: PaneLayout): Answer {
    const ids = panesOf(layout);
    const isSame =
      session.panes.size === ids.length && [...session.panes.keys()].every((id) => ids.includes(id));
    if (!isSame) return err(commandError('bad-input', 'A layout must hold each pane of the tab once.'));
    return this.#arrange(session, { layout, active: session.activePaneId });
  }

  /** The row first, then the live state. */
  #arrange(
    session: LiveSession,
    { layout, active }: z.output<typeof arrangement>,
    change: Parameters<SessionDependencies['archive']['savePanes']>[2] = {},
    takeUp: () => void = () => undefined,
  ): Answer {
    try {
      this.#deps.archive.savePanes(session.id, JSON.stringify({ layout, active }), change);
    } catch (error) {
      return err(archiveRefused(error));
    }
    takeUp();
    session.layout = layout;
    session.activePaneId = active;
    this.#changed(session);
    return ok(describeSession(session));
  }

  #open(session: LiveSession, id: PaneId, cwd: string): void {
    const { archive, settings, environment } = this.#deps;
    const { scrollback, shellIntegration } = settings().terminal;
    const isFirst = isFirstPane(session, id);
    const pane: LivePane = {
      id,
      cwd,
      lastCommand: undefined,
      runningProgram: undefined,
      pty: this.#deps.openPty({
        ...session.launch,
        cwd,
        environment,
        scrollback,
        useShellIntegration: shellIntegration,
        readRestored: () => (isFirst ? archive.scrollback(session.id) : archive.paneScrollback(id)),
        listener: {
          stateChanged: () => {
            pane.runningProgram = undefined;
            this.#changed(session);
          },
          cwdChanged: (cwd) =>
            this.#attempt(session, 'Saving a folder', () => this.#moveTo(session, pane, cwd)),
          commandFinished: (command) => {
            pane.lastCommand = command;
            this.#attempt(session, 'Saving a command', () => archive.saveCommand(session.id, command, id));
            this.#changed(session);
          },
          programChanged: (program) => {
            pane.runningProgram = program;
            this.#changed(session);
          },
        },
      }),
    };
    session.panes.set(id, pane);
  }

  #moveTo(session: LiveSession, pane: LivePane, cwd: string): void {
    if (isFirstPane(session, pane.id)) {
      this.#deps.archive.updateSession(session.id, { cwd });
      session.stored = { ...session.stored, cwd };
    } else this.#deps.archive.setPaneFolder(pane.id, cwd);
    pane.cwd = cwd;
    this.#changed(session);
  }

  #attempt(session: LiveSession, what: string, effect: () => void): void {
    if (session.isClosed) return;
    try {
      effect();
    } catch (error) {
      this.#deps.reportError(what, error);
    }
  }
}

type Answer = Result<Session, CommandError>;
