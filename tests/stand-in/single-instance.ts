import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What a second start tells the first. */
export type SecondStart = { argv: string[]; cwd: string; additionalData: unknown };

/** The name of a second start's message, which it leaves in the folder. */
const MESSAGE = /^second-start-\d+\.json$/;

/**
 * One process a `userData` folder. The lock is one on a file, taken by SQLite: it can be taken synchronously, as Electron's
 * interface wants it, and the system frees it however the process ends.
 */
export class SingleInstance {
  #lock: DatabaseSync | undefined;

  /** False if another process has the folder; that one is told of this start. */
  acquire(userData: string, additionalData: unknown, onSecondStart: (start: SecondStart) => void): boolean {
    if (this.#lock) return true;
    mkdirSync(userData, { recursive: true });
    const lock = new DatabaseSync(join(userData, 'SingletonLock'), { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch {
      lock.close();
      tell(userData, { argv: process.argv, cwd: process.cwd(), additionalData });
      return false;
    }
    this.#lock = lock;
    listen(userData, onSecondStart);
    return true;
  }
}

/** Renamed when it is whole, so that half of it is never read. */
function tell(userData: string, start: SecondStart): void {
  const file = join(userData, `second-start-${process.pid}.json`);
  writeFileSync(`${file}.part`, JSON.stringify(start));
  renameSync(`${file}.part`, file);
}

function listen(userData: string, onSecondStart: (start: SecondStart) => void): void {
  const watcher = watch(userData, (_, name) => {
    const file = join(userData, name ?? '');
    // A change is told more than once, and its removal too.
    if (!MESSAGE.test(name ?? '') || !existsSync(file)) return;
    const start = JSON.parse(readFileSync(file, 'utf8')) as SecondStart;
    rmSync(file);
    onSecondStart(start);
  });
  // The folder may be removed under a running app.
  watcher.on('error', () => watcher.close()).unref();
}
