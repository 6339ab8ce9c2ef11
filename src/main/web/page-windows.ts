import { MAIN_WINDOW, type WindowId } from '../../shared/ids.ts';
import type { Core } from '../core.ts';

/** A page that is loaded again, or whose connection broke, is back within this time. */
const RETURN_MS = 5_000;

/** From when a tab is moved into a new window until its page has been loaded and is there. */
const ARRIVAL_MS = 30_000;

/** Windows are pages here, which go without a word: the tabs of one that stays away come to the main window. */
export class PageWindows implements Disposable {
  readonly #core: Pick<Core, 'windows'>;
  readonly #returnMs: number;
  readonly #pages = new Map<WindowId, number>();
  readonly #timers = new Map<WindowId, NodeJS.Timeout>();
  #isDisposed = false;

  /** At the start no page is there. */
  constructor(core: Pick<Core, 'windows'>, returnMs = RETURN_MS) {
    this.#core = core;
    this.#returnMs = returnMs;
    for (const id of core.windows.list()) this.#take(id);
  }

  /** A page is there until what this answers is disposed of. */
  opened(id: WindowId): Disposable {
    this.#count(id, 1);
    clearTimeout(this.#timers.get(id));
    return {
      [Symbol.dispose]: () => {
        if (this.#count(id, -1) === 0) this.#takeAfter(id, this.#returnMs);
      },
    };
  }

  /** A page of the window is on its way, or should be. */
  expect(id: WindowId): void {
    if (!this.#pages.get(id)) this.#takeAfter(id, ARRIVAL_MS);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #count(id: WindowId, change: number): number {
    const count = (this.#pages.get(id) ?? 0) + change;
    this.#pages.set(id, count);
    return count;
  }

  #takeAfter(id: WindowId, delayMs: number): void {
    if (this.#isDisposed) return;
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => this.#take(id), delayMs),
    );
  }

  #take(id: WindowId): void {
    if (id !== MAIN_WINDOW) this.#core.windows.giveTabs(id, MAIN_WINDOW);
  }
}
