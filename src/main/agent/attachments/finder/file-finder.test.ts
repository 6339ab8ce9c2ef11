import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FileFinder } from './file-finder.ts';

function openFolder(files: readonly string[]) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'carrel-finder-')));
  const finder = new FileFinder();
  onTestFinished(async () => {
    await finder[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), file === '.gitignore' ? 'dist/\n.env\n' : '');
  }
  const find = (query: string, home = folder) =>
    finder.find({ folder, query, limit: 10, hidden: join(folder, 'carrel'), home });
  return { folder, find };
}

it('tells the files of the folder, ignored ones left out, spaces and all', async () => {
  const { find } = openFolder([
    '.gitignore',
    'src/my file.ts',
    'dist/my file.js',
    'carrel/my file.db',
    '.git/my file',
  ]);
  expect(await find('my file')).toEqual(['src/my file.ts']);
  expect(await find('myf')).toEqual(['src/my file.ts']);
});

it('tells what a written path leads to, also what is ignored or lies elsewhere', async () => {
  const { folder, find } = openFolder(['.gitignore', '.env', 'dist/a.js', 'carrel/settings.toml']);
  expect((await find('.e'))[0]).toBe('.env');
  expect(await find('dist/')).toEqual(['dist/a.js']);
  expect(await find(`${folder}/dist/a`)).toEqual([`${folder}/dist/a.js`]);
  expect(await find('~/di')).toEqual(['~/dist/']);
  expect(await find('../')).not.toEqual([]);
  expect(await find('carrel/')).toEqual([]);
  expect(await find(`${folder}/car`)).toEqual([]);
});

it('follows no link into a circle, and tells nothing of a folder that is gone', async () => {
  const { folder, find } = openFolder(['a/b.ts']);
  symlinkSync('..', join(folder, 'a/up'));
  expect(await find('b.ts')).toEqual(['a/b.ts']);
  expect(await find('nowhere/')).toEqual([]);
});

it('looks through the files once while one types', async () => {
  const { folder, find } = openFolder(['first.ts']);
  expect(await find('first')).toEqual(['first.ts']);
  writeFileSync(join(folder, 'second.ts'), '');
  expect(await find('second')).toEqual([]);
  // As soon as it is written as a path, what lies there counts.
  expect(await find('./sec')).toEqual(['./second.ts']);
});
