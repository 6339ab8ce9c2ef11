import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openArchive } from '../open-archive.ts';
import { ready, temporaryPath } from '../testing/archive-samples.ts';
import { migrations } from './index.ts';

/** `archive-N.sql` is a dump of an archive as the version with N migrations left it: a new migration comes with a new one. */
function restoreDump(version: number): string {
  const path = temporaryPath();
  const database = new Database(path);
  database.exec(readFileSync(join(import.meta.dirname, 'testing', `archive-${version}.sql`), 'utf8'));
  database.close();
  return path;
}

function schemaOf(path: string): unknown {
  const database = new Database(path, { readonly: true });
  onTestFinished(() => void database.close());
  return [
    database.pragma('user_version', { simple: true }),
    database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all(),
  ];
}

it.each(migrations.map((_, index) => index + 1))(
  'opens an archive of version %i with all that it holds',
  (version) => {
    const path = restoreDump(version);
    const opened = openArchive(path);
    using archive = ready(opened);
    const { sessions, damaged } = archive.openSessions();
    const fresh = temporaryPath();
    using _ = ready(openArchive(fresh));
    expect([opened.status, damaged, sessions.map(({ title, defaults }) => ({ title, defaults }))]).toEqual([
      'ready',
      [],
      [{ title: 'Work', defaults: { model: 'local/one', mode: 'code', modeModels: { plan: 'cloud/two' } } }],
    ]);
    expect(
      sessions.map(({ id }) => ({
        messages: archive.messages(id).map(({ parts, model }) => ({ parts, model })),
        config: archive.config(id),
        scrollback: archive.scrollback(id)?.text,
        command: archive.lastCommand(id)?.commandLine,
      })),
    ).toEqual([
      {
        messages: [{ parts: [{ type: 'text', text: 'Hello' }], model: 'local/one' }],
        config: { mode: 'plan' },
        scrollback: '$ ls',
        command: 'ls',
      },
    ]);
    expect(sessions.map(({ id }) => archive.panes(id).map(({ cwd }) => cwd))).toEqual([
      version < 3 ? [] : ['/tmp'],
    ]);
    expect(sessions.map(({ profile, colour, isPinned }) => [profile, colour, isPinned])).toEqual([
      version < 4 ? ['', '', false] : ['build-1', 'teal', true],
    ]);
    expect(archive.findMessages('hel', 9).map(({ text, title }) => [text, title])).toEqual([
      ['Hello', 'Work'],
    ]);
    expect(archive.usageBetween(0, Infinity).map(({ usage }) => usage)).toEqual(
      version === 1 ? [] : [{ inputTokens: 10, outputTokens: 5, cost: 0.25 }],
    );
    expect([archive.state('active-session'), schemaOf(path)]).toEqual([sessions[0]?.id, schemaOf(fresh)]);
  },
);

it('takes over what answers used before that was kept apart, damaged or not', () => {
  const path = restoreDump(1);
  const database = new Database(path);
  const insert = database.prepare(
    `INSERT INTO message SELECT ?, session_id, 2, turn_id, 'assistant', parts, provider, model, mode, status, error, ?,
      created_at, ?, 0 FROM message WHERE role = 'user'`,
  );
  const usages = [
    '{"inputTokens":7,"outputTokens":3,"cachedInputTokens":2}',
    '{"inputTokens":"x"}',
    '{',
    null,
  ];
  for (const [index, usage] of usages.entries())
    insert.run(`01KAJ000000000000000000${100 + index}`, usage, index || null);
  database.close();
  using archive = ready(openArchive(path));
  expect(
    archive.usageBetween(0, Infinity).map(({ model, usage, endedAt }) => ({ model, usage, endedAt })),
  ).toEqual([
    { model: 'local/one', usage: { inputTokens: 0 }, endedAt: 1 },
    {
      model: 'local/one',
      usage: { inputTokens: 7, outputTokens: 3, cachedInputTokens: 2 },
      endedAt: 1_700_000_000_000,
    },
  ]);
});

it('runs the migrations that an archive lacks, each once', () => {
  const path = restoreDump(1);
  const more = [
    ...migrations,
    "INSERT INTO app_state VALUES ('step', 'two')",
    "UPDATE app_state SET value = value || '+' WHERE key = 'step'",
  ];
  const steps = [1, 2].map(() => {
    using archive = ready(openArchive(path, more));
    return archive.state('step');
  });
  expect(steps).toEqual(['two+', 'two+']);
});

it('takes a migration back whole when it fails half way, and sets the archive aside', () => {
  // The second statement fails where the row is there already, as it is in the dump and not in a fresh archive.
  const half =
    "INSERT INTO app_state VALUES ('step', 'two'); INSERT INTO app_state VALUES ('active-session', '')";
  const opened = openArchive(restoreDump(migrations.length), [...migrations, half]);
  if (opened.status !== 'set-aside') throw new Error(`It was ${opened.status}`);
  using archive = opened.archive;
  const aside = new Database(opened.asidePath, { readonly: true });
  onTestFinished(() => void aside.close());
  expect([
    aside.pragma('user_version', { simple: true }),
    aside.prepare('SELECT key FROM app_state').pluck().all(),
    archive.state('step'),
  ]).toEqual([migrations.length, ['active-session'], 'two']);
});
