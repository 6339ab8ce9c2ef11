import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from './migrations/index.ts';
import { openArchive } from './open-archive.ts';
import {
  openedUntilTheEnd,
  ready,
  sampleMessage,
  sampleSession,
  sampleUsage,
  temporaryPath,
} from './testing/archive-samples.ts';

/** An archive with a session and 40 messages of 4 kB, closed. */
function writtenArchive(): string {
  const path = temporaryPath();
  using archive = ready(openArchive(path));
  const session = sampleSession();
  archive.insertSession(session);
  for (let sequence = 1; sequence <= 40; sequence += 1) {
    archive.saveMessage(
      sampleMessage(session.id, { sequence, parts: [{ type: 'text', text: 'x'.repeat(4000) }] }),
    );
  }
  return path;
}

function permissions(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

it('starts a private archive with a write-ahead log, in a folder it makes', () => {
  const path = join(temporaryPath(), 'deeper', 'carrel.db');
  const opened = openArchive(path);
  using archive = ready(opened);
  archive.setState('key', 'value');
  const database = new Database(path);
  const pragmas = ['user_version', 'journal_mode'].map((name) => database.pragma(name, { simple: true }));
  const loose = database
    .prepare(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  database.close();
  expect({
    status: opened.status,
    pragmas,
    loose,
    permissions: [dirname(path), path, `${path}-wal`, `${path}-shm`].map(permissions),
  }).toEqual({
    status: 'ready',
    pragmas: [migrations.length, 'wal'],
    loose: [],
    permissions: ['700', '600', '600', '600'],
  });
});

it('makes an archive private again', () => {
  const path = writtenArchive();
  chmodSync(path, 0o644);
  openedUntilTheEnd(path);
  expect(permissions(path)).toBe('600');
});

it('takes an empty file as a new archive', () => {
  const path = temporaryPath();
  writeFileSync(path, '');
  using archive = ready(openArchive(path));
  expect(archive.openSessions().sessions).toEqual([]);
});

/** Fills the table's first page with zeros, in a file too large to be read whole when it is opened. */
function damageTable(path: string, table: string): void {
  const database = new Database(path);
  const page = database
    .prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(table) as number;
  database.close();
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0, (page - 1) * 4096, page * 4096));
  truncateSync(path, 200_000_000);
}

const damages: [string, (bytes: Buffer) => Buffer, RegExp][] = [
  ['is no SQLite file', () => Buffer.from('not a database, '.repeat(1000)), /^It is not a SQLite file\.$/],
  ['was cut off', (bytes) => bytes.subarray(0, bytes.length / 2), /^SQLite says: /],
  ['has a page of zeros', (bytes) => bytes.fill(0, 5 * 4096, 6 * 4096), /^SQLite says: /],
];

it.each(damages)('sets an archive aside that %s, whole, and starts a fresh one', (_name, damage, reason) => {
  const path = writtenArchive();
  const bytes = damage(readFileSync(path));
  writeFileSync(path, bytes);
  writeFileSync(`${path}-wal`, 'what its -wal held');
  const opened = openArchive(path);
  if (opened.status !== 'set-aside') throw new Error(`It was ${opened.status}`);
  using archive = opened.archive;
  archive.setState('key', 'value');
  expect(basename(opened.asidePath)).toMatch(/^carrel\.db\.damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/);
  expect(opened.reason).toMatch(reason);
  expect(readFileSync(opened.asidePath).equals(bytes)).toBe(true);
  expect(readdirSync(dirname(path)).filter((name) => name.endsWith('-wal'))).toEqual([
    'carrel.db-wal',
    `${basename(opened.asidePath)}-wal`,
  ]);
  expect(ready(openArchive(path)).openSessions().sessions).toEqual([]);
});

it('sets an archive aside that a migration cannot change, as it was before', () => {
  const path = temporaryPath();
  const database = new Database(path);
  database.exec("CREATE TABLE message (x); INSERT INTO message VALUES ('kept')");
  database.close();
  const opened = openArchive(path);
  if (opened.status !== 'set-aside') throw new Error(`It was ${opened.status}`);
  opened.archive[Symbol.dispose]();
  const aside = new Database(opened.asidePath, { readonly: true });
  onTestFinished(() => void aside.close());
  expect([
    opened.reason,
    aside.prepare('SELECT name FROM sqlite_schema').pluck().all(),
    aside.prepare('SELECT x FROM message').pluck().all(),
  ]).toEqual(['SQLite says: table message already exists.', ['message'], ['kept']]);
});

/** A database whose last writer was killed after it had set the version: the file itself does not have it yet. */
function crashedAtVersion(version: number): string {
  const path = writtenArchive();
  const database = new Database(path);
  database.pragma(`user_version = ${version}`);
  const copy = temporaryPath();
  for (const suffix of ['', '-wal']) cpSync(path + suffix, copy + suffix);
  database.close();
  return copy;
}

