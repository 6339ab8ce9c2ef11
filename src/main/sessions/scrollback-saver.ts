import type { SessionDependencies } from './dependencies.ts';
import { isFirstPane, type LivePane, type LiveSession } from './session.ts';

/** Screens that changed are saved this often, or less often when saving them takes long. */
const INTERVAL_MS = 2_000;

/** Share of the time that saving screens may take. */
const DUTY = 0.05;

/** Keeps the screens of all sessions in the archive, so that a crash costs the last seconds of output at most. */
export class ScrollbackSaver implements Disposable {
  readonly #deps: SessionDependencies;
  readonly #sessions: () => Iterable<LiveSession>;
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(deps: SessionDependencies, sessions: () => Iterable<LiveSession>) {
    this.#deps = deps;
    this.#sessions = sessions;
  }

  start(): void {
    this.#saveAfter(INTERVAL_MS);
  }

  async save(session: LiveSession): Promise<void> {
    for (const pane of session.panes.values()) await this.#savePane(session, pane);
  }

  async #savePane(session: LiveSession, { id, pty }: LivePane): Promise<void> {
    const text = await pty.serializeIfChanged();
    if (text === undefined) return;
    const scrollback = { text, savedAt: this.#deps.now() };
    if (isFirstPane(session, id)) this.#deps.archive.saveScrollback(session.id, scrollback);
    else this.#deps.archive.savePaneScrollback(id, scrollback);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  #saveAfter(delayMs: number): void {
    if (this.#isDisposed) return;
    this.#timer = setTimeout(() => void this.#saveAll(), delayMs);
  }

  async #saveAll(): Promise<void> {
    const startedAt = performance.now();
    for (const session of this.#sessions()) {
      if (this.#isDisposed) return;
      try {
        await this.save(session);
      } catch (error) {
        this.#deps.reportError('Saving a screen', error);
      }
    }
    this.#saveAfter(Math.max(INTERVAL_MS, (performance.now() - startedAt) / DUTY));
  }
}
