import type Database from 'better-sqlite3';
import { MESSAGE_COLUMNS, type Row } from './rows.ts';

const MESSAGE_SQL = `
  INSERT INTO message (${MESSAGE_COLUMNS.join(', ')}) VALUES (${MESSAGE_COLUMNS.map((name) => `@${name}`).join(', ')})
  ON CONFLICT (id) DO UPDATE SET ${MESSAGE_COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`;

const USAGE_COLUMNS = [
  'message_id',
  'session_id',
  'turn_id',
  'provider',
  'model',
  'mode',
  'effort',
  'input_tokens',
  'output_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
  'cost',
  'is_local',
  'ended_at',
];
const USAGE_SQL = `
  INSERT OR REPLACE INTO usage (${USAGE_COLUMNS.join(', ')}) VALUES (${USAGE_COLUMNS.map((name) => `@${name}`).join(', ')})`;

const APPROVAL_COLUMNS = [
  'id',
  'session_id',
  'turn_id',
  'tool_call_id',
  'tool',
  'action',
  'provider',
  'model',
  'mode',
  'status',
  'decided_by',
  'rule',
  'scope',
  'exit_code',
  'asked_at',
  'decided_at',
  'ended_at',
  'failed',
];

const TITLE = `coalesce(nullif(session.title, ''), session.cwd, '')`;
const SESSION_OF_USAGE = `${TITLE} AS title,
  session.closed_at IS NOT NULL OR session.id IS NULL AS is_closed`;

/** Of a session whose row is joined. */
const SESSION_NAME = `session.title, session.shell, session.profile, session.cwd AS session_folder,
  closed_at IS NOT NULL AS is_closed`;

type SpendingRow = { dollars: number; tokens: number; turns: number; isCostPartial: number };

