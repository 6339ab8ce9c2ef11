import { spawnSync } from 'node:child_process';
import Database from 'better-sqlite3';
import { ulid } from 'ulid';
import { expect, it, onTestFinished } from 'vitest';
import { messageId, sessionId } from '../../shared/ids.ts';
import { ArchiveWriteError } from './archive-write-error.ts';
import { openArchive } from './open-archive.ts';
import {
  openedUntilTheEnd,
  ready,
  sampleMessage,
  sampleSession,
  sampleUsage,
  temporaryPath,
} from './testing/archive-samples.ts';

it('gives back all of a session after it was opened again', () => {
  const path = temporaryPath();
  const session = sampleSession();
  const bare = sampleSession({ position: 1, title: '', defaults: { mode: 'ask', modeModels: {} } });
  const [message, plain] = [
    sampleMessage(session.id),
    { ...sampleMessage(session.id), sequence: 2, error: undefined, usage: undefined, endedAt: undefined },
  ];
  const { error: _, usage: _usage, endedAt: _endedAt, ...bareMessage } = plain;
  const command = { commandLine: 'ls\n-l', exitCode: 2, cwd: '/tmp', durationMs: 1.5, endedAt: 5 };
  const { exitCode: _exitCode, ...unknownExit } = command;
  {
    using archive = ready(openArchive(path));
    archive.insertSession(bare);
    archive.insertSession(session);
    archive.saveMessage(bareMessage);
    archive.saveMessage(message);
    archive.setConfig(session.id, 'model:plan', 'local/two');
    archive.setConfig(session.id, 'mode', 'plan');
    archive.saveScrollback(session.id, { text: 'screen\u001b[0m', savedAt: 7 });
    archive.saveCommand(session.id, command);
    archive.saveCommand(bare.id, unknownExit);
    archive.setState('active-session', session.id);
  }
  const archive = openedUntilTheEnd(path);
  expect({
    open: archive.openSessions(),
    messages: archive.messages(session.id),
    damaged: archive.damagedMessages(session.id),
    config: archive.config(session.id),
    otherConfig: archive.config(bare.id),
    scrollback: archive.scrollback(session.id),
    otherScrollback: archive.scrollback(bare.id),
    commands: [archive.lastCommand(session.id), archive.lastCommand(bare.id)],
    state: [archive.state('active-session'), archive.state('unknown')],
  }).toEqual({
    open: { sessions: [session, bare], damaged: [] },
    messages: [message, bareMessage],
    damaged: 0,
    config: { 'model:plan': 'local/two', mode: 'plan' },
    otherConfig: {},
    scrollback: { text: 'screen\u001b[0m', savedAt: 7 },
    otherScrollback: undefined,
    commands: [command, unknownExit],
    state: [session.id, undefined],
  });
});

it('changes only what an update names', () => {
  const archive = openedUntilTheEnd();
  const [one, two] = [sampleSession(), sampleSession({ position: 1 })];
  archive.insertSession(one);
  archive.insertSession(two);
  const change = {
    title: '',
    isUnread: false,
    cwd: '/',
    usedAt: 9,
    draft: '',
    colour: '',
    isPinned: false,
  } as const;
  archive.updateSession(one.id, change);
  archive.updateSession(two.id, { defaults: { mode: 'plan', modeModels: {} } });
  archive.updateSession(two.id, {});
  archive.setPositions([two.id, one.id]);
  expect(archive.openSessions().sessions).toEqual([
    { ...two, position: 0, defaults: { mode: 'plan', modeModels: {} } },
    { ...one, ...change, position: 1 },
  ]);
});

it('brings back the session that was closed last', () => {
  const archive = openedUntilTheEnd();
  const sessions = [sampleSession(), sampleSession(), sampleSession()] as const;
  for (const session of sessions) archive.insertSession(session);
  archive.setClosed(sessions[0].id, 20);
  archive.setClosed(sessions[1].id, 10);
  expect([archive.closedSessions(9), archive.closedSession(sessions[1].id)]).toEqual([
    [
      { ...sessions[0], closedAt: 20 },
      { ...sessions[1], closedAt: 10 },
    ],
    { ...sessions[1], closedAt: 10 },
  ]);
  expect(archive.closedSession(sessions[2].id)).toBeUndefined();
  const last = archive.closedSessions(1)[0];
  archive.setClosed(sessions[0].id, undefined);
  const next = archive.closedSessions(1)[0];
  archive.setClosed(sessions[1].id, undefined);
  expect([last, next, archive.closedSessions(1)[0], archive.openSessions().sessions.length]).toEqual([
    { ...sessions[0], closedAt: 20 },
    { ...sessions[1], closedAt: 10 },
    undefined,
    3,
  ]);
});

