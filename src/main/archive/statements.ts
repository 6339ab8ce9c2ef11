import type Database from 'better-sqlite3';
import { MESSAGE_COLUMNS, type Row } from './rows.ts';

const MESSAGE_SQL = `
  INSERT INTO message (${MESSAGE_COLUMNS.join(', ')}) VALUES (${MESSAGE_COLUMNS.map((name) => `@${name}`).join(', ')})
  ON CONFLICT (id) DO UPDATE SET ${MESSAGE_COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** An absent column is NULL and keeps its value: no column of these may be NULL. */
const UPDATE_SESSION_SQL = `
  UPDATE session SET title = coalesce(@title, title), position = coalesce(@position, position), cwd = coalesce(@cwd, cwd),
    shell = coalesce(@shell, shell), defaults = coalesce(@defaults, defaults), draft = coalesce(@draft, draft),
    unread = coalesce(@unread, unread), opened_at = coalesce(@opened_at, opened_at), used_at = coalesce(@used_at, used_at)
  WHERE id = @id`;

/** Every statement of the archive, prepared once. */
export function prepareStatements(database: Database.Database) {
  return {
    openSessions: database.prepare<[], Row>(
      'SELECT * FROM session WHERE closed_at IS NULL ORDER BY position, id',
    ),
    closedSessions: database.prepare<[], Row>(
      'SELECT * FROM session WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, id DESC',
    ),
    insertSession: database.prepare<[Row]>(
      `INSERT INTO session
          (id, title, position, cwd, shell, defaults, draft, unread, opened_at, used_at, closed_at)
        VALUES
          (@id, @title, @position, @cwd, @shell, @defaults, @draft, @unread, @opened_at, @used_at, @closed_at)`,
    ),
    updateSession: database.prepare<[Row]>(UPDATE_SESSION_SQL),
    setPosition: database.prepare<[position: number, id: string]>(
      'UPDATE session SET position = ? WHERE id = ?',
    ),
    setClosed: database.prepare<[closedAt: number | null, id: string]>(
      'UPDATE session SET closed_at = ? WHERE id = ?',
    ),

    config: database.prepare<[id: string], { key: string; value: string }>(
      'SELECT key, value FROM session_config WHERE session_id = ?',
    ),
    setConfig: database.prepare<[id: string, key: string, value: string]>(
      `INSERT INTO session_config (session_id, key, value) VALUES (?, ?, ?)
        ON CONFLICT (session_id, key) DO UPDATE SET value = excluded.value`,
    ),
    deleteConfig: database.prepare<[id: string, key: string]>(
      'DELETE FROM session_config WHERE session_id = ? AND key = ?',
    ),

    messages: database.prepare<[id: string], Row>(
      'SELECT * FROM message WHERE session_id = ? ORDER BY sequence, id',
    ),
    streamingMessages: database.prepare<[], Row>("SELECT * FROM message WHERE status = 'streaming'"),
    saveMessage: database.prepare<[Row]>(MESSAGE_SQL),
    deleteMessage: database.prepare<[id: string]>('DELETE FROM message WHERE id = ?'),

    scrollback: database.prepare<[id: string], Row>(
      'SELECT text, saved_at FROM scrollback WHERE session_id = ?',
    ),
    saveScrollback: database.prepare<[id: string, text: string, savedAt: number]>(
      `INSERT INTO scrollback (session_id, text, saved_at) VALUES (?, ?, ?)
        ON CONFLICT (session_id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at`,
    ),

    lastCommand: database.prepare<[id: string], Row>(
      'SELECT * FROM command_block WHERE session_id = ? ORDER BY id DESC LIMIT 1',
    ),
    saveCommand: database.prepare<[Row]>(
      `INSERT INTO command_block (session_id, command_line, cwd, exit_code, duration_ms, ended_at)
        VALUES (@session_id, @command_line, @cwd, @exit_code, @duration_ms, @ended_at)`,
    ),

    state: database.prepare<[key: string], { value: string }>('SELECT value FROM app_state WHERE key = ?'),
    setState: database.prepare<[key: string, value: string]>(
      'INSERT INTO app_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ),
  };
}