/** An absent column is NULL and keeps its value: no column of these may be NULL. */
const UPDATE_SESSION_SQL = `
  UPDATE session SET title = coalesce(@title, title), position = coalesce(@position, position), cwd = coalesce(@cwd, cwd),
    shell = coalesce(@shell, shell), defaults = coalesce(@defaults, defaults), draft = coalesce(@draft, draft),
    profile = coalesce(@profile, profile), colour = coalesce(@colour, colour), pinned = coalesce(@pinned, pinned),
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
    closedSession: database.prepare<[id: string], Row>(
      'SELECT * FROM session WHERE id = ? AND closed_at IS NOT NULL',
    ),
    insertSession: database.prepare<[Row]>(
      `INSERT INTO session
          (id, title, position, cwd, shell, defaults, draft, unread, opened_at, used_at, closed_at, profile, colour, pinned)
        VALUES
          (@id, @title, @position, @cwd, @shell, @defaults, @draft, @unread, @opened_at, @used_at, @closed_at,
            @profile, @colour, @pinned)`,
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

    deleteChoices: database.prepare<[id: string]>(
      "DELETE FROM session_config WHERE session_id = ? AND key NOT IN ('queue', 'panes', 'window') AND key NOT LIKE 'attachment:%'",
    ),

    messages: database.prepare<[id: string], Row>(
      'SELECT * FROM message WHERE session_id = ? ORDER BY sequence, id',
    ),
    streamingMessages: database.prepare<[], Row>("SELECT * FROM message WHERE status = 'streaming'"),
    saveMessage: database.prepare<[Row]>(MESSAGE_SQL),
    deleteMessages: database.prepare<[id: string]>('DELETE FROM message WHERE session_id = ?'),
    deleteMessage: database.prepare<[id: string]>('DELETE FROM message WHERE id = ?'),

    findMessages: database.prepare<[match: string, limit: number], Row>(
      `SELECT message_text.*, ${SESSION_NAME}
        FROM message_search JOIN message_text ON number = message_search.rowid JOIN session ON session.id = session_id
        WHERE message_search MATCH ? ORDER BY message_search.rowid DESC LIMIT ?`,
    ),
    messageTexts: database.prepare<[before: number, limit: number], Row>(
      `SELECT message_text.*, ${SESSION_NAME} FROM message_text JOIN session ON session.id = session_id
        WHERE number < ? ORDER BY number DESC LIMIT ?`,
    ),
    commands: database.prepare<[before: number, limit: number], Row>(
      `SELECT command_block.*, command_block.id AS number, ${SESSION_NAME}
        FROM command_block JOIN session ON session.id = session_id
        WHERE command_block.id < ? ORDER BY command_block.id DESC LIMIT ?`,
    ),

    scrollback: database.prepare<[id: string], Row>(
      'SELECT text, saved_at FROM scrollback WHERE session_id = ?',
    ),
    saveScrollback: database.prepare<[id: string, text: string, savedAt: number]>(
      `INSERT INTO scrollback (session_id, text, saved_at) VALUES (?, ?, ?)
        ON CONFLICT (session_id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at`,
    ),

    saveApproval: database.prepare<[Row]>(
      `INSERT OR REPLACE INTO approval (${APPROVAL_COLUMNS.join(', ')}) VALUES (${APPROVAL_COLUMNS.map((name) => `@${name}`).join(', ')})`,
    ),
    /** NULL leaves a condition out. `action` is JSON, and is searched for the text as it is spelled there. */
    approvals: database.prepare<[Row], Row>(
      `SELECT approval.*, ${TITLE} AS title
        FROM approval LEFT JOIN session ON session.id = approval.session_id
        WHERE (@session_id IS NULL OR approval.session_id = @session_id) AND (@before IS NULL OR approval.id < @before)
          AND (@tool IS NULL OR approval.tool = @tool) AND (@decided_by IS NULL OR approval.decided_by = @decided_by)
          AND (@outcome IS NULL OR approval.status = @outcome OR (@outcome = 'failed' AND (approval.exit_code <> 0 OR approval.failed = 1)))
          AND (@search IS NULL OR instr(lower(action), lower(@search_json)) > 0
            OR instr(lower(concat_ws(' ', tool, rule, provider || '/' || model, approval.mode, ${TITLE})), lower(@search)) > 0)
        ORDER BY approval.id DESC LIMIT @limit`,
    ),
    ledgerTools: database.prepare<[], { tool: string }>('SELECT DISTINCT tool FROM approval ORDER BY tool'),
    ledgerTabs: database.prepare<[], { sessionId: string; title: string }>(
      `SELECT approval.session_id AS sessionId, ${TITLE} AS title
        FROM (SELECT session_id, max(id) AS last FROM approval GROUP BY session_id) AS approval
          LEFT JOIN session ON session.id = approval.session_id
        ORDER BY approval.last DESC LIMIT 500`,
    ),
    expireApprovals: database.prepare<[]>("UPDATE approval SET status = 'expired' WHERE status = 'waiting'"),

    panes: database.prepare<[id: string], Row>('SELECT id, cwd FROM pane WHERE session_id = ? ORDER BY id'),
    insertPane: database.prepare<[id: string, sessionId: string, cwd: string]>(
      'INSERT INTO pane (id, session_id, cwd) VALUES (?, ?, ?)',
    ),
    deletePane: database.prepare<[id: string, sessionId: string]>(
      'DELETE FROM pane WHERE id = ? AND session_id = ?',
    ),
    setPaneFolder: database.prepare<[cwd: string, id: string]>('UPDATE pane SET cwd = ? WHERE id = ?'),
    paneScrollback: database.prepare<[id: string], Row>('SELECT text, saved_at FROM pane WHERE id = ?'),
    savePaneScrollback: database.prepare<[text: string, savedAt: number, id: string]>(
      'UPDATE pane SET text = ?, saved_at = ? WHERE id = ?',
    ),

    lastCommand: database.prepare<[id: string], Row>(
      'SELECT * FROM command_block WHERE session_id = ? ORDER BY id DESC LIMIT 1',
    ),
    saveCommand: database.prepare<[Row]>(
      `INSERT INTO command_block (session_id, command_line, cwd, exit_code, duration_ms, ended_at, pane_id)
        VALUES (@session_id, @command_line, @cwd, @exit_code, @duration_ms, @ended_at, @pane_id)`,
    ),

    saveUsage: database.prepare<[Row]>(USAGE_SQL),
    spending: database.prepare<[id: string], SpendingRow>(
      `SELECT coalesce(sum(cost), 0) AS dollars, coalesce(sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)), 0) AS tokens,
          count(DISTINCT turn_id) AS turns, count(*) > count(cost) AS isCostPartial
        FROM usage WHERE session_id = ?`,
    ),
    usageSums: database.prepare<[from: number, to: number], Row>(
      `SELECT sums.*, ${SESSION_OF_USAGE}
        FROM (
          SELECT session_id, provider, model, is_local, count(DISTINCT turn_id) AS turns,
            coalesce(sum(input_tokens), 0) AS input_tokens, coalesce(sum(cached_input_tokens), 0) AS cached_input_tokens,
            coalesce(sum(output_tokens), 0) AS output_tokens, coalesce(sum(cost), 0) AS cost,
            count(*) FILTER (WHERE cost IS NULL AND NOT is_local) AS unpriced
          FROM usage WHERE ended_at >= ? AND ended_at < ? GROUP BY session_id, provider, model, is_local
        ) AS sums LEFT JOIN session ON session.id = sums.session_id`,
    ),
    usageBetween: database.prepare<[from: number, to: number], Row>(
      `SELECT usage.*, ${SESSION_OF_USAGE}
        FROM usage LEFT JOIN session ON session.id = usage.session_id
        WHERE ended_at >= ? AND ended_at < ? ORDER BY ended_at, message_id`,
    ),

    state: database.prepare<[key: string], { value: string }>('SELECT value FROM app_state WHERE key = ?'),
    setState: database.prepare<[key: string, value: string]>(
      'INSERT INTO app_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ),
  };
}
