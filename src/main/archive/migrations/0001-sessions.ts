/** Times are REAL because the contract's are numbers, in milliseconds since 1970. */
export const sessions = `
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
  ) STRICT;
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
  ) STRICT;
  CREATE INDEX message_order ON message (session_id, sequence);
  -- After a crash the few streaming messages are found without reading the others.
  CREATE INDEX message_streaming ON message (status) WHERE status = 'streaming';

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
  ) STRICT;
  CREATE INDEX command_block_order ON command_block (session_id, id);

  CREATE TABLE app_state (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
