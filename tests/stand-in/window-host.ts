import type { App } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import type { Chromium } from './chromium.ts';
import type { IpcMain } from './ipc-main.ts';
import type { NativeTheme } from './native-theme.ts';
import type { KeyPress } from './page/messages.ts';
import type { Schemes } from './schemes.ts';
import type { Session } from './session.ts';

/** What all windows share. */
export type WindowHost = {
  readonly app: App;
  /** Throws before the app is ready. */
  readonly chromium: () => Chromium;
  readonly ipcMain: IpcMain;
  readonly nativeTheme: NativeTheme;
  readonly pressKey: (press: KeyPress) => void;
  readonly schemes: Schemes;
  readonly session: Session;
  readonly windows: WindowList;
};

/** Every window that lives, the one with the focus last. */
export class WindowList {
  #windows: readonly BrowserWindow[] = [];

  get all(): readonly BrowserWindow[] {
    return this.#windows;
  }

  get focused(): BrowserWindow | null {
    return this.#windows.at(-1) ?? null;
  }

  /** A new one, behind all others until it is shown. */
  add(window: BrowserWindow): void {
    this.#windows = [window, ...this.#windows];
  }

  /** Puts the window in front. */
  focus(window: BrowserWindow): void {
    this.remove(window);
    this.#windows = [...this.#windows, window];
  }

  remove(window: BrowserWindow): void {
    this.#windows = this.#windows.filter((other) => other !== window);
  }
}
