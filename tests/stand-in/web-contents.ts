import { ignoreGone, type CdpSession } from './cdp.ts';
import { cancellable, refuseUnknown, StandInEmitter } from './emitter.ts';
import { emulateFocus, emulateSize, emulateTheme } from './emulation.ts';
import { sendInputEvent, type InputEvent } from './input-event.ts';
import { codec } from './ipc-main.ts';
import { PageLink, type Reply } from './page-link.ts';
import type { ToMain } from './page/messages.ts';
import type { Size } from './screen.ts';
import { checkPreferences, preloadProcess, type WebPreferences } from './web-preferences.ts';
import type { WindowHost } from './window-host.ts';

const EVENTS = [
  'destroyed',
  'did-fail-load',
  'did-finish-load',
  'render-process-gone',
  'will-attach-webview',
  'will-navigate',
  'will-redirect',
];

/** Chromium tells the name of a failed load's error only; this is the number of the general one. */
const ERR_FAILED = -2;

/** How much one zoom level enlarges. */
const ZOOM_STEP = 1.2;

type WindowOpenHandler = (details: { url: string }) => { action: 'deny' | 'allow' };

/** What a window shows: a page of Chromium under the names that Electron gives it. */
export class WebContents extends StandInEmitter {
  readonly id: number;
  /** The page, once it is there. */
  readonly page: Promise<PageLink>;
  readonly mainFrame: { readonly url: string };
  readonly #host: WindowHost;
  readonly #closeWindow: () => void;
  #link: PageLink | undefined;
  #size: Size;
  #url = '';
  #zoomLevel = 0;
  #isDestroyed = false;
  #areDevToolsOpen = false;
  #windowOpenHandler: WindowOpenHandler | undefined;
  /** The address that the page asked for last, if the app forbade it. */
  #forbiddenUrl: string | undefined;

  constructor(
    host: WindowHost,
    options: { id: number; size: Size; preferences: WebPreferences; closeWindow: () => void },
  ) {
    super('webContents', EVENTS);
    checkPreferences(options.preferences);
    this.id = options.id;
    this.#host = host;
    this.#size = options.size;
    this.#closeWindow = options.closeWindow;
    const getUrl = () => this.#url;
    this.mainFrame = refuseUnknown('webContents.mainFrame', {
      get url() {
        return getUrl();
      },
    });
    this.page = this.#open(options.preferences);
    this.page.catch(ignoreGone);
    refuseUnknown('webContents', this);
  }

  get session(): unknown {
    return this.#host.session;
  }

  get targetId(): string | undefined {
    return this.#link?.targetId;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getURL(): string {
    return this.#url;
  }

  send(channel: string, ...parameters: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    this.#link?.post({ kind: 'message', channel, encoded: codec.encode(parameters) });
  }

  async loadURL(url: string): Promise<void> {
    const { schemes, session, chromium } = this.#host;
    const { session: page } = await this.page;
    const pageUrl = schemes.toPageUrl(url);
    await session.applyPermissions(chromium().connection.browser, url, pageUrl);
    const loaded = Promise.withResolvers<void>();
    this.once('did-finish-load', loaded.resolve);
    const { errorText } = await page.send('Page.navigate', { url: pageUrl });
    if (errorText === undefined) return loaded.promise;
    const name = errorText.replace('net::', '');
    this.emit('did-fail-load', cancellable(), ERR_FAILED, name, url, true);
    throw Object.assign(new Error(`${name} (${ERR_FAILED}) loading '${url}'`), {
      code: name,
      errno: ERR_FAILED,
      url,
    });
  }

  reload(): void {
    this.#do((page) => page.send('Page.reload'));
  }

