import type { BrowserWindow } from 'electron';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHome, launchFixture, type Fixture } from './fixture/launch.ts';

const home = createHome();
let fixture: Fixture;

beforeAll(async () => {
  fixture = await launchFixture(home.path);
});

beforeEach(() => fixture.forgetSeen());

afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

/** Evaluates in the app, with its window. */
async function inWindow<T>(use: (window: BrowserWindow) => T | Promise<T>): Promise<T> {
  const window = await fixture.app.browserWindow(fixture.page);
  return window.evaluate(use);
}

describe('the window', () => {
  it('runs a menu item by its keys, unless the page used them', async () => {
    await fixture.page.keyboard.press('Control+Shift+K');
    await fixture.page.keyboard.press('Control+Shift+F');
    await expect.poll(() => fixture.seen('menu')).toEqual([['menu', 'find']]);
    await fixture.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('taken')?.click());
    expect(await fixture.seen('menu')).toEqual([
      ['menu', 'find'],
      ['menu', 'taken'],
    ]);
  });

  it('zooms as a browser does, by role and by call', async () => {
    const zoom = () => fixture.inPage('[innerWidth, Math.round(devicePixelRatio * 1000)]');
    await fixture.page.keyboard.press('Control+Shift++');
    await expect.poll(zoom).toEqual([Math.round(900 / Math.sqrt(1.2)), 1095]);
    await fixture.page.keyboard.press('Control+0');
    await expect.poll(zoom).toEqual([900, 1000]);
    await inWindow(({ webContents }) => webContents.setZoomFactor(2));
    await expect.poll(zoom).toEqual([450, 2000]);
    await inWindow(({ webContents }) => webContents.setZoomLevel(0));
    await expect.poll(zoom).toEqual([900, 1000]);
  });

  it('shows the page in the theme that the app chose', async () => {
    const isDark = () => fixture.inPage("matchMedia('(prefers-color-scheme: dark)').matches");
    const choose = (source: 'dark' | 'system') =>
      fixture.app.evaluate(({ nativeTheme }, source) => {
        nativeTheme.themeSource = source;
        return nativeTheme.shouldUseDarkColors;
      }, source);
    expect(await isDark()).toBe(false);
    expect(await choose('dark')).toBe(true);
    await expect.poll(isDark).toBe(true);
    expect(await choose('system')).toBe(false);
    await expect.poll(isDark).toBe(false);
  });

  it('keeps its normal bounds while it is maximised, and its least size always', async () => {
    const size = () => fixture.inPage('[innerWidth, innerHeight]');
    await inWindow((window) => window.maximize());
    await expect.poll(size).toEqual([1920, 1080]);
    expect(await inWindow((window) => [window.isMaximized(), window.getNormalBounds().width])).toEqual([
      true,
      900,
    ]);
    await inWindow((window) => window.unmaximize());
    await inWindow((window) => window.setBounds({ x: 5, width: 10, height: 640 }));
    await expect.poll(size).toEqual([400, 640]);
    await inWindow((window) => window.setBounds({ x: 0, width: 900, height: 700 }));
    await expect.poll(size).toEqual([900, 700]);
  });

  it('presses keys and pastes on behalf of the app', async () => {
    await inWindow(({ webContents }) => {
      webContents.sendInputEvent({ type: 'keyDown', keyCode: 'T', modifiers: ['control', 'shift'] });
      webContents.sendInputEvent({ type: 'keyUp', keyCode: 'T', modifiers: ['control', 'shift'] });
    });
    await expect.poll(() => fixture.inPage('lastKey')).toBe('Control+Shift+T');
    await fixture.inPage("navigator.clipboard.writeText('copied in the page')");
    expect(await fixture.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied in the page');
    await fixture.page.focus('textarea');
    await fixture.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('paste')?.click());
    await expect.poll(() => fixture.page.inputValue('textarea')).toBe('copied in the page');
  });

  it('can be pictured and asked', async () => {
    const [isEmpty, title] = await inWindow(async ({ webContents }) => {
      const picture = await webContents.capturePage();
      return [picture.isEmpty(), await webContents.executeJavaScript('Promise.resolve(document.title)')];
    });
    expect([isEmpty, title]).toEqual([false, 'Fixture']);
  });

  it('takes the focus when it is shown or another goes, and not before', async () => {
    const seen = await fixture.app.evaluate(async ({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      if (!first) throw new Error('There is a first window');
      const second = new BrowserWindow({ show: false });
      const seen: string[] = [];
      const look = (what: string) =>
        seen.push(`${what}: ${BrowserWindow.getFocusedWindow() === first ? 'first' : 'second'}`);
      first.on('focus', () => look('first has it'));
      first.on('blur', () => look('first lost it'));
      look('made');
      second.showInactive();
      look('shown behind');
      second.show();
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      second.once('closed', resolve);
      second.close();
      await closed;
      first.removeAllListeners('focus').removeAllListeners('blur');
      return seen;
    });
    expect(seen).toEqual([
      'made: first',
      'shown behind: first',
      'first lost it: second',
      'first has it: first',
    ]);
  });

  it('is known to Playwright as the page’s', async () => {
    const window = await fixture.app.browserWindow(fixture.page);
    expect(await window.evaluate((window) => [window.isDestroyed(), window.getBounds().width])).toEqual([
      false,
      900,
    ]);
  });
});

describe('the rest of Electron', () => {
  it('is refused by name', async () => {
    const errors = await fixture.app.evaluate(({ app, BrowserWindow, dialog }) => {
      const attempts: (() => unknown)[] = [
        () => app.relaunch(),
        () => app.on('gpu-info-update', () => undefined),
        () => dialog.showSaveDialog({}),
        () => new BrowserWindow({ frame: false }),
        () => new BrowserWindow({ webPreferences: { sandbox: false } }),
        () => BrowserWindow.getAllWindows()[0]?.webContents.print(),
      ];
      return attempts.map((attempt) => {
        try {
          return String(attempt());
        } catch (error) {
          return (error as Error).message;
        }
      });
    });
    expect(errors).toEqual([
      'stand-in: app.relaunch is not implemented',
      "stand-in: the event 'gpu-info-update' of app is not implemented",
      'stand-in: dialog.showSaveDialog is not implemented',
      "stand-in: the window option 'frame' is not implemented",
      'stand-in: webPreferences.sandbox = false is not implemented',
      'stand-in: webContents.print is not implemented',
    ]);
  });

  it('records what the app opens, and lets tests answer its questions', async () => {
    const answer = await fixture.app.evaluate(async ({ shell, dialog, safeStorage }) => {
      await shell.openExternal('https://example.com/');
      const { response: cancelled } = await dialog.showMessageBox({ message: 'Sure?', cancelId: 1 });
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: true });
      const { response: answered } = await dialog.showMessageBox({ message: 'Sure?', cancelId: 1 });
      const secret = safeStorage.encryptString('key');
      const { opened } = shell as unknown as { opened: string[] };
      return [opened, cancelled, answered, secret.includes('key'), safeStorage.decryptString(secret)];
    });
    expect(answer).toEqual([['https://example.com/'], 1, 0, false, 'key']);
  });
});
