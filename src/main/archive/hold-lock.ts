import Database from 'better-sqlite3';

/**
 * Holds a file for this process: undefined when another process has it. It is an empty database under an exclusive
 * transaction, because the system lets such a lock go when its process dies, however it dies: no stale lock is left behind.
 */
export function holdLock(path: string): Disposable | undefined {
  const database = new Database(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
  return { [Symbol.dispose]: () => void database.close() };
}
