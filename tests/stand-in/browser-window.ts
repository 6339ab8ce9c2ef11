import { cancellable, refuseUnknown, StandInEmitter } from './emitter.ts';
import { DISPLAY, type Rectangle } from './screen.ts';
import { WebContents } from './web-contents.ts';
import type { WebPreferences } from './web-preferences.ts';
import type { WindowHost } from './window-host.ts';

const EVENTS = [
  'blur',
  'close',
  'closed',
  'enter-full-screen',
  'focus',
  'leave-full-screen',
  'maximize',
  'minimize',
  'move',
  'ready-to-show',
  'resize',
  'restore',
  'show',
  'unmaximize',
];

/** Those about the frame change nothing: nothing of it is drawn. */
const OPTIONS = new Set([
  'autoHideMenuBar',
  'backgroundColor',
  'height',
  'minHeight',
  'minWidth',
  'show',
  'title',
  'titleBarOverlay',
  'titleBarStyle',
  'webPreferences',
  'width',
  'x',
  'y',
]);

export type BrowserWindowOptions = Partial<Rectangle> & {
  readonly minWidth?: number;
  readonly minHeight?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: WebPreferences;
};

let lastId = 0;

/** A window: a page of Chromium for what is in it, and plain data for its frame. */
export class BrowserWindow extends StandInEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  /** Resolves when the window has gone. */
  readonly whenClosed: Promise<void>;
  readonly #host: WindowHost;
  readonly #minimum: { width: number; height: number };
  readonly #closed = Promise.withResolvers<void>();
  #normalBounds: Rectangle;
  #title: string;
  #isMinimized = false;
  #isMaximized = false;
  #isFullScreen = false;
  #isDestroyed = false;

  constructor(host: WindowHost, options: BrowserWindowOptions = {}) {
    super('BrowserWindow', EVENTS);
    const unknown = Object.keys(options).find((name) => !OPTIONS.has(name));
    if (unknown !== undefined) throw new Error(`stand-in: the window option '${unknown}' is not implemented`);
    const { x = 0, y = 0, width = 800, height = 600, minWidth = 0, minHeight = 0 } = options;
    lastId += 1;
    this.id = lastId;
    this.#host = host;
    this.#minimum = { width: minWidth, height: minHeight };
    this.#normalBounds = { x, y, width: Math.max(width, minWidth), height: Math.max(height, minHeight) };
    this.#title = options.title ?? host.app.getName();
    this.whenClosed = this.#closed.promise;
    this.webContents = new WebContents(host, {
      id: this.id,
      size: this.#normalBounds,
      preferences: options.webPreferences ?? {},
      closeWindow: () => this.close(),
    });
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    refuseUnknown('BrowserWindow', this);
    host.windows.add(this);
    host.app.emit('web-contents-created', cancellable(), this.webContents);
    host.app.emit('browser-window-created', cancellable(), this);
    if (options.show !== false) this.show();
  }

  loadURL(url: string): Promise<void> {
    const loaded = this.webContents.loadURL(url);
    // An app that does not look at the promise learns of failures by `did-fail-load`.
    loaded.catch(() => undefined);
    return loaded;
  }

  close(): void {
    this.requestClose();
  }

  /** False if the app keeps the window open. */
  requestClose(): boolean {
    const event = cancellable();
    if (!this.#isDestroyed) this.emit('close', event);
    if (!event.defaultPrevented && !this.#isDestroyed) this.webContents.closePage();
    return !event.defaultPrevented;
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.webContents.closePage();
    this.markDestroyed();
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  /** To be called when the page has gone, by whatever cause. */
  markDestroyed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    const { app, windows } = this.#host;
    const hadFocus = windows.focused === this;
    windows.remove(this);
    this.webContents.markDestroyed();
    this.emit('closed');
    this.#closed.resolve();
    if (windows.all.length === 0) app.lastWindowClosed();
    else if (hadFocus) windows.focused?.emit('focus');
  }

  show(): void {
    this.emit('show');
    this.focus();
  }

  showInactive(): void {
    this.emit('show');
  }

  focus(): void {
    const before = this.#host.windows.focused;
    this.#host.windows.focus(this);
    if (before !== this) before?.emit('blur');
    this.emit('focus');
  }

  minimize(): void {
    this.#isMinimized = true;
    this.emit('minimize');
  }

  restore(): void {
    this.#isMinimized = false;
    this.emit('restore');
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  maximize(): void {
    this.#change('maximize', () => {
      this.#isMaximized = true;
    });
  }

  unmaximize(): void {
    this.#change('unmaximize', () => {
      this.#isMaximized = false;
    });
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  setFullScreen(isFullScreen: boolean): void {
    this.#change(isFullScreen ? 'enter-full-screen' : 'leave-full-screen', () => {
      this.#isFullScreen = isFullScreen;
    });
  }

  isFullScreen(): boolean {
    return this.#isFullScreen;
  }

  getBounds(): Rectangle {
    if (this.#isFullScreen) return { ...DISPLAY.bounds };
    return this.#isMaximized ? { ...DISPLAY.workArea } : this.getNormalBounds();
  }

  getNormalBounds(): Rectangle {
    return { ...this.#normalBounds };
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#change(undefined, () => {
      const wanted = { ...this.#normalBounds, ...bounds };
      const width = Math.max(wanted.width, this.#minimum.width);
      const height = Math.max(wanted.height, this.#minimum.height);
      this.#normalBounds = { ...wanted, width, height };
    });
  }

  getTitle(): string {
    return this.#title;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  // Of the frame, which nobody sees.
  setBackgroundColor(): void {}
  setTitleBarOverlay(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}

  #change(event: string | undefined, change: () => void): void {
    const before = this.getBounds();
    change();
    const after = this.getBounds();
    if (event !== undefined) this.emit(event);
    if (before.x !== after.x || before.y !== after.y) this.emit('move');
    if (before.width === after.width && before.height === after.height) return;
    this.webContents.resize(after);
    this.emit('resize');
  }
}
