import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

/** What a second start tells the first. */
export type SecondStart = { argv: string[]; cwd: string; additionalData: unknown };

/** The first may hold the lock but not listen yet. */
const TELL_ATTEMPTS = 40;
const TELL_RETRY_MS = 50;

/**
 * One process a `userData` folder. The lock is one on a file, taken by SQLite: it can be taken synchronously, as Electron's
 * interface wants it, and the system frees it however the process ends.
 */
export class SingleInstance {
  /** Resolves when the first process has heard of this one. */
  told = Promise.resolve();
  #lock: DatabaseSync | undefined;

  /** False if another process has the folder; that one is told of this start. */
  acquire(userData: string, additionalData: unknown, onSecondStart: (start: SecondStart) => void): boolean {
    if (this.#lock) return true;
    mkdirSync(userData, { recursive: true });
    // Kept short, as a socket's path may have about a hundred bytes only.
    const name = createHash('sha256').update(userData).digest('hex').slice(0, 16);
    const socket = join(tmpdir(), `carrel-single-instance-${name}`);
    const lock = new DatabaseSync(join(userData, 'SingletonLock'), { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch {
      lock.close();
      this.told = tell(socket, { argv: process.argv, cwd: process.cwd(), additionalData });
      return false;
    }
    this.#lock = lock;
    listen(socket, onSecondStart);
    return true;
  }
}

function listen(socket: string, onSecondStart: (start: SecondStart) => void): void {
  rmSync(socket, { force: true });
  const server = createServer((connection) => {
    void text(connection).then((message) => onSecondStart(JSON.parse(message) as SecondStart));
  });
  server.listen(socket).unref();
  process.once('exit', () => rmSync(socket, { force: true }));
}

async function tell(socket: string, start: SecondStart): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write(socket, JSON.stringify(start));
      return;
    } catch (error) {
      if (attempt === TELL_ATTEMPTS) throw error;
      await delay(TELL_RETRY_MS);
    }
  }
}

function write(socket: string, message: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const connection = createConnection(socket, () => connection.end(message));
  connection
    .once('error', reject)
    .once('close', () => resolve())
    .resume();
  return promise;
}
