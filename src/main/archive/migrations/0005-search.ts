/**
 * The panes of commands, so that one that is found leads there. What messages say, and an index of its words. The index keeps no text; one row of it is told by the message's rowid, which a
 * VACUUM may change, so that what is found must be compared with the message. A message that is being written is taken in when
 * it ends: taking in a long one takes milliseconds, and it is saved several times a second.
 */
export const search = `
  ALTER TABLE command_block ADD COLUMN pane_id TEXT NOT NULL DEFAULT ''; -- empty: the first pane

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

  INSERT INTO message_search (rowid, text) SELECT number, text FROM message_text;
`;
