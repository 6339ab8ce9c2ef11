import { join } from 'node:path';
import { _electron as electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { findElectron } from '../../stand-in/electron.ts';
import type { TemporaryHome } from './home.ts';
import { killHard, type RunningHost } from './host.ts';

export const PROJECT_FOLDER = join(import.meta.dirname, '../../..');

export function desktopCommand(): { executablePath: string; args: string[] } {
  // Chromium's sandbox does not work for root.
  const isRoot = process.getuid?.() === 0;
  return {
    executablePath: findElectron().executablePath,
    args: [...(isRoot ? ['--no-sandbox'] : []), PROJECT_FOLDER],
  };
}

/** Starts the built desktop app, in Electron or its stand-in. */
export async function startDesktop(
  home: TemporaryHome,
  environment: NodeJS.ProcessEnv,
): Promise<RunningHost> {
  const app = await electron.launch({
    ...desktopCommand(),
    cwd: home.userFolder,
    env: home.environment(environment),
    timeout: 30_000,
  });
  const child = app.process();
  await using resources = new AsyncDisposableStack();
  resources.defer(() => killHard(child));
  const page = await mainPage(app);
  resources.move();
  return {
    page,
    pages: () => app.windows(),
    app,
    pid: child.pid ?? Number.NaN,
    resize: async (resized, size) => {
      const window = await app.browserWindow(resized);
      await window.evaluate((window, size) => window.setBounds(size), size);
    },
    quit: () => app.close(),
    kill: () => killHard(child),
  };
}

/** Of the main window, or of another where that has no tabs. */
async function mainPage(app: ElectronApplication): Promise<Page> {
  const first = await app.firstWindow();
  const count = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect
    .poll(() => app.windows().map((page) => page.url()))
    .toEqual(Array.from({ length: count }, () => expect.stringContaining('/index.html')));
  return app.windows().find((page) => !page.url().includes('?window=')) ?? first;
}
