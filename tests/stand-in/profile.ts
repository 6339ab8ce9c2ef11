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

/** Where a Chromium that is ending still writes, a later start tries again. */
export function removeProfile(profile: string): void {
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  } catch {
    // As above.
  }
}

function removeStaleProfiles(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = OWNER.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) removeProfile(join(tmpdir(), name));
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
