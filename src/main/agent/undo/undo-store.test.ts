import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openWorkspace } from '../tools/testing/open-workspace.ts';
import { treeOf } from './testing/tree-of.ts';
import { openUndoStore, type UndoStoreOptions } from './undo-store.ts';

const { signal } = new AbortController();

/** A workspace whose tools keep what they change for the turn `turn`, and a way to run commands in it. */
async function openUndo(files: Record<string, string | Buffer>, options: Partial<UndoStoreOptions> = {}) {
  let beforeChange: Awaited<ReturnType<typeof openUndoStore>>['beforeChange'] | undefined;
  const workspace = openWorkspace(files, { beforeChange: async (change) => beforeChange?.('turn', change) });
  const { home } = workspace.context;
  const reopen = () => openUndoStore({ folder: join(home, 'undo'), home, ...options });
  const undo = await reopen();
  beforeChange = undo.beforeChange;
  const run = async (command: string, turnId = 'turn') => {
    const watch = await undo.beforeCommand(turnId, workspace.folder, signal);
    execFileSync('sh', ['-c', command], { cwd: workspace.folder });
    return watch.finish();
  };
  return { ...workspace, undo, reopen, run };
}

it('undoes what tools did in a turn, and undoes the undoing', async () => {
  const { undo, call, folder } = await openUndo({ 'a.txt': 'one\n', 'run.sh': '#!/bin/sh\r\n' });
  chmodSync(join(folder, 'run.sh'), 0o751);
  const before = treeOf(folder);
  await call('edit_file', { path: 'a.txt', oldText: 'one', newText: 'two' });
  await call('edit_file', { path: 'a.txt', oldText: 'two', newText: 'three' });
  await call('write_file', { path: 'run.sh', content: 'new\n' });
  await call('write_file', { path: 'new/deep/b.txt', content: 'b' });
  const after = treeOf(folder);
  expect(await undo.preview('turn')).toEqual(
    expect.arrayContaining([
      {
        path: join(folder, 'a.txt'),
        kind: 'file',
        change: 'changed',
        status: 'ready',
        bytesNow: 6,
        bytesThen: 4,
      },
      { path: join(folder, 'new/deep/b.txt'), kind: 'file', change: 'created', status: 'ready', bytesNow: 1 },
    ]),
  );
  const report = await undo.undo('turn');
  expect(treeOf(folder)).toEqual(before);
  expect(report).toMatchObject({ conflicts: [], failed: [], undoId: expect.any(String) });
  expect((await undo.preview('turn')).every(({ status }) => status === 'same')).toBe(true);
  const again = await undo.undo(report.undoId ?? '');
  expect(treeOf(folder)).toEqual(after);
  await undo.undo(again.undoId ?? '');
  expect(treeOf(folder)).toEqual(before);
});

it('undoes whatever an approved command did to the files: bytes, modes, links, folders, deletions and creations', async () => {
  const { undo, run, folder, path } = await openUndo({
    'a.txt': 'a',
    'same-size.txt': 'one',
    'gone/deep/b.txt': Buffer.from([0, 1, 255]),
    'becomes-folder': 'file',
    'becomes-file/c.txt': 'c',
    'moved/d.txt': 'd',
    'mode.sh': 'x',
  });
  symlinkSync('a.txt', path('link'));
  mkdirSync(path('empty'));
  const before = treeOf(folder);
  const coverage = await run(`
    echo more >> a.txt; printf two > same-size.txt; touch -r mode.sh same-size.txt; rm -r gone empty
    rm becomes-folder; mkdir becomes-folder; echo x > becomes-folder/x
    rm -r becomes-file; echo y > becomes-file; mv moved elsewhere; chmod 700 mode.sh; chmod 711 elsewhere
    ln -sf mode.sh link; mkdir -p new/deeper; echo z > new/deeper/z`);
  expect(coverage.gaps).toEqual([]);
  expect(coverage.changed).toContain(path('same-size.txt'));
  const after = treeOf(folder);
  const report = await undo.undo('turn');
  expect(report).toMatchObject({ conflicts: [], failed: [] });
  expect(treeOf(folder)).toEqual(before);
  await undo.undo(report.undoId ?? '');
  expect(treeOf(folder)).toEqual(after);
});

