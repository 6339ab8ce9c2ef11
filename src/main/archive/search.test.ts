import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import { paneId, type SessionId } from '../../shared/ids.ts';
import { openArchive } from './open-archive.ts';
import {
  openedUntilTheEnd,
  ready,
  sampleMessage,
  sampleSession,
  temporaryPath,
} from './testing/archive-samples.ts';
import type { Archive } from './types.ts';

const saying = (id: SessionId, ...texts: string[]) =>
  sampleMessage(id, { status: 'complete', parts: texts.map((text) => ({ type: 'text', text })) });

function archiveWithSession(path?: string) {
  const archive = openedUntilTheEnd(path);
  const session = sampleSession();
  archive.insertSession(session);
  return { archive, session };
}

const found = (archive: Archive, words: string) => archive.findMessages(words, 10).map(({ text }) => text);

it.each([
  ['refresh token', ['A refresh token, rotated', 'Über REFRESH-TOKENS']],
  ['refresh tok', ['A refresh token, rotated', 'Über REFRESH-TOKENS']],
  ['token refresh', []],
  ['uber', ['Über REFRESH-TOKENS']],
  ['"; DROP TABLE message', []],
  ['NOT', []],
  ['{}', []],
  ['of mine', ['Two parts\n\nof mine']],
  ['secret', []],
])('finds %j, newest first', (words, texts) => {
  const { archive, session } = archiveWithSession();
  archive.saveMessage(
    sampleMessage(session.id, {
      parts: [
        { type: 'text', text: 'Two parts' },
        { type: 'reasoning', text: 'a secret' },
        { type: 'tool-call', toolCallId: '1', toolName: 'run', input: { text: 'secret', type: 'text' } },
        { type: 'text', text: 'of mine' },
      ],
    }),
  );
  archive.saveMessage(saying(session.id, 'Über REFRESH-TOKENS'));
  archive.saveMessage(saying(session.id, 'A refresh token, rotated'));
  expect(found(archive, words)).toEqual(texts);
});

it('keeps up with messages that change, end and go, in closed tabs too', () => {
  const { archive, session } = archiveWithSession();
  const message = saying(session.id, 'one');
  archive.saveMessage({ ...message, status: 'streaming' });
  expect(found(archive, 'one')).toEqual([]);
  archive.saveMessage(message);
  expect(found(archive, 'one')).toEqual(['one']);
  archive.saveMessage({ ...message, parts: [{ type: 'text', text: 'two' }] });
  expect([found(archive, 'one'), found(archive, 'two')]).toEqual([[], ['two']]);
  const cutOff = saying(session.id, 'three, cut off');
  archive.saveMessage({ ...cutOff, status: 'streaming' });
  archive.interruptStreaming();
  archive.setClosed(session.id, 1);
  expect(archive.findMessages('three', 1)).toMatchObject([
    { id: cutOff.id, sessionId: session.id, title: 'Work', isClosed: true, role: 'assistant' },
  ]);
  archive.deleteMessage(message.id);
  expect(found(archive, 'two')).toEqual([]);
  archive.clearHistory(session.id);
  expect(found(archive, 'three')).toEqual([]);
});

it('takes in the messages of an old archive, and leaves damaged ones out', () => {
  const path = temporaryPath();
  const { archive, session } = archiveWithSession(path);
  for (const text of ['whole', 'damaged', 'odd']) archive.saveMessage(saying(session.id, text));
  archive[Symbol.dispose]();
  const database = new Database(path);
  onTestFinished(() => void database.close());
  database.exec(`
    DROP TRIGGER message_search_insert; DROP TRIGGER message_search_update; DROP TRIGGER message_search_delete;
    DROP TABLE approval; DROP TABLE message_search; DROP VIEW message_text; ALTER TABLE command_block DROP COLUMN pane_id;
    UPDATE message SET parts = '[{"type":"text"' WHERE parts LIKE '%damaged%';
    UPDATE message SET parts = '["odd", 1, {"type":"text","text":"odd"}]' WHERE parts LIKE '%odd%';
    PRAGMA user_version = 4;
  `);
  using again = ready(openArchive(path));
  expect(['whole', 'damaged', 'odd'].map((word) => found(again, word))).toEqual([['whole'], [], ['odd']]);
  expect(again.messageTexts({ before: Infinity, limit: 9 }).rows.map(({ text }) => text)).toEqual([
    'odd',
    'whole',
  ]);
});

it('gives messages and commands page by page, newest first, whatever is damaged between', () => {
  const { archive, session } = archiveWithSession();
  for (const text of ['a', '', 'b', 'c']) archive.saveMessage(saying(session.id, ...(text ? [text] : [])));
  const seen: string[] = [];
  for (let before: number | undefined = Infinity; before !== undefined;) {
    const page = archive.messageTexts({ before, limit: 2 });
    seen.push(...page.rows.map(({ text }) => text), '|');
    before = page.next;
  }
  expect(seen).toEqual(['c', 'b', '|', 'a', '|', '|']);
  for (const commandLine of ['one', 'two', 'three'])
    archive.saveCommand(session.id, { commandLine, cwd: '/srv', exitCode: 1, durationMs: 2, endedAt: 3 });
  const pane = paneId.parse(ulid());
  archive.saveCommand(session.id, { commandLine: 'four', cwd: '/srv', durationMs: 2, endedAt: 3 }, pane);
  const { rows, next } = archive.commands({ before: Infinity, limit: 2 });
  expect(rows).toMatchObject([
    { commandLine: 'four', sessionId: session.id, paneId: pane, sessionFolder: '/home/ada' },
    { commandLine: 'three', sessionId: session.id, paneId: session.id, exitCode: 1 },
  ]);
  expect(archive.commands({ before: next ?? 0, limit: 2 }).rows.map((row) => row.commandLine)).toEqual([
    'two',
    'one',
  ]);
});