it('removes a choice, the newest command wins, and a message is replaced or deleted by its id', () => {
  const archive = openedUntilTheEnd();
  const session = sampleSession();
  archive.insertSession(session);
  archive.setConfig(session.id, 'model', 'a/b');
  archive.setConfig(session.id, 'model', 'a/c');
  archive.setConfig(session.id, 'mode', 'plan');
  archive.setConfig(session.id, 'mode', undefined);
  for (const commandLine of ['one', 'two']) {
    archive.saveCommand(session.id, { commandLine, cwd: '/', durationMs: 1, endedAt: 1 });
  }
  const [first, second] = [sampleMessage(session.id), sampleMessage(session.id, { sequence: 2 })];
  for (const message of [first, second]) archive.saveMessage(message);
  const mended = { ...first, parts: [{ type: 'text' as const, text: 'New' }] };
  archive.saveMessage(mended);
  archive.deleteMessage(second.id);
  expect([
    archive.config(session.id),
    archive.lastCommand(session.id)?.commandLine,
    archive.messages(session.id),
  ]).toEqual([{ model: 'a/c' }, 'two', [mended]]);
});

it('marks streaming messages interrupted, once, and leaves the others', () => {
  const archive = openedUntilTheEnd();
  const session = sampleSession();
  archive.insertSession(session);
  const messages = (['complete', 'streaming', 'failed', 'streaming'] as const).map((status, index) =>
    sampleMessage(session.id, { status, sequence: index + 1 }),
  );
  for (const message of messages) archive.saveMessage(message);
  const counts = [archive.interruptStreaming(), archive.interruptStreaming()];
  expect([counts, archive.messages(session.id).map(({ status }) => status)]).toEqual([
    [2, 0],
    ['complete', 'interrupted', 'failed', 'interrupted'],
  ]);
});

/** Changes rows behind the archive's back, as a damaged disk or a careless hand does. */
function tamper(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}

it.each([
  ["defaults = '{'", 'defaults'],
  [`defaults = '{"mode":1,"modeModels":{}}', unread = 7`, 'defaults, isUnread'],
  ["id = 'x'", 'id'],
])('reports a session with %s, keeps its row and opens the others', (assignment, reason) => {
  const path = temporaryPath();
  const archive = openedUntilTheEnd(path);
  const [whole, broken] = [sampleSession(), sampleSession({ position: 1 })];
  archive.insertSession(whole);
  archive.insertSession(broken);
  tamper(path, `UPDATE session SET ${assignment} WHERE position = 1`);
  const { sessions, damaged } = archive.openSessions();
  const id = assignment.startsWith('id') ? 'x' : broken.id;
  expect([sessions, damaged, archive.openSessions().damaged]).toEqual([
    [whole],
    [{ id, reason: `damaged: ${reason}` }],
    damaged,
  ]);
});

it('does without a colour that a later version may have written', () => {
  const path = temporaryPath();
  const archive = openedUntilTheEnd(path);
  const session = sampleSession();
  archive.insertSession(session);
  tamper(path, "UPDATE session SET colour = 'mauve'");
  expect(archive.openSessions()).toEqual({ sessions: [{ ...session, colour: '' }], damaged: [] });
});

it('passes over a damaged closed session', () => {
  const path = temporaryPath();
  const archive = openedUntilTheEnd(path);
  const [whole, broken] = [sampleSession({ closedAt: 1 }), sampleSession({ closedAt: 2 })];
  archive.insertSession(whole);
  archive.insertSession(broken);
  tamper(path, `UPDATE session SET defaults = '' WHERE id = '${broken.id}'`);
  expect(archive.closedSessions(1)[0]).toEqual(whole);
});

