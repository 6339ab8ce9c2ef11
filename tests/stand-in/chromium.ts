import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { CdpConnection } from './cdp.ts';
import { createProfile, removeProfile } from './profile.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-breakpad',
  '--disable-dev-shm-usage',
  '--password-store=basic',
  '--use-mock-keychain',
  // A window that is not in front must run at full speed, as tests look at several.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--remote-debugging-pipe',
];

/** Of Chromium's orderly end, before it is killed. */
const STOP_TIMEOUT_MS = 3000;

export type Chromium = {
  readonly connection: CdpConnection;
  readonly version: string;
  /** Resolves when its process has gone, whoever ended it. */
  readonly gone: Promise<void>;
  /** Ends it in order, so that what it stores is on disk. */
  readonly stop: () => Promise<void>;
};

/** Starts Chromium without a window. It ends with this process, however that ends: its pipe is then closed. */
export async function startChromium(options: {
  readonly sessionData: string;
  readonly switches: readonly string[];
}): Promise<Chromium> {
  const profile = createProfile(options.sessionData);
  const command = await findChromium();
  const child = spawn(
    command,
    [
      ...FLAGS,
      ...(process.env['STAND_IN_HEADED'] === '1' ? [] : ['--headless']),
      `--user-data-dir=${profile}`,
      ...options.switches,
    ],
    // A group of its own: the distribution's command may be a script around the browser.
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], detached: true },
  );
  const complaints = forwardEndpoint(child);
  const [, , , commands, messages] = child.stdio;
  const connection = new CdpConnection(commands as Writable, messages as Readable);
  const killAtExit = () => {
    killGroup(child);
    removeProfile(profile);
  };
  process.once('exit', killAtExit);
  const gone = (async () => {
    await ended(child);
    connection.close();
    process.removeListener('exit', killAtExit);
    killAtExit();
  })();
  const stop = async () => {
    const timer = setTimeout(killGroup, STOP_TIMEOUT_MS, child);
    connection.browser.send('Browser.close').catch(() => killGroup(child));
    await gone;
    clearTimeout(timer);
  };
  const { product } = await connection.browser.send('Browser.getVersion').catch((error: unknown) => {
    throw new Error(`stand-in: ${command} did not start. ${complaints.join('\n')}`, { cause: error });
  });
  return { connection, version: product.replace(/^.*\//, ''), gone, stop };
}

async function findChromium(): Promise<string> {
  const chosen = process.env['CARREL_CHROMIUM'];
  if (chosen) return chosen;
  if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
}

async function ended(child: ChildProcess): Promise<void> {
  try {
    await once(child, 'exit');
  } catch {
    // It could not be started at all.
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Playwright waits for Chromium's line with the address. The rest is noise, told only when Chromium cannot start. */
function forwardEndpoint(child: ChildProcess): readonly string[] {
  const complaints: string[] = [];
  createInterface({ input: child.stderr as Readable }).on('line', (line) => {
    if (line.startsWith('DevTools listening on')) process.stderr.write(`${line}\n`);
    else if (complaints.push(line) > 20) complaints.shift();
  });
  return complaints;
}
