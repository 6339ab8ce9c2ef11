import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { circumstanceOf } from './archive-write-error.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import { SqliteArchive } from './sqlite-archive.ts';
import type { Archive, OpenedArchive } from './types.ts';

/** Every tab waits as long when another process, as a backup, holds the file. */
const BUSY_TIMEOUT_MS = 1_000;

/**
 * A file up to this size is checked whole when it opens, about 0.5 ms a megabyte; of a larger one the tables that the start
 * needs are. Damage elsewhere shows when its rows are read.
 */
const WHOLE_CHECK_BYTES = 128_000_000;
const TABLES_OF_THE_START = ['session', 'session_config', 'app_state'] as const;

/**
 * Opens the archive, or starts one. What is damaged is set aside whole and a fresh one started; what a later version wrote is
 * left untouched. Throws an error for a person when neither the file nor its folder can be used, or another process holds it.
 */
export function openArchive(path: string, migrations: readonly string[] = allMigrations): OpenedArchive {
  explaining(path, () => makePrivateFile(path));
  let reason: string;
  try {
    const supported = migrations.length;
    const version = inspect(path, supported);
    if (version > supported) return { status: 'too-new', version, supported };
    return { status: 'ready', archive: start(path, migrations) };
  } catch (error) {
    reason = explainDamage(path, error);
  }
  const asidePath = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  return explaining(path, () => {
    setAside(path, asidePath);
    makePrivateFile(path);
    return { status: 'set-aside', archive: start(path, migrations), asidePath, reason };
  });
}

class DamagedError extends Error {}

/** Reads the version and looks for damage in one that is supported, by a connection that cannot change the file. */
function inspect(path: string, supported: number): number {
  using resources = new DisposableStack();
  const options = { readonly: true, timeout: BUSY_TIMEOUT_MS };
  const database = resources.adopt(new Database(path, options), (database) => database.close());
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version > supported) return version;
  const isSmall = statSync(path).size <= WHOLE_CHECK_BYTES;
  const checks = isSmall ? ['quick_check(1)'] : TABLES_OF_THE_START.map((table) => `quick_check(${table})`);
  for (const check of checks) {
    const result = database.pragma(check, { simple: true });
    if (result !== 'ok') throw new DamagedError(String(result));
  }
  return version;
}

function start(path: string, migrations: readonly string[]): Archive {
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    // On macOS a plain fsync leaves the bytes in the drive's own cache; elsewhere this does nothing.
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    migrate(database, migrations);
    return new SqliteArchive(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Database.Database, migrations: readonly string[]): void {
  const version = database.pragma('user_version', { simple: true }) as number;
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    database
      .transaction(() => {
        database.exec(migration);
        database.pragma(`user_version = ${index + 1}`);
      })
      .exclusive();
  }
}

/** Its -wal and -shm get the same permissions from SQLite. A folder that is there already keeps its own. */
function makePrivateFile(path: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  accessSync(folder, constants.W_OK | constants.X_OK);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw new Error('there is something else in its place');
  if (found) {
    accessSync(path, constants.R_OK | constants.W_OK);
    chmodSync(path, 0o600);
  } else closeSync(openSync(path, 'wx', 0o600));
}

/** The file goes last: without its -wal it would lack the newest writes, so the next start must still find it in place. */
function setAside(path: string, asidePath: string): void {
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, asidePath + suffix);
  }
}

/** Says what is damaged; throws when the file may be sound and only cannot be used now. */
function explainDamage(path: string, error: unknown): string {
  if (error instanceof DamagedError) return `SQLite says: ${error.message}`;
  if (!(error instanceof Database.SqliteError)) throw error;
  const circumstance = circumstanceOf(error);
  if (circumstance) throw cannotOpen(path, circumstance, error);
  return error.code === 'SQLITE_NOTADB' ? 'It is not a SQLite file.' : `SQLite says: ${error.message}.`;
}

function explaining<Value>(path: string, action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    const circumstance = error instanceof Database.SqliteError && circumstanceOf(error);
    throw cannotOpen(path, circumstance || (error as Error).message, error);
  }
}

function cannotOpen(path: string, reason: string, cause: unknown): Error {
  return new Error(
    `The archive ${path} cannot be opened: ${reason}. Mend that, or set CARREL_HOME to another folder.`,
    { cause },
  );
}
