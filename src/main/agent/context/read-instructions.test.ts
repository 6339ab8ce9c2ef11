import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readInstructions } from './read-instructions.ts';

/** A home folder with these files in it, and what holds in one of its folders, paths told from there. */
function openHome(files: Readonly<Record<string, string | Buffer>>) {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'carrel-instructions-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), content);
  }
  const read = async (folder: string, ofUser = home) => {
    const { taken, skipped } = await readInstructions(join(home, folder), ofUser);
    const inside = (path: string) => path.slice(home.length + 1);
    return {
      taken: taken.map(({ path, text, isCut }) => ({ path: inside(path), text, isCut })),
      skipped: skipped.map(({ path, reason }) => ({ path: inside(path), reason })),
    };
  };
  return { home, read };
}

const names = ({ taken }: { taken: readonly { path: string }[] }) => taken.map(({ path }) => path);

it('takes the files from the repository down to the folder, nearest last', async () => {
  const { read } = openHome({
    'AGENTS.md': 'home',
    'work/.git/HEAD': '',
    'work/AGENTS.md': 'work',
    'work/src/deep/AGENTS.md': 'deep',
    'work/other/AGENTS.md': 'other',
  });
  expect(await read('work/src/deep')).toEqual({
    taken: [
      { path: 'work/AGENTS.md', text: 'work', isCut: false },
      { path: 'work/src/deep/AGENTS.md', text: 'deep', isCut: false },
    ],
    skipped: [],
  });
});

it('goes up to the home folder without a repository, and stays in the folder outside of both', async () => {
  const { read } = openHome({ 'AGENTS.md': 'outer', 'work/AGENTS.md': 'inner' });
  expect(names(await read('work'))).toEqual(['AGENTS.md', 'work/AGENTS.md']);
  expect(names(await read('work', '/nowhere'))).toEqual(['work/AGENTS.md']);
  expect(await read('gone')).toEqual({ taken: [], skipped: [] });
});

it('takes CLAUDE.md only where no AGENTS.md lies beside it, and each file once', async () => {
  const { home, read } = openHome({
    'CLAUDE.md': 'only',
    'work/AGENTS.md': 'first',
    'work/CLAUDE.md': 'second',
  });
  mkdirSync(join(home, 'work/linked'));
  symlinkSync('../AGENTS.md', join(home, 'work/linked/AGENTS.md'));
  expect(names(await read('work'))).toEqual(['CLAUDE.md', 'work/AGENTS.md']);
  expect(names(await read('work/linked'))).toEqual(['CLAUDE.md', 'work/linked/AGENTS.md']);
});

it('reads each time anew', async () => {
  const { home, read } = openHome({ 'AGENTS.md': 'before' });
  await read('.');
  writeFileSync(join(home, 'AGENTS.md'), 'after');
  expect((await read('.')).taken).toMatchObject([{ text: 'after' }]);
});

it('follows no link out of the workspace, and waits for no pipe', async () => {
  const { home, read } = openHome({ 'secret.md': 'secret', 'work/.git/HEAD': '' });
  for (const folder of ['out', 'broken', 'pipe', 'folder/AGENTS.md'])
    mkdirSync(join(home, 'work', folder), { recursive: true });
  symlinkSync(join(home, 'secret.md'), join(home, 'work/out/AGENTS.md'));
  symlinkSync('nowhere', join(home, 'work/broken/AGENTS.md'));
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(home, 'work/pipe/AGENTS.md')]);
  const reasons = await Promise.all(
    ['out', 'broken', 'pipe', 'folder'].map(
      async (folder) => (await read(`work/${folder}`)).skipped[0]?.reason,
    ),
  );
  expect(reasons).toEqual([
    'it is a link that leads out of the workspace',
    'it is a link that leads nowhere',
    'AGENTS.md is no file',
    'AGENTS.md is no file',
  ]);
});

it.skipIf(process.getuid?.() === 0)('tells of a file that may not be read', async () => {
  const { home, read } = openHome({ 'AGENTS.md': 'mine' });
  chmodSync(join(home, 'AGENTS.md'), 0o000);
  expect((await read('.')).skipped).toEqual([{ path: 'AGENTS.md', reason: 'the system does not permit it' }]);
});

it('reads other encodings, and leaves out what is no text or empty', async () => {
  const { read } = openHome({
    'AGENTS.md': Buffer.from('\u{feff}Grüße\r\nzwei', 'utf16le'),
    'a/AGENTS.md': Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]),
    'a/b/AGENTS.md': Buffer.from([0, 1, 2, 3]),
    'a/b/c/AGENTS.md': ' \n',
    'a/b/c/d/AGENTS.md': 'red \u001b[31m',
  });
  const { taken, skipped } = await read('a/b/c/d');
  expect(taken.map(({ text }) => text)).toEqual(['Grüße\nzwei', 'Grüße', 'red [31m']);
  expect(skipped).toEqual([{ path: 'a/b/AGENTS.md', reason: 'it is no text' }]);
});

it('keeps the beginning of a long file, whole characters of it', async () => {
  const { read } = openHome({ 'AGENTS.md': `x${'ü'.repeat(40_000)}` });
  const { taken } = await read('.');
  expect(taken[0]?.isCut).toBe(true);
  expect(taken[0]?.text).toMatch(/^xü{16000,16384}$/);
});

it('leaves out the farthest files when there are too many', async () => {
  const long = 'x'.repeat(30_000);
  const { read } = openHome({
    'AGENTS.md': long,
    'a/AGENTS.md': long,
    'a/b/AGENTS.md': long,
    'a/b/c/AGENTS.md': long,
  });
  const { taken, skipped } = await read('a/b/c');
  expect(taken.map(({ path, text, isCut }) => [path, text.length, isCut])).toEqual([
    ['a/AGENTS.md', 5_536, true],
    ['a/b/AGENTS.md', 30_000, false],
    ['a/b/c/AGENTS.md', 30_000, false],
  ]);
  expect(skipped).toEqual([{ path: 'AGENTS.md', reason: 'nearer files take all the room there is' }]);
});
