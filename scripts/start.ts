import { ensureBuilt } from './lib/build.ts';
import { runChild } from './lib/child.mjs';
import { ensureElectron } from './lib/electron.ts';
import { main, PROJECT_FOLDER, say } from './lib/project.mjs';
import { userEnvironment } from './lib/user-environment.ts';
import { runWebHostForAPerson } from './lib/web-host.ts';

const isLinux = process.platform === 'linux';

async function start(args: readonly string[]): Promise<number> {
  await ensureBuilt();
  if (isLinux && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return await serveInstead('There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)');
  }
  const electron = await ensureElectron();
  if (electron.path === undefined) return await serveInstead(electron.reason);
  const isRoot = isLinux && process.getuid?.() === 0;
  if (isRoot) say("As root, Chromium's sandbox is off: a flaw in the window would have root's powers.");
  const env = userEnvironment(process.env, PROJECT_FOLDER);
  const exitCode = await runChild(
    electron.path,
    [...(isRoot ? ['--no-sandbox'] : []), PROJECT_FOLDER, ...args],
    { env },
  );
  if (exitCode !== 0)
    say(`Electron ended with code ${exitCode}. "npm run web" serves Carrel to a browser instead.`);
  return exitCode;
}

function serveInstead(reason: string): Promise<number> {
  say(`${reason}, so Carrel is served to a browser instead of a window of its own.`);
  return runWebHostForAPerson();
}

await main(start);