it('takes what tools and commands of one turn did as one change', async () => {
  const { undo, call, run, folder } = await openUndo({ 'a.txt': 'one\n' });
  const before = treeOf(folder);
  await call('edit_file', { path: 'a.txt', oldText: 'one', newText: 'two' });
  await run('echo three >> a.txt; echo b > b.txt');
  await call('edit_file', { path: 'b.txt', oldText: 'b', newText: 'c' });
  await run('rm b.txt');
  expect((await undo.preview('turn')).map(({ path }) => path)).toEqual([join(folder, 'a.txt')]);
  await undo.undo('turn');
  expect(treeOf(folder)).toEqual(before);
});

it('never undoes what the person changed since, unless it is chosen, and shows both versions', async () => {
  const { undo, run, path } = await openUndo({ 'a.txt': 'one', 'b.txt': 'one', 'c.txt': 'one' });
  await run('echo two | tee a.txt b.txt; rm c.txt; echo new > d.txt');
  writeFileSync(path('a.txt'), 'mine');
  writeFileSync(path('c.txt'), 'mine too');
  chmodSync(path('d.txt'), 0o600);
  const report = await undo.undo('turn');
  expect(report.restored).toEqual([path('b.txt')]);
  expect(report.conflicts.map((conflict) => [conflict.path, conflict.change])).toEqual([
    [path('a.txt'), 'changed'],
    [path('c.txt'), 'removed'],
    [path('d.txt'), 'created'],
  ]);
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('mine');
  expect(existsSync(path('d.txt'))).toBe(true);
  const versions = await undo.versions('turn', path('a.txt'));
  expect([versions.kept?.toString(), versions.current?.toString()]).toEqual(['one', 'mine']);
  const chosen = await undo.undo('turn', { chosen: [path('a.txt')] });
  expect(chosen.restored).toEqual([path('a.txt')]);
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('one');
  await undo.undo(chosen.undoId ?? '');
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('mine');
});

it('asks about what something else changed between two changes of a turn', async () => {
  const { undo, run, path } = await openUndo({ 'a.txt': 'one' });
  await run('echo two > a.txt');
  writeFileSync(path('a.txt'), 'mine');
  await run('echo three >> a.txt');
  expect(await undo.preview('turn')).toMatchObject([
    { status: 'conflict', reason: 'something else changed it between two changes of this turn' },
  ]);
});

it('keeps a later turn out of the undoing of an earlier one', async () => {
  const { undo, run, path } = await openUndo({ 'a.txt': 'one' });
  await run('printf two > a.txt', 'first');
  await run('printf three > a.txt', 'second');
  expect((await undo.undo('first')).conflicts).toHaveLength(1);
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('three');
  await undo.undo('second');
  await undo.undo('first');
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('one');
});

it('leaves alone what ignore files, .git and node_modules hold, also when the command changes the ignore file', async () => {
  const { undo, run, folder, path } = await openUndo({
    '.gitignore': 'dist/\n',
    'dist/out.js': 'old',
    'src/a.ts': 'a',
    '.git/HEAD': 'ref',
    'node_modules/x/index.js': 'x',
  });
  const coverage = await run(
    'echo "src/" > .gitignore; echo b > src/a.ts; echo new > dist/out.js; echo c > .git/HEAD; echo y > node_modules/x/index.js',
  );
  expect(coverage.changed.toSorted()).toEqual([path('.gitignore'), path('src/a.ts')]);
  await undo.undo('turn');
  expect(treeOf(folder)).toMatchObject({
    '.gitignore': expect.stringContaining('dist/'),
    'src/a.ts': expect.stringMatching(/a$/),
    'dist/out.js': expect.stringContaining('new'),
  });
});

