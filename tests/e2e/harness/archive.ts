import Database from 'better-sqlite3';
import type { TemporaryHome } from './home.ts';

export type SessionRow = {
  readonly id: string;
  readonly title: string;
  readonly position: number;
  readonly cwd: string;
  readonly draft: string;
  readonly closed_at: number | null;
};

export type MessageRow = {
  readonly id: string;
  readonly sequence: number;
  readonly role: string;
  readonly parts: string;
  readonly provider: string;
  readonly model: string;
  readonly mode: string;
  readonly status: string;
};

/** Reads the rows that Carrel wrote, each time anew and without writing. */
export class ArchiveReader {
  readonly #path: string;

  constructor(home: TemporaryHome) {
    this.#path = home.archive;
  }

  rows<Row>(query: string, ...parameters: string[]): Row[] {
    const database = new Database(this.#path, { readonly: true });
    try {
      return database.prepare(query).all(...parameters) as Row[];
    } finally {
      database.close();
    }
  }

  openSessions(): SessionRow[] {
    return this.rows<SessionRow>('SELECT * FROM session WHERE closed_at IS NULL ORDER BY position');
  }

  /** The overrides of a session, by key. */
  config(sessionId: string): Record<string, string> {
    const rows = this.rows<{ key: string; value: string }>(
      'SELECT key, value FROM session_config WHERE session_id = ?',
      sessionId,
    );
    return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  }

  messages(sessionId: string): MessageRow[] {
    return this.rows<MessageRow>('SELECT * FROM message WHERE session_id = ? ORDER BY sequence', sessionId);
  }
}

/** Changes the file behind Carrel's back. */
export function changeArchive(home: TemporaryHome, change: (database: Database.Database) => void): void {
  const database = new Database(home.archive, { timeout: 10_000 });
  try {
    change(database);
  } finally {
    database.close();
  }
}

/**
 * From now on a write of a choice fails after it has reached the disk, and putting the old one back fails as well, until it is
 * mended.
 */
export function refuseToRollBack(home: TemporaryHome): { mend(): void } {
  const fail = (how: string) => `BEGIN SELECT RAISE(${how}, 'the disk is full'); END`;
  const triggers = {
    late_insert: `AFTER INSERT ON session_config ${fail('FAIL')}`,
    late_update: `AFTER UPDATE ON session_config ${fail('FAIL')}`,
    no_delete: `BEFORE DELETE ON session_config ${fail('ABORT')}`,
  };
  changeArchive(home, (database) => {
    for (const [name, trigger] of Object.entries(triggers))
      database.exec(`CREATE TRIGGER ${name} ${trigger}`);
  });
  return {
    mend: () =>
      changeArchive(home, (database) => {
        for (const name of Object.keys(triggers)) database.exec(`DROP TRIGGER ${name}`);
      }),
  };
}

/** From now on the archive refuses to insert into, or update, a table (`condition` on the new row), until it is mended. */
export function refuseWrites(home: TemporaryHome, table: string, condition = 'TRUE'): { mend(): void } {
  const operations = ['INSERT', 'UPDATE'];
  changeArchive(home, (database) => {
    for (const operation of operations) {
      database.exec(
        `CREATE TRIGGER refuse_${operation} BEFORE ${operation} ON ${table} WHEN ${condition}
         BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
      );
    }
  });
  return {
    mend: () =>
      changeArchive(home, (database) => {
        for (const operation of operations) database.exec(`DROP TRIGGER refuse_${operation}`);
      }),
  };
}
