/** What tools did and who allowed it. It outlives the session's history. */
export const approvals = `
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
  ) STRICT;
  CREATE INDEX approval_session ON approval (session_id, id);
  CREATE INDEX approval_waiting ON approval (status) WHERE status = 'waiting';
`;