it('says what it could not keep, and does not touch it', async () => {
  const { undo, run, path } = await openUndo({ 'big.bin': '' });
  truncateSync(path('big.bin'), 30_000_000);
  const coverage = await run('echo more >> big.bin; truncate -s 30M made.bin; echo a > a.txt');
  expect(coverage.gaps).toEqual(['Not kept, being too long, too much in all or not readable: 1 file.']);
  const report = await undo.undo('turn');
  expect(report.restored).toEqual([path('a.txt')]);
  expect(existsSync(path('made.bin'))).toBe(true);
  expect(await undo.preview('turn')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        path: path('big.bin'),
        change: 'changed',
        status: 'not-kept',
        reason: expect.stringContaining('longer than 20 MB'),
      }),
    ]),
  );
  expect(await undo.gaps('turn')).toEqual(coverage.gaps);
});

it('gives a tool what it wrote while a command ran, and not the command', async () => {
  const { undo, call, folder, path } = await openUndo({ 'a.txt': 'one', 'b.txt': 'one' });
  const watch = await undo.beforeCommand('other', folder, signal);
  await call('edit_file', { path: 'a.txt', oldText: 'one', newText: 'two' });
  writeFileSync(path('b.txt'), 'two');
  expect((await watch.finish()).changed).toEqual([path('b.txt')]);
});

it('asks about what two commands that ran in a folder at once have changed', async () => {
  const { undo, folder, path } = await openUndo({ 'a.txt': 'one' });
  const first = await undo.beforeCommand('first', folder, signal);
  const second = await undo.beforeCommand('second', folder, signal);
  writeFileSync(path('a.txt'), 'two');
  await second.finish();
  await first.finish();
  for (const turn of ['first', 'second']) {
    expect(await undo.preview(turn)).toMatchObject([
      { status: 'conflict', reason: 'another command ran in the folder at the same time' },
    ]);
  }
});

it('is still there after a restart, for the user alone to read', async () => {
  const { run, call, reopen, folder, context } = await openUndo({ 'a.txt': 'one', 'b.txt': 'one' });
  const before = treeOf(folder);
  await call('edit_file', { path: 'a.txt', oldText: 'one', newText: 'two' });
  await run('echo b > b.txt');
  const files = readdirSync(join(context.home, 'undo'), { recursive: true, encoding: 'utf8' });
  for (const name of files) expect(statSync(join(context.home, 'undo', name)).mode & 0o077).toBe(0);
  await (await reopen()).undo('turn');
  expect(treeOf(folder)).toEqual(before);
});

it('knows after a crash what a command changed until then, and asks about it', async () => {
  const { undo, reopen, folder, path } = await openUndo({ 'a.txt': 'one' });
  await undo.beforeCommand('turn', folder, signal);
  writeFileSync(path('a.txt'), 'two');
  const reopened = await reopen();
  expect(await reopened.preview('turn')).toMatchObject([
    {
      path: path('a.txt'),
      change: 'changed',
      status: 'conflict',
      reason: 'Carrel ended while the command ran',
    },
  ]);
  await reopened.undo('turn', { chosen: [path('a.txt')] });
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('one');
  expect(await (await reopen()).preview('turn')).toMatchObject([{ status: 'same' }]);
});

it('brings a workspace back that a command removed whole', async () => {
  const { undo, folder } = await openUndo({ 'a/b.txt': 'b', 'c.txt': 'c' });
  const before = treeOf(folder);
  const watch = await undo.beforeCommand('turn', folder, signal);
  rmSync(folder, { recursive: true });
  await watch.finish();
  await undo.undo('turn');
  expect(treeOf(folder)).toEqual(before);
});

it('restores nothing by way of a link that took the place of a folder', async () => {
  const { undo, run, around, path } = await openUndo({ 'in/a.txt': 'one' });
  await run('echo two > in/a.txt');
  const outside = join(around, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'a.txt'), 'two\n');
  renameSync(path('in'), path('aside'));
  symlinkSync(outside, path('in'));
  const report = await undo.undo('turn', { chosen: [path('in/a.txt')] });
  expect(report.restored).toEqual([]);
  expect(readFileSync(join(outside, 'a.txt'), 'utf8')).toBe('two\n');
  expect(readdirSync(outside)).toEqual(['a.txt']);
});