  close(): void {
    this.#closeWindow();
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { session } = await this.page;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async capturePage(): Promise<object> {
    const { session } = await this.page;
    const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
    return refuseUnknown('nativeImage', {
      toPNG: () => Buffer.from(data, 'base64'),
      toDataURL: () => `data:image/png;base64,${data}`,
      isEmpty: () => false,
    });
  }

  sendInputEvent(event: InputEvent): void {
    this.#do((page) => sendInputEvent(page, event));
  }

  /** Does one of Chromium's editing commands, as the menu's roles do. */
  edit(command: string): void {
    this.#do((page) => page.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: [command] }));
  }

  openDevTools(): void {
    this.#areDevToolsOpen = true;
  }

  closeDevTools(): void {
    this.#areDevToolsOpen = false;
  }

  toggleDevTools(): void {
    this.#areDevToolsOpen = !this.#areDevToolsOpen;
  }

  isDevToolsOpened(): boolean {
    return this.#areDevToolsOpen;
  }

  getZoomLevel(): number {
    return this.#zoomLevel;
  }

  setZoomLevel(level: number): void {
    this.#zoomLevel = level;
    this.#do((page) => emulateSize(page, this.#size, this.getZoomFactor()));
  }

  getZoomFactor(): number {
    return ZOOM_STEP ** this.#zoomLevel;
  }

  setZoomFactor(factor: number): void {
    this.setZoomLevel(Math.log(factor) / Math.log(ZOOM_STEP));
  }

  /** To be called by the window when its size has changed. */
  resize(size: Size): void {
    this.#size = size;
    this.#do((page) => emulateSize(page, this.#size, this.getZoomFactor()));
  }

  applyTheme(): void {
    this.#do((page) => emulateTheme(page, this.#host.nativeTheme.themeSource));
  }

  /** Whether the page may load this address; asked before anything is sent. */
  mayNavigate(pageUrl: string, isRedirect: boolean): boolean {
    if (isRedirect) return this.#ask('will-redirect', pageUrl);
    const isForbidden = this.#forbiddenUrl === pageUrl;
    this.#forbiddenUrl = undefined;
    return !isForbidden;
  }

  /** Closes the page as Chromium does: it hears `pagehide` first. Its end is told by `destroyed`. */
  closePage(): void {
    const { browser } = this.#host.chromium().connection;
    this.page.then(({ targetId }) => browser.send('Target.closeTarget', { targetId })).catch(ignoreGone);
  }

  /** To be called when the page has gone. */
  markDestroyed(): void {
    this.#isDestroyed = true;
    this.emit('destroyed');
  }

  /** For effects that nobody waits for, and that are void when the page goes. */
  #do(effect: (page: CdpSession) => Promise<unknown>): void {
    this.page.then(({ session }) => effect(session)).catch(ignoreGone);
  }

  async #open(preferences: WebPreferences): Promise<PageLink> {
    const { chromium } = this.#host;
    const { connection, version } = chromium();
    const link = await PageLink.open(connection, {
      ...this.#size,
      preload: preferences.preload,
      process: preloadProcess(preferences, version),
      receive: (message, reply) => this.#receive(message, reply),
    });
    this.#watch(link);
    await Promise.all([
      emulateSize(link.session, this.#size, this.getZoomFactor()),
      emulateTheme(link.session, this.#host.nativeTheme.themeSource),
      emulateFocus(link.session),
    ]);
    this.#link = link;
    return link;
  }

  #watch({ session, targetId }: PageLink): void {
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === targetId) this.#url = this.#toAppUrl(frame.url + (frame.urlFragment ?? ''));
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === targetId) this.#url = this.#toAppUrl(url);
    });
    session.on('Page.loadEventFired', () => {
      // The empty page that a target starts with is none of the app's.
      if (this.#url !== '') this.emit('did-finish-load');
    });
    session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (disposition !== 'currentTab') this.#openWindow(url);
      else if (frameId === targetId)
        this.#forbiddenUrl = this.#ask('will-navigate', url) ? undefined : withoutHash(url);
    });
    session.on('Page.windowOpen', ({ url }) => this.#openWindow(url));
    session.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', cancellable(), { reason: 'crashed', exitCode: 1 });
    });
  }

  #toAppUrl(url: string): string {
    return this.#host.schemes.toAppUrl(url);
  }

  #ask(event: 'will-navigate' | 'will-redirect', pageUrl: string): boolean {
    const url = this.#toAppUrl(pageUrl);
    const details = cancellable({ url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame });
    this.emit(event, details, url, false, true);
    return !details.defaultPrevented;
  }

  /** Asks the app for its own sake only: Chromium has refused the window already. */
  #openWindow(url: string): void {
    const answer = this.#windowOpenHandler?.({ url: this.#toAppUrl(url) });
    if (answer?.action !== 'deny') throw new Error('stand-in: a window opened by a page is not implemented');
  }

  #receive(message: ToMain, reply: Reply): void {
    const { ipcMain, pressKey } = this.#host;
    const event = { sender: this, senderFrame: this.mainFrame };
    switch (message.kind) {
      case 'invoke':
        return void ipcMain.call(event, message, reply);
      case 'send':
        return ipcMain.hear(event, message);
      case 'key':
        return pressKey(message.press);
      case 'preload-error':
        console.error('Unable to load preload script:', message.stack);
    }
  }
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/, '');
}
