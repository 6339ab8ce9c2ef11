import { app, type BaseWindow, type BrowserWindow } from 'electron';
import type { WindowAction } from '../../shared/app.ts';
import type { ScreenPoint } from '../../shared/contract.ts';
import { MAIN_WINDOW, type WindowId } from '../../shared/ids.ts';
import type { Core } from '../core.ts';
import { serveIpc } from './ipc.ts';
import { WindowPlaces } from './window-places.ts';
import { performInWindow } from './window-actions.ts';
import { openWindow } from './window.ts';

/** Every open window. */
export class DesktopWindows {
  readonly #core: Core;
  readonly #preload: string;
  readonly #link: (window: BrowserWindow) => void;
  readonly #places: WindowPlaces;
  /** The one used last at the end. */
  readonly #windows = new Map<WindowId, BrowserWindow>();
  #isQuitting = false;

  /** `preload`: path of the script that gives each page its bridge. */
  constructor(core: Core, preload: string) {
    this.#core = core;
    this.#preload = preload;
    this.#link = serveIpc(core);
    this.#places = new WindowPlaces(core);
    app.on('before-quit', () => {
      this.#isQuitting = true;
    });
  }

  /** Brings the window used last to the front; where none is open, opens all that have tabs. */
  open(): void {
    const last = this.#last;
    if (last) return this.show(last.id);
    const [front = MAIN_WINDOW, ...others] = this.#core.windows.list();
    this.#places.keepOnly([MAIN_WINDOW, front, ...others]);
    for (const id of others) this.#open(id, { isInFront: false });
    this.#open(front, { isInFront: true });
  }

  /** Opens the window, at this point of the screen where one is named, or brings it to the front. */
  show(id: WindowId, at?: ScreenPoint): void {
    const window = this.#windows.get(id);
    if (window?.isMinimized()) window.restore();
    if (window) return window.focus();
    if (this.#last) this.#places.begin(id, this.#last.window, at);
    this.#open(id, { isInFront: true });
  }

  /** A window without tabs closes; the main one stays, and so does the last. */
  emptied(id: WindowId): void {
    if (id !== MAIN_WINDOW && this.#windows.size > 1) this.#windows.get(id)?.close();
  }

  /** Does what the page cannot do to its own window. */
  perform(id: WindowId, action: WindowAction): void {
    const window = this.#windows.get(id);
    if (window) performInWindow(window, action);
  }

  /** Of one of them, else of the one used last; undefined while none is open. */
  idOf(window: BaseWindow | undefined): WindowId | undefined {
    return [...this.#windows].find(([, own]) => own === window)?.[0] ?? this.#last?.id;
  }

  get #last(): { readonly id: WindowId; readonly window: BrowserWindow } | undefined {
    const [id, window] = [...this.#windows].at(-1) ?? [];
    return id && window && { id, window };
  }

  #open(id: WindowId, { isInFront }: { readonly isInFront: boolean }): void {
    const window = openWindow(this.#core, { id, preload: this.#preload, place: this.#places.get(id) });
    window.once('ready-to-show', () => (isInFront ? window.show() : window.showInactive()));
    this.#places.follow(id, window);
    this.#link(window);
    this.#windows.set(id, window);
    window.on('focus', () => {
      this.#windows.delete(id);
      this.#windows.set(id, window);
    });
    window.once('closed', () => this.#closed(id));
  }

  /** While others are open its tabs go to the one used last, where their shells run on. */
  #closed(id: WindowId): void {
    this.#windows.delete(id);
    const last = this.#last;
    if (this.#isQuitting || !last) return;
    this.#places.forget(id);
    this.#core.windows.giveTabs(id, last.id);
  }
}
