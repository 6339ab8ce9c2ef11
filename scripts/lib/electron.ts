import { globSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../../tests/stand-in/electron.ts';
import { captureChild } from './child.mjs';
import { MODULES_FOLDER, NODE, say } from './project.mjs';

const INSTALLER = join(MODULES_FOLDER, 'electron/install.js');
const DOWNLOAD_FOLDER = join(MODULES_FOLDER, '.carrel-electron-download');
const FAILURE_FILE = join(MODULES_FOLDER, '.carrel-electron-failed');

/** A download that grows by nothing for this long is given up. */
const STALL_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
/** A failed download is not tried again for this long, so that the next start is quick. */
const RETRY_AFTER_MS = 24 * 60 * 60 * 1_000;

export type ElectronBinary =
  | { readonly path: string }
  | { readonly path: undefined; /** A clause for a person. */ readonly reason: string };

/** Finds Electron's binary, downloading it where it is missing, once a day at most. `CARREL_NO_DOWNLOAD=1` only looks. */
export async function ensureElectron(): Promise<ElectronBinary> {
  const found = findBinary();
  if (found) return { path: found };
  if (process.env['CARREL_NO_DOWNLOAD'] === '1') {
    return { path: undefined, reason: 'Electron is not installed and CARREL_NO_DOWNLOAD is set' };
  }
  const failedAt = statSync(FAILURE_FILE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failedAt < RETRY_AFTER_MS) {
    const reason = `Electron could not be downloaded at ${new Date(failedAt).toLocaleString()} (to try again now: node ${INSTALLER})`;
    return { path: undefined, reason };
  }
  const problem = await download();
  const downloaded = findBinary();
  if (downloaded) return { path: downloaded };
  writeFileSync(FAILURE_FILE, problem ?? '');
  return {
    path: undefined,
    reason: `Electron could not be downloaded (${problem ?? 'the download is not whole'})`,
  };
}

function findBinary(): string | undefined {
  const { isReal, executablePath } = findElectron();
  return isReal ? executablePath : undefined;
}

/** Runs Electron's own installer. Returns what went wrong. */
async function download(): Promise<string | undefined> {
  say('Downloading Electron (about 120 MB, once) …');
  mkdirSync(DOWNLOAD_FOLDER, { recursive: true });
  // It downloads into the folder for temporary files: one of our own shows how far it is.
  const env = { ...process.env, TMPDIR: DOWNLOAD_FOLDER };
  const stalled = new AbortController();
  const watch = watchGrowth(() => stalled.abort());
  try {
    const options = { env, signal: stalled.signal, killSignal: 'SIGKILL' } as const;
    const { exitCode, output } = await captureChild(NODE, [INSTALLER], options);
    if (exitCode === 0) return undefined;
    return /^\w*Error: (.*)$/m.exec(output)?.[1] ?? `the installer ended with ${exitCode}`;
  } catch (error) {
    if (stalled.signal.aborted) return `nothing came for ${STALL_MS / 1_000} seconds`;
    throw error;
  } finally {
    clearInterval(watch);
    rmSync(DOWNLOAD_FOLDER, { recursive: true, force: true });
  }
}

function watchGrowth(onStall: () => void): NodeJS.Timeout {
  let bytes = 0;
  let grewAt = Date.now();
  return setInterval(() => {
    const now = globSync('**/*', { cwd: DOWNLOAD_FOLDER })
      .map((name) => statSync(join(DOWNLOAD_FOLDER, name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0);
    if (now > bytes) {
      if (Math.floor(now / 2e7) > Math.floor(bytes / 2e7)) say(`… ${Math.round(now / 1e6)} MB`);
      [bytes, grewAt] = [now, Date.now()];
    } else if (Date.now() - grewAt > STALL_MS) onStall();
  }, LOOK_EVERY_MS);
}
