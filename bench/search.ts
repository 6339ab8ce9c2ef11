import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ulid } from 'ulid';
import type { Archive } from '../src/main/archive/types.ts';
import { openArchive } from '../src/main/archive/open-archive.ts';
import { sessionId } from '../src/shared/ids.ts';
import { comparePairs, describePairs } from './lib/paired.ts';
import { atMost, type Row } from './lib/row.ts';
import { scratchFolder } from './lib/scratch.ts';

const MESSAGES = 100_000;
const MESSAGE_CHARACTERS = 1_000;
const LIMIT = 50;
/** One that a few messages of the last years have, and two that only one has. */
const SEARCHES = ['refresh token', 'needle', 'needle in a haystack'];

/** The newest messages with some words: the index against a look at each message, which the archive did without one. */
export const searchRows: Row[] = [
  {
    id: 'P13-search',
    goal: atMost(0.01, `LIKE, newest first, over ${MESSAGES} messages`),
    async measure() {
      using folder = scratchFolder();
      const path = join(folder.path, 'carrel.db');
      const opened = openArchive(path);
      if (opened.status === 'too-new') throw new Error('The archive is too new');
      using archive = opened.archive;
      using resources = new DisposableStack();
      const database = resources.adopt(new Database(path), (database) => database.close());
      fill(archive, database);
      const like = database.prepare('SELECT * FROM message WHERE parts LIKE ? ORDER BY rowid DESC LIMIT ?');
      const pairs = await comparePairs(
        async () => timeMs(() => SEARCHES.map((words) => archive.findMessages(words, LIMIT))),
        async () => timeMs(() => SEARCHES.map((words) => like.all(`%${words}%`, LIMIT))),
      );
      return { ratio: pairs.ratio, details: describePairs(pairs, `ms for ${SEARCHES.length} searches`) };
    },
  },
];

/** All at once: the archive itself makes each message durable by itself. */
function fill(archive: Archive, database: Database.Database): void {
  const id = sessionId.parse(ulid());
  archive.insertSession({
    id,
    title: '',
    position: 0,
    cwd: '/',
    shell: '/bin/sh',
    defaults: { mode: 'code', modeModels: {} },
    profile: '',
    colour: '',
    isPinned: false,
    draft: '',
    isUnread: false,
    openedAt: 0,
    usedAt: 0,
  });
  const words = Array.from({ length: 5_000 }, (_, index) => ulid(index * 7919).slice(-7));
  const insert = database.prepare(
    `INSERT INTO message (id, session_id, sequence, turn_id, role, parts, provider, model, mode, status, created_at, checksum)
      VALUES (?, '${id}', ?, '', 'user', ?, 'local', 'one', 'code', 'complete', 0, 0)`,
  );
  database.transaction(() => {
    for (let index = 0; index < MESSAGES; index += 1)
      insert.run(ulid(), index + 1, JSON.stringify([{ type: 'text', text: textOf(index, words) }]));
  })();
}

/** Few words are frequent and many are rare, as in a language. */
function textOf(index: number, words: readonly string[]): string {
  const said =
    index % 1_000 === 7 ? 'a refresh token ' : index === MESSAGES / 200 ? 'needle in a haystack ' : '';
  let text = said;
  for (let state = index + 1; text.length < MESSAGE_CHARACTERS;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const place = (state / 0x7fffffff) ** 2;
    text += `${words[Math.floor(place * words.length)]} `;
  }
  return text;
}

function timeMs(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