it('leaves damaged messages out, counts them and keeps their rows', () => {
  const path = temporaryPath();
  const archive = openedUntilTheEnd(path);
  const session = sampleSession();
  archive.insertSession(session);
  const messages = [1, 2, 3].map((sequence) => sampleMessage(session.id, { sequence, status: 'streaming' }));
  for (const message of messages) archive.saveMessage(message);
  tamper(path, `UPDATE message SET parts = replace(parts, 'Hello', 'Hallo') WHERE sequence = 2`);
  expect([
    archive.messages(session.id),
    archive.damagedMessages(session.id),
    archive.interruptStreaming(),
    archive.damagedMessages(session.id),
  ]).toEqual([[messages[0], messages[2]], 1, 2, 1]);
});

it('throws ArchiveWriteError while another process holds the file, and writes again afterwards', () => {
  const path = temporaryPath();
  const archive = openedUntilTheEnd(path);
  const session = sampleSession();
  archive.insertSession(session);
  const other = new Database(path);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  const refused = () => archive.updateSession(session.id, { title: 'New' });
  expect(refused).toThrow(
    new ArchiveWriteError('The archive could not be written: another process holds it.'),
  );
  expect(archive.openSessions().sessions).toEqual([session]);
  other.exec('ROLLBACK');
  refused();
  expect(archive.openSessions().sessions).toEqual([{ ...session, title: 'New' }]);
});

it('throws ArchiveWriteError for a session that is not there', () => {
  const archive = openedUntilTheEnd();
  const id = sessionId.parse(ulid());
  const writes = [
    () => archive.updateSession(id, { title: '' }),
    () => archive.setClosed(id, 1),
    () => archive.setConfig(id, 'mode', 'plan'),
    () => archive.saveMessage(sampleMessage(id)),
    () => archive.saveScrollback(id, { text: '', savedAt: 1 }),
  ];
  for (const write of writes) expect(write).toThrow(ArchiveWriteError);
  expect(() => archive.deleteMessage(messageId.parse(ulid()))).not.toThrow();
});

it.skipIf(process.platform === 'win32')('throws ArchiveWriteError when the disk takes no more', () => {
  // The limit on the size of a file stands in for a full disk: the system refuses the write in the same place.
  const script = `
    import { openArchive } from ${JSON.stringify(import.meta.resolve('./open-archive.ts'))};
    const { archive } = openArchive(process.argv[1]);
    let written = 0;
    try {
      for (;;) archive.setState('key-' + written++, 'x'.repeat(100_000));
    } catch (error) {
      console.log(JSON.stringify([error.name, error.message, archive.state('key-0').length, archive.state('key-' + (written - 1))]));
    }`;
  const node = [process.execPath, '--input-type=module-typescript', '--eval', script, temporaryPath()];
  const { stdout, stderr } = spawnSync('sh', ['-c', 'ulimit -f 2000 && exec "$@"', 'sh', ...node], {
    encoding: 'utf8',
  });
  expect([JSON.parse(stdout || '""'), stderr]).toEqual([
    [
      'ArchiveWriteError',
      'The archive could not be written: the disk refused to read or write.',
      100_000,
      null,
    ],
    '',
  ]);
});

it('keeps what answers used, whatever becomes of their messages and sessions', () => {
  const archive = openedUntilTheEnd();
  const [session, other] = [sampleSession(), sampleSession({ title: '', cwd: '/tmp' })];
  archive.insertSession(session);
  archive.insertSession(other);
  const [first, unpriced] = [sampleUsage(session.id), sampleUsage(session.id, { usage: {}, endedAt: 2000 })];
  const elsewhere = sampleUsage(other.id, { endedAt: 3000 });
  for (const record of [first, unpriced, elsewhere, sampleUsage(other.id, { endedAt: 4000 })])
    archive.saveUsage(record);
  // A turn may have several answers, and an answer is told once.
  archive.saveUsage({ ...sampleUsage(session.id, { turnId: first.turnId }), endedAt: 1500 });
  archive.saveUsage(first);
  archive.clearHistory(session.id, { withChoices: true });
  archive.setClosed(session.id, 1);
  expect(archive.spending(session.id)).toEqual({ dollars: 0.5, tokens: 220, turns: 2, isCostPartial: true });
  expect(archive.usageBetween(1000, 4000)).toEqual([
    { ...first, title: 'Work', isClosed: true },
    expect.objectContaining({ endedAt: 1500 }),
    { ...unpriced, title: 'Work', isClosed: true },
    { ...elsewhere, title: '/tmp', isClosed: false },
  ]);
  expect(archive.spending(sampleSession().id)).toEqual({
    dollars: 0,
    tokens: 0,
    turns: 0,
    isCostPartial: false,
  });
});

