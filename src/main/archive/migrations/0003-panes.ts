/** The panes of a tab beside its first one, which the rows of the session itself tell of. */
export const panes = `
  CREATE TABLE pane (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    cwd TEXT NOT NULL,
    text TEXT, -- scrollback
    saved_at REAL
  ) STRICT;
  CREATE INDEX pane_session ON pane (session_id);
`;
