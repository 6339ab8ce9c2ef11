import { App } from './app.ts';
import { BrowserWindow, type BrowserWindowOptions } from './browser-window.ts';
import { startChromium, type Chromium } from './chromium.ts';
import { dialog, powerMonitor, shell } from './desktop.ts';
import { refuseUnknown } from './emitter.ts';
import { IpcMain } from './ipc-main.ts';
import type { Launch } from './launch.ts';
import { buildMenu, type Menu, type MenuItemOptions } from './menu.ts';
import { NativeTheme } from './native-theme.ts';
import { watchRequests, type MayNavigate } from './requests.ts';
import { createSafeStorage } from './safe-storage.ts';
import { Schemes, type SchemeHandler } from './schemes.ts';
import { screen } from './screen.ts';
import { Session } from './session.ts';
import { utilityProcess } from './utility-process.ts';
import type { WebContents } from './web-contents.ts';
import { WindowList, type WindowHost } from './window-host.ts';

/** Makes Electron's parts: `electron` is what the app imports, `start` makes it ready. */
export function createRuntime(launch: Launch) {
  let chromium: Chromium | undefined;
  let applicationMenu: Menu | null = null;
  const windows = new WindowList();
  const app = new App({
    ...launch,
    closeWindows: () => closeAll(windows),
    destroyWindows: () => windows.all.forEach((window) => window.destroy()),
    stop: async () => chromium?.stop(),
  });
  const host: WindowHost = {
    app,
    windows,
    ipcMain: refuseUnknown('ipcMain', new IpcMain()),
    nativeTheme: new NativeTheme(),
    schemes: new Schemes(),
    session: new Session(),
    pressKey: (press) => applicationMenu?.press(press),
    chromium: () => {
      if (!chromium) throw new Error('Cannot create BrowserWindow before app is ready');
      return chromium;
    },
  };
  host.nativeTheme.on('updated', () => windows.all.forEach(({ webContents }) => webContents.applyTheme()));
  const menuModule = refuseUnknown('Menu', {
    buildFromTemplate: (template: readonly MenuItemOptions[]) => buildMenu(host, template),
    getApplicationMenu: () => applicationMenu,
    setApplicationMenu: (menu: Menu | null) => {
      applicationMenu = menu;
    },
  });

  async function start(): Promise<void> {
    if (app.isEnding) return;
    const sessionData = app.getPath('sessionData');
    chromium = await startChromium({ sessionData, switches: [...launch.switches, ...app.commandLine.all] });
    await follow(chromium, host);
    app.becomeReady();
  }

  return { start, app, electron: { ...modulesOf(host), app, Menu: menuModule } };
}

function modulesOf(host: WindowHost) {
  const { windows, schemes } = host;
  return {
    BrowserWindow: windowClass(host),
    clipboard: clipboardOf(windows),
    dialog,
    ipcMain: host.ipcMain,
    nativeTheme: host.nativeTheme,
    powerMonitor,
    protocol: refuseUnknown('protocol', {
      registerSchemesAsPrivileged: (list: readonly { scheme: string }[]) =>
        list.forEach(({ scheme }) => schemes.register(scheme)),
      handle: (scheme: string, handler: SchemeHandler) => schemes.handle(scheme, handler),
    }),
    safeStorage: createSafeStorage(() => host.app.getPath('userData'), process.env),
    screen,
    session: refuseUnknown('session', { defaultSession: host.session }),
    shell,
    utilityProcess,
    webContents: refuseUnknown('webContents', {
      getAllWebContents: () => windows.all.map((window) => window.webContents),
      fromDevToolsTargetId: (id: string) =>
        windows.all.find((window) => window.webContents.targetId === id)?.webContents,
    }),
  };
}

/** `BrowserWindow` as the app knows it: a class that needs nothing but the options. */
function windowClass(host: WindowHost) {
  const { windows } = host;
  return class extends BrowserWindow {
    constructor(options?: BrowserWindowOptions) {
      super(host, options);
    }

    static getAllWindows(): BrowserWindow[] {
      return [...windows.all];
    }

    static getFocusedWindow(): BrowserWindow | null {
      return windows.focused;
    }

    static fromWebContents(contents: WebContents): BrowserWindow | null {
      return windows.all.find((window) => window.webContents === contents) ?? null;
    }
  };
}

/** The browser's own clipboard, which only a page can reach. */
function clipboardOf(windows: WindowList) {
  const run = (code: string) => {
    if (!windows.focused) throw new Error('stand-in: the clipboard without a window is not implemented');
    return windows.focused.webContents.executeJavaScript(code);
  };
  return refuseUnknown('clipboard', {
    readText: () => run('navigator.clipboard.readText()'),
    writeText: (text: string) => run(`navigator.clipboard.writeText(${JSON.stringify(text)})`),
  });
}

/** False as soon as a window stays open. */
async function closeAll(windows: WindowList): Promise<boolean> {
  for (const window of windows.all) {
    if (!window.requestClose()) return false;
    await window.whenClosed;
  }
  return true;
}

async function follow({ connection: { browser }, gone }: Chromium, host: WindowHost): Promise<void> {
  const { app, windows, schemes } = host;
  const windowOf = (id: string) => windows.all.find((window) => window.webContents.targetId === id);
  browser.on('Target.targetDestroyed', ({ targetId }) => windowOf(targetId)?.markDestroyed());
  void (async () => {
    await gone;
    for (const window of windows.all) window.markDestroyed();
    app.quit();
  })();

  await browser.send('Target.setDiscoverTargets', { discover: true });
  const mayNavigate: MayNavigate = (frameId, url, isRedirect) =>
    windowOf(frameId)?.webContents.mayNavigate(url, isRedirect) ?? false;
  await watchRequests(browser, schemes, mayNavigate);
}
