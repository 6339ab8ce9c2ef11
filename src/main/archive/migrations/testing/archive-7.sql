PRAGMA journal_mode = WAL;
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    position INTEGER NOT NULL,
    cwd TEXT NOT NULL,
    shell TEXT NOT NULL,
    defaults TEXT NOT NULL, -- JSON
    draft TEXT NOT NULL,
    unread INTEGER NOT NULL,
    opened_at REAL NOT NULL,
    used_at REAL NOT NULL,
    closed_at REAL
  , profile TEXT NOT NULL DEFAULT '', colour TEXT NOT NULL DEFAULT '', pinned INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX session_open ON session (position) WHERE closed_at IS NULL;
CREATE INDEX session_closed ON session (closed_at) WHERE closed_at IS NOT NULL;
CREATE TABLE session_config (
    session_id TEXT NOT NULL REFERENCES session (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (session_id, key)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE message (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    sequence INTEGER NOT NULL,
    turn_id TEXT NOT NULL,
    role TEXT NOT NULL,
    parts TEXT NOT NULL, -- JSON
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    error TEXT, -- JSON
    usage TEXT, -- JSON
    created_at REAL NOT NULL,
    ended_at REAL,
    checksum INTEGER NOT NULL
  , effort TEXT) STRICT;
CREATE INDEX message_order ON message (session_id, sequence);
CREATE INDEX message_streaming ON message (status) WHERE status = 'streaming';
CREATE TABLE usage (
    message_id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    turn_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    mode TEXT NOT NULL,
    effort TEXT,
    input_tokens INTEGER,
    output_tokens INTEGER,
    cached_input_tokens INTEGER,
    cache_write_tokens INTEGER,
    reasoning_tokens INTEGER,
    cost REAL, -- US dollars
    is_local INTEGER NOT NULL,
    ended_at REAL NOT NULL
  ) STRICT;
CREATE INDEX usage_time ON usage (ended_at);
CREATE INDEX usage_session ON usage (session_id);
CREATE TABLE scrollback (
    session_id TEXT PRIMARY KEY REFERENCES session (id),
    text TEXT NOT NULL,
    saved_at REAL NOT NULL
  ) STRICT;
CREATE TABLE command_block (
    id INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    command_line TEXT NOT NULL,
    cwd TEXT NOT NULL,
    exit_code INTEGER,
    duration_ms REAL NOT NULL,
    ended_at REAL NOT NULL
  , pane_id TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX command_block_order ON command_block (session_id, id);
CREATE TABLE app_state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
CREATE TABLE pane (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    cwd TEXT NOT NULL,
    text TEXT, -- scrollback
    saved_at REAL
  ) STRICT;
CREATE INDEX pane_session ON pane (session_id);
CREATE VIEW message_text AS
    SELECT message.rowid AS number, id, session_id, role, provider, model, created_at, (
      SELECT group_concat(CASE part.type WHEN 'object' THEN part.value ->> 'text' END, char(10, 10))
      FROM json_each(CASE WHEN json_valid(parts) THEN parts ELSE '[]' END) AS part
      WHERE CASE part.type WHEN 'object' THEN part.value ->> 'type' END = 'text'
    ) AS text
    FROM message WHERE status <> 'streaming';
CREATE VIRTUAL TABLE message_search USING fts5(
    text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
  );
CREATE TRIGGER message_search_insert AFTER INSERT ON message BEGIN
    INSERT INTO message_search (rowid, text) SELECT number, text FROM message_text WHERE number = new.rowid;
  END;
CREATE TRIGGER message_search_update AFTER UPDATE ON message WHEN new.status <> 'streaming' BEGIN
    DELETE FROM message_search WHERE rowid = old.rowid;
    INSERT INTO message_search (rowid, text) SELECT number, text FROM message_text WHERE number = new.rowid;
  END;
CREATE TRIGGER message_search_delete AFTER DELETE ON message BEGIN
    DELETE FROM message_search WHERE rowid = old.rowid;
  END;
CREATE TABLE approval (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    turn_id TEXT NOT NULL,
    tool_call_id TEXT NOT NULL,
    tool TEXT NOT NULL,
    action TEXT NOT NULL, -- JSON
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    decided_by TEXT,
    rule TEXT,
    scope TEXT,
    exit_code INTEGER,
    asked_at REAL NOT NULL,
    decided_at REAL,
    ended_at REAL
  , failed INTEGER) STRICT;
CREATE INDEX approval_session ON approval (session_id, id);
CREATE INDEX approval_waiting ON approval (status) WHERE status = 'waiting';
INSERT INTO session VALUES ('01KAJ0000000000000000000AA', 'Work', 0, '/home/ada', '/bin/zsh', '{"model":"local/one","mode":"code","modeModels":{"plan":"cloud/two"}}', 'half a thought', 1, 1700000000000, 1700000000001, NULL, 'build-1', 'teal', 1);
INSERT INTO session_config VALUES ('01KAJ0000000000000000000AA', 'mode', 'plan');
INSERT INTO message VALUES ('01KAJ0000000000000000000AB', '01KAJ0000000000000000000AA', 1, '01KAJ0000000000000000000AC', 'user', '[{"type":"text","text":"Hello"}]', 'local', 'one', 'code', 'complete', NULL, NULL, 1700000000000, 1700000000000, 612226612, NULL);
INSERT INTO usage VALUES ('01KAJ0000000000000000000AD', '01KAJ0000000000000000000AA', '01KAJ0000000000000000000AC', 'local', 'one', 'code', 'high', 10, 5, NULL, NULL, NULL, 0.25, 0, 1700000000000);
INSERT INTO scrollback VALUES ('01KAJ0000000000000000000AA', '$ ls', 1700000000002);
INSERT INTO command_block VALUES (1, '01KAJ0000000000000000000AA', 'ls', '/home/ada', 0, 1.5, 1700000000003, '01KAJ0000000000000000000AE');
INSERT INTO pane VALUES ('01KAJ0000000000000000000AE', '01KAJ0000000000000000000AA', '/tmp', '$ top', 1700000000004);
INSERT INTO approval VALUES ('01KAJ0000000000000000000AF', '01KAJ0000000000000000000AA', '01KAJ0000000000000000000AC', 'call', 'run_command', '{"type":"execute","command":"npm test","cwd":"/home/ada"}', 'local', 'one', 'code', 'allowed', 'person', 'npm test', 'tab', 0, 1700000000005, 1700000000006, 1700000000007, 0);
INSERT INTO app_state VALUES ('active-session', '01KAJ0000000000000000000AA');
PRAGMA user_version = 7;
