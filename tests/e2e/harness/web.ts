import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Browser, BrowserContextOptions } from '@playwright/test';
import { PROJECT_FOLDER } from './desktop.ts';
import type { TemporaryHome } from './home.ts';
import { ended, killHard, type StartHost } from './host.ts';

/** Starts the built web host and opens its address in a browser context of its own. */
export function webStarter(browser: Browser, options: BrowserContextOptions = {}): StartHost {
  return async (home, environment) => {
    const child = spawnWebHost(home, { environment, args: ['--port', '0'] });
    await using resources = new AsyncDisposableStack();
    resources.defer(() => killHard(child));
    const url = await readUrl(child);
    const context = await browser.newContext(options);
    resources.defer(() => context.close());
    const page = await context.newPage();
    await page.goto(url);
    const everything = resources.move();
    return {
      page,
      pages: () => context.pages(),
      pid: child.pid ?? Number.NaN,
      resize: (resized, size) => resized.setViewportSize(size),
      async quit() {
        child.kill('SIGTERM');
        await ended(child);
        await everything.disposeAsync();
      },
      kill: () => everything.disposeAsync(),
    };
  };
}

/** Starts the built web host without a page. */
export function spawnWebHost(
  home: TemporaryHome,
  { environment = {}, args }: { environment?: NodeJS.ProcessEnv; args: readonly string[] },
): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [join(PROJECT_FOLDER, 'out/main/web.js'), ...args], {
    cwd: home.userFolder,
    env: home.environment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function readUrl({ stdout, stderr }: { stdout: Readable; stderr: Readable }): Promise<string> {
  for await (const line of createInterface({ input: stdout }))
    return (JSON.parse(line) as { url: string }).url;
  throw new Error(`The web host ended before it was ready. ${await text(stderr)}`);
}
