/**
 * What each answer used stands apart from the answer, because clearing a history must not lose what it cost. What answers
 * before this used is taken over; their prices are not known any more.
 */
export const usage = `
  ALTER TABLE message ADD COLUMN effort TEXT;

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

  INSERT INTO usage (message_id, session_id, turn_id, provider, model, mode, input_tokens, output_tokens,
      cached_input_tokens, reasoning_tokens, is_local, ended_at)
    SELECT id, session_id, turn_id, provider, model, mode,
      CAST(usage ->> 'inputTokens' AS INTEGER), CAST(usage ->> 'outputTokens' AS INTEGER),
      CAST(usage ->> 'cachedInputTokens' AS INTEGER), CAST(usage ->> 'reasoningTokens' AS INTEGER),
      0, coalesce(ended_at, created_at)
    FROM message WHERE role = 'assistant' AND json_valid(usage);
`;