it('does not take an archive of a later version for a damaged one, whatever its tables are', () => {
  const path = temporaryPath();
  const database = new Database(path);
  database.pragma('user_version = 99');
  database.close();
  truncateSync(path, 200_000_000);
  expect(openArchive(path).status).toBe('too-new');
});

it('leaves an archive of a later version untouched, even where only its -wal tells the version', () => {
  const path = crashedAtVersion(99);
  const read = () => [readFileSync(path), readFileSync(`${path}-wal`)];
  const before = read();
  const opened = openArchive(path);
  expect([opened, read().map((bytes, index) => bytes.equals(before[index] ?? Buffer.alloc(0)))]).toEqual([
    { status: 'too-new', version: 99, supported: migrations.length },
    [true, true],
  ]);
});

it('says what is in the way when the archive cannot be opened, and moves nothing', () => {
  const folderInPlace = temporaryPath();
  mkdirSync(folderInPlace);
  const fileAsFolder = join(writtenArchive(), 'carrel.db');
  const held = writtenArchive();
  const holder = new Database(held);
  onTestFinished(() => void holder.close());
  holder.pragma('locking_mode = EXCLUSIVE');
  holder.exec('BEGIN EXCLUSIVE');
  expect(() => openArchive(folderInPlace)).toThrow(
    /cannot be opened: there is something else in its place\./,
  );
  expect(() => openArchive(fileAsFolder)).toThrow(/cannot be opened: E(EXIST|NOTDIR)/);
  expect(() => openArchive(held)).toThrow(/cannot be opened: another process holds it\./);
  expect([folderInPlace, held].map((path) => readdirSync(dirname(path))[0])).toEqual([
    'carrel.db',
    'carrel.db',
  ]);
});

it.skipIf(process.platform === 'win32')('says so when its folder may not be written', () => {
  const path = temporaryPath();
  const folder = dirname(path);
  chmodSync(folder, 0o555);
  // Root may write everywhere, so it looks with another user's eyes.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  onTestFinished(() => {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  });
  expect(() => openArchive(path)).toThrow(/carrel\.db cannot be opened: EACCES/);
});

it('opens a large archive without reading all of it, and tells the damage when it reads there', () => {
  const path = writtenArchive();
  damageTable(path, 'message');
  const opened = openArchive(path);
  using archive = ready(opened);
  const [session] = archive.openSessions().sessions;
  if (!session) throw new Error('The session is gone');
  expect([
    opened.status,
    archive.interruptStreaming(),
    archive.messages(session.id),
    archive.damagedMessages(session.id),
  ]).toEqual(['ready', 0, [], 1]);
});

it('tells nothing of what was used where its page is damaged', () => {
  const path = writtenArchive();
  const session = sampleSession();
  {
    using archive = ready(openArchive(path));
    archive.saveUsage(sampleUsage(session.id));
  }
  damageTable(path, 'usage');
  using archive = ready(openArchive(path));
  expect([
    archive.usageBetween(0, Infinity),
    archive.usageSums(0, Infinity),
    archive.spending(session.id),
  ]).toEqual([[], [], { dollars: 0, tokens: 0, turns: 0, isCostPartial: true }]);
});

it('keeps every write that returned when the process is killed in the midst of writing', async () => {
  const path = temporaryPath();
  const session = sampleSession();
  {
    using archive = ready(openArchive(path));
    archive.insertSession(session);
  }
  const script = `
    import { writeSync } from 'node:fs';
    import { ulid } from 'ulid';
    import { openArchive } from ${JSON.stringify(import.meta.resolve('./open-archive.ts'))};
    const { archive } = openArchive(process.argv[1]);
    const message = JSON.parse(process.argv[2]);
    for (let sequence = 1; ; sequence += 1) {
      archive.saveMessage({ ...message, id: ulid(), sequence, parts: [{ type: 'text', text: 'x'.repeat(64_000) }] });
      writeSync(1, sequence + '\\n');
    }`;
  const message = JSON.stringify(sampleMessage(session.id));
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script, path, message], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let returned = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    returned = Number(line);
    if (returned === 50) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  const found = openArchive(path);
  using archive = ready(found);
  const sequences = archive.messages(session.id).map(({ sequence }) => sequence);
  expect([found.status, signal, archive.damagedMessages(session.id)]).toEqual(['ready', 'SIGKILL', 0]);
  expect(returned).toBeGreaterThanOrEqual(50);
  expect(sequences.slice(0, returned)).toEqual(Array.from({ length: returned }, (_, index) => index + 1));
  const database = new Database(path, { readonly: true });
  onTestFinished(() => void database.close());
  expect(database.pragma('quick_check', { simple: true })).toBe('ok');
});