it('adds up what a tab and model used, and knows what has no price', () => {
  const archive = openedUntilTheEnd();
  const session = sampleSession();
  archive.insertSession(session);
  const first = sampleUsage(session.id);
  const records = [
    first,
    // Of the same turn, without a price; what runs on this machine needs none.
    sampleUsage(session.id, { turnId: first.turnId, usage: { inputTokens: 1 } }),
    sampleUsage(session.id, { isLocal: false, usage: { outputTokens: 1 } }),
    sampleUsage(session.id, { model: 'router/other', endedAt: 2000 }),
    sampleUsage(session.id, { endedAt: 3000 }),
  ];
  for (const record of records) archive.saveUsage(record);
  const of = { sessionId: session.id, title: 'Work', isClosed: false, model: first.model };
  const none = { turns: 1, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, cost: 0, unpriced: 0 };
  const some = { ...none, inputTokens: 100, cachedInputTokens: 50, outputTokens: 10, cost: 0.25 };
  expect(archive.usageSums(1000, 3000)).toEqual([
    { ...of, ...some, model: 'router/other', isLocal: true },
    { ...of, ...none, outputTokens: 1, unpriced: 1, isLocal: false },
    { ...of, ...some, inputTokens: 101, isLocal: true },
  ]);
});

it('leaves out damaged records of what was used', () => {
  const path = temporaryPath();
  const archive = openedUntilTheEnd(path);
  const session = sampleSession();
  archive.insertSession(session);
  const whole = sampleUsage(session.id);
  for (const record of [whole, sampleUsage(session.id), sampleUsage(session.id)]) archive.saveUsage(record);
  const database = new Database(path);
  database.exec(
    `UPDATE usage SET effort = 'none at all' WHERE rowid = 2; UPDATE usage SET provider = '' WHERE rowid = 3`,
  );
  database.close();
  expect(archive.usageBetween(0, 9999).map((record) => record.messageId)).toEqual([whole.messageId]);
  expect(archive.usageSums(0, 9999).map(({ model }) => model)).toEqual([whole.model]);
});

it('clears a history alone, or with the choices, and never what waits', () => {
  const archive = openedUntilTheEnd();
  const [session, other] = [sampleSession(), sampleSession()];
  for (const { id } of [session, other].map((one) => (archive.insertSession(one), one))) {
    archive.saveMessage(sampleMessage(id));
    for (const key of ['model', 'mode', 'queue'] as const) archive.setConfig(id, key, key);
  }
  archive.clearHistory(session.id);
  expect([archive.messages(session.id), Object.keys(archive.config(session.id))]).toEqual([
    [],
    ['mode', 'model', 'queue'],
  ]);
  const defaults = { mode: 'ask', modeModels: {}, effort: 'low', budget: { dollars: 2 } } as const;
  archive.clearHistory(session.id, { withChoices: true, defaults });
  expect(archive.config(session.id)).toEqual({ queue: 'queue' });
  expect(archive.openSessions().sessions.find(({ id }) => id === session.id)?.defaults).toEqual(defaults);
  expect([archive.messages(other.id).length, Object.keys(archive.config(other.id)).length]).toEqual([1, 3]);
});

it('inserts a copy whole or not at all', () => {
  const archive = openedUntilTheEnd();
  const session = sampleSession();
  const message = sampleMessage(session.id, { effort: 'high' });
  archive.insertCopy(session, { mode: 'ask' }, [message]);
  expect([archive.config(session.id), archive.messages(session.id)]).toEqual([{ mode: 'ask' }, [message]]);
  const half = sampleSession();
  // A message with a value that SQLite cannot hold.
  const bad = { ...sampleMessage(half.id), sequence: {} as number };
  expect(() => archive.insertCopy(half, {}, [sampleMessage(half.id), bad])).toThrow(/SQLite3 can only bind/);
  expect(archive.openSessions().sessions.map(({ id }) => id)).toEqual([session.id]);
});
