import { join } from 'node:path';
import { _electron as electron } from '@playwright/test';
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
  const page = await app.firstWindow();
  resources.move();
  return {
    page,
    app,
    pid: child.pid ?? Number.NaN,
    resize: (size) =>
      app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setBounds(size), size),
    quit: () => app.close(),
    kill: () => killHard(child),
  };
}