it('fails for what was kept and is damaged, and restores the rest', async () => {
  const { undo, run, context, path } = await openUndo({ 'a.txt': 'one', 'b.txt': 'two' });
  await run('echo x | tee a.txt b.txt');
  const contents = join(context.home, 'undo/contents');
  for (const name of readdirSync(contents)) {
    if (readFileSync(join(contents, name), 'utf8') === 'one') writeFileSync(join(contents, name), 'broken');
  }
  const report = await undo.undo('turn');
  expect(report).toMatchObject({
    restored: [path('b.txt')],
    failed: [{ path: path('a.txt'), reason: 'what was kept of it is gone or damaged' }],
  });
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('x\n');
});

it('keeps a folder that something was put into since', async () => {
  const { undo, run, path } = await openUndo({});
  await run('mkdir new; echo a > new/a.txt');
  writeFileSync(path('new/mine.txt'), 'mine');
  const report = await undo.undo('turn');
  expect(report.failed).toEqual([{ path: path('new'), reason: 'there is something in it by now' }]);
  expect(readdirSync(path('new'))).toEqual(['mine.txt']);
});

it('removes what is too old, the oldest of too much, and contents that nothing needs', async () => {
  let now = Date.now();
  const options = { now: () => now, maxBytes: 250_000 };
  const { undo, run, reopen, context, path } = await openUndo({ 'a.txt': 'old' }, options);
  await run('echo new > a.txt', 'old');
  now += 15 * 24 * 60 * 60 * 1000;
  for (const turn of ['first', 'second', 'third']) {
    now += 1000;
    writeFileSync(path('a.txt'), turn.padEnd(100_000, '.'));
    await run(`echo ${turn} > a.txt`, turn);
  }
  expect(await undo.preview('first')).toEqual([]);
  const reopened = await reopen();
  expect(await reopened.preview('old')).toEqual([]);
  expect(await reopened.preview('first')).toEqual([]);
  expect(await reopened.preview('second')).toHaveLength(1);
  expect((await reopened.undo('third')).restored).toEqual([path('a.txt')]);
  await undo.prune();
  expect(readdirSync(join(context.home, 'undo/contents')).length).toBeLessThanOrEqual(3);
});

it('keeps nothing that a running command still needs from being found', async () => {
  const { undo, folder, path } = await openUndo({ 'a.txt': 'one' });
  const watch = await undo.beforeCommand('turn', folder, signal);
  await undo.prune();
  writeFileSync(path('a.txt'), 'two');
  await watch.finish();
  await undo.undo('turn');
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('one');
});

it('sees a change that keeps length and time, made right after the look', async () => {
  const { undo, folder, path } = await openUndo({ 'a.txt': 'one' });
  utimesSync(path('a.txt'), 1, 1);
  const watch = await undo.beforeCommand('turn', folder, signal);
  writeFileSync(path('a.txt'), 'two');
  utimesSync(path('a.txt'), 1, 1);
  expect((await watch.finish()).changed).toEqual([path('a.txt')]);
});

it('does not begin when it is told to stop', async () => {
  const { undo, folder } = await openUndo({ 'a.txt': 'one' });
  const stopped = AbortSignal.abort();
  await expect(undo.beforeCommand('turn', folder, stopped)).rejects.toThrow('abort');
});

it('forgets what it is told to, with the contents that nothing else needs', async () => {
  const { undo, run, context, path } = await openUndo({ 'a.txt': 'one', 'b.txt': 'one' });
  await run('echo two > a.txt', 'first');
  await run('echo two > b.txt', 'second');
  const { undoId = '' } = await undo.undo('first');
  await undo.forget(['first', undoId, 'unknown']);
  expect([await undo.preview('first'), await undo.preview(undoId)]).toEqual([[], []]);
  expect(readdirSync(join(context.home, 'undo/contents'))).toHaveLength(1);
  await undo.undo('second');
  expect(readFileSync(path('b.txt'), 'utf8')).toBe('one');
});

it('keeps no more than it may when tools alone change files', async () => {
  const { undo, call, context } = await openUndo({ 'a.txt': 'x'.repeat(60_000) }, { maxBytes: 100_000 });
  for (let round = 0; round < 5; round += 1)
    await call('write_file', { path: 'a.txt', content: String(round).repeat(60_000) });
  expect(readdirSync(join(context.home, 'undo/contents')).length).toBeLessThanOrEqual(2);
  expect(await undo.preview('turn')).toHaveLength(1);
});
