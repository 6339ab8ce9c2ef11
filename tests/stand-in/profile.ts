import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'carrel-stand-in-';
const OWNER = new RegExp(`^${PREFIX}(\\d+)-`);

/**
 * A new profile folder for Chromium, named after this process. Only the page's localStorage outlives it: it is kept in
 * `sessionData`, as Electron does. Profiles of processes that were killed are removed on the way.
 */
export function createProfile(sessionData: string): string {
  removeStaleProfiles();
  const profile = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const kept = join(sessionData, 'Local Storage');
  mkdirSync(kept, { recursive: true });
  mkdirSync(join(profile, 'Default'));
  symlinkSync(kept, join(profile, 'Default', 'Local Storage'));
  return profile;
}

/** Chromium may still write while it is ended. */
export function removeProfile(profile: string): void {
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
}

function removeStaleProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = OWNER.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      removeProfile(join(tmpdir(), name));
    } catch {
      // Its Chromium is still ending; the next start removes it.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
