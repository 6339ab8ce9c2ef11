import Database from 'better-sqlite3';

/** What keeps SQLite from its work though the file itself is sound, by the beginning of its error code. */
const CIRCUMSTANCES = [
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_READONLY', 'the file or its folder is read-only'],
  ['SQLITE_BUSY', 'another process holds it'],
  ['SQLITE_LOCKED', 'another process holds it'],
  ['SQLITE_IOERR', 'the disk refused to read or write'],
  ['SQLITE_CANTOPEN', 'the file or its folder may not be opened'],
  ['SQLITE_NOMEM', 'the memory is full'],
] as const;

/** Says in words what stands in the way; undefined when the file or the statement is at fault. */
export function circumstanceOf(error: InstanceType<typeof Database.SqliteError>): string | undefined {
  return CIRCUMSTANCES.find(([code]) => error.code.startsWith(code))?.[1];
}

/** A write that was not made: nothing of it is in the archive. The message is for a person. */
export class ArchiveWriteError extends Error {
  override readonly name = 'ArchiveWriteError';
}

/** Runs a write; what SQLite refuses becomes an `ArchiveWriteError`. */
export function writing<Value>(write: () => Value): Value {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    const reason = circumstanceOf(error) ?? `SQLite says: ${error.message}`;
    throw new ArchiveWriteError(`The archive could not be written: ${reason}.`, { cause: error });
  }
}
