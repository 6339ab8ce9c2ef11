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
    expect([archive.state('active-session'), schemaOf(path)]).toEqual([sessions[0]?.id, schemaOf(fresh)]);
  },
);

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
  const opened = openArchive(restoreDump(1), [...migrations, half]);
  if (opened.status !== 'set-aside') throw new Error(`It was ${opened.status}`);
  using archive = opened.archive;
  const aside = new Database(opened.asidePath, { readonly: true });
  onTestFinished(() => void aside.close());
  expect([
    aside.pragma('user_version', { simple: true }),
    aside.prepare('SELECT key FROM app_state').pluck().all(),
    archive.state('step'),
  ]).toEqual([1, ['active-session'], 'two']);
});
