import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRipgrep } from './ripgrep.ts';
import { openWorkspace, type Workspace } from './testing/open-workspace.ts';

const TREE = {
  '.gitignore': 'dist/\n*.log\n!keep.log\n',
  '.git/config': 'needle',
  '.git/info/exclude': 'private.txt\n',
  '.github/workflows/ci.yml': 'needle: ci\n',
  'dist/out.js': 'needle',
  'keep.log': 'needle kept\n',
  'debug.log': 'needle',
  'private.txt': 'needle',
  'node_modules/a/index.js': 'needle',
  'src/.gitignore': 'generated.ts\n!special.log\n',
  'src/.ignore': 'secret.ts\n',
  'src/a.ts': 'first\nneedle (a)\nthird\nfourth\nNEEDLE\n',
  'src/b.tsx': 'needle.b\r\n',
  'src/generated.ts': 'needle',
  'src/secret.ts': 'needle',
  'src/special.log': 'needle special',
  'src/deep/c.ts': 'nothing here\n',
  'image.bin': Buffer.from('needle\0'),
};

it('lists a folder, naming what is ignored without opening it', async () => {
  const { call, path, around } = openWorkspace(TREE);
  symlinkSync(around, path('way-out'));
  const { text } = await call('list_files', { depth: 2 });
  expect(text.split('\n')).toEqual([
    '.:',
    '  .git/ (ignored)',
    '  .github/',
    '    workflows/',
    '  .gitignore (22 bytes)',
    '  debug.log (6 bytes) (ignored)',
    '  dist/ (ignored)',
    '  image.bin (7 bytes)',
    '  keep.log (12 bytes)',
    '  node_modules/ (ignored)',
    '  private.txt (6 bytes) (ignored)',
    '  src/',
    '    .gitignore (26 bytes)',
    '    .ignore (10 bytes)',
    '    a.ts (37 bytes)',
    '    b.tsx (10 bytes)',
    '    deep/',
    '    generated.ts (6 bytes) (ignored)',
    '    secret.ts (6 bytes) (ignored)',
    '    special.log (14 bytes)',
    '  way-out (link)',
  ]);
  expect((await call('list_files', { path: 'node_modules/a' })).text).toContain('index.js');
  expect((await call('list_files', { path: 'src/a.ts' })).text).toContain('read_file reads it');
  expect((await call('list_files', { path: 'none' })).text).toContain('no such file or folder');
});

it('says that a folder is empty, and when there is too much', async () => {
  const { call, path } = openWorkspace();
  mkdirSync(path('empty'));
  expect((await call('list_files', { path: 'empty' })).text).toBe('empty is empty.');
  for (let index = 0; index <= 1000; index++) writeFileSync(path(`${index}.txt`), '');
  expect((await call('list_files', {})).text).toContain('There is more than these 1000');
  expect((await call('find_files', { pattern: '*.txt' })).text).toContain('There are more than these 1000');
});

it('finds files by name, path and alternatives, hidden ones too, ignored ones not', async () => {
  const { call } = openWorkspace(TREE);
  const find = async (pattern: string, path?: string) =>
    (await call('find_files', { pattern, ...(path !== undefined && { path }) })).text.split('\n');
  expect(await find('*.ts')).toEqual(['src/a.ts', 'src/deep/c.ts']);
  expect(await find('src/*.{ts,tsx}')).toEqual(['src/a.ts', 'src/b.tsx']);
  expect(await find('./src/**/c.ts')).toEqual(['src/deep/c.ts']);
  expect(await find('**/*.yml')).toEqual(['.github/workflows/ci.yml']);
  expect(await find('*.log')).toEqual(['keep.log', 'src/special.log']);
  expect(await find('*.js', 'dist')).toEqual(['dist/out.js']);
  expect(await find('c.ts', 'src')).toEqual(['src/deep/c.ts']);
  expect(await find('*.none')).toEqual(['No file matches *.none.']);
});

it('shows a name that holds a line break as what it is', async () => {
  const { call, path } = openWorkspace();
  writeFileSync(path('a\nb.txt'), '');
  expect((await call('find_files', { pattern: '*.txt' })).text).toBe(String.raw`"a\nb.txt"`);
});

it("never enters Carrel's own folder", async () => {
  const { call, context } = openWorkspace({}, {});
  writeFileSync(join(context.home, 'settings.toml'), 'needle');
  const path = join(context.home, '..');
  expect((await call('find_files', { path, pattern: 'settings.toml' })).text).toContain('No file matches');
  expect((await call('search_files', { path, pattern: 'needle' })).text).toBe('Nothing matches.');
  expect((await call('list_files', { path, depth: 3 })).text).not.toContain('settings');
});

const SEARCHES = [
  { name: 'our own search', ripgrep: undefined },
  { name: 'ripgrep', ripgrep: findRipgrep(process.env) },
];

// Where there is no ripgrep only our own is left.
describe.each(SEARCHES.filter(({ ripgrep }, index) => index === 0 || ripgrep !== undefined))(
  'search_files with $name',
  ({ ripgrep }) => {
    const open = (files: Record<string, string | Buffer> = TREE): Workspace =>
      openWorkspace(files, { ripgrep });
    const textOf = async ({ call }: Workspace, input: object) => (await call('search_files', input)).text;

    it('finds lines in what is not ignored', async () => {
      expect((await textOf(open(), { pattern: 'needle' })).split('\n')).toEqual([
        '5 matches in 5 files:',
        '',
        '.github/workflows/ci.yml',
        '1: needle: ci',
        '',
        'keep.log',
        '1: needle kept',
        '',
        'src/a.ts',
        '2: needle (a)',
        '',
        'src/b.tsx',
        '1: needle.b',
        '',
        'src/special.log',
        '1: needle special',
      ]);
    });

    it('knows case, plain text, globs, context and a limit', async () => {
      const workspace = open();
      const search = (input: object) => textOf(workspace, input);
      expect(await search({ pattern: 'needle', path: 'src/a.ts', isCaseSensitive: false, context: 1 })).toBe(
        '2 matches in 1 file:\n\nsrc/a.ts\n1- first\n2: needle (a)\n3- third\n4- fourth\n5: NEEDLE',
      );
      expect(await search({ pattern: 'first|NEEDLE', path: 'src', context: 0 })).toBe(
        '2 matches in 1 file:\n\nsrc/a.ts\n1: first\n5: NEEDLE',
      );
      expect(await search({ pattern: 'needle (a)', isLiteral: true })).toContain('1 match in 1 file');
      expect(await search({ pattern: 'needle (a)' })).toBe('Nothing matches.');
      expect(await search({ pattern: 'b$', glob: '*.{ts,tsx}' })).toContain('src/b.tsx\n1: needle.b');
      expect(await search({ pattern: 'needle', glob: '*.log' })).toContain('2 matches in 2 files');
      expect(await search({ pattern: '-e', isLiteral: true })).toBe('Nothing matches.');
      const limited = await search({ pattern: 'needle', limit: 2 });
      expect(limited).toMatch(/^2 matches in \d files?, and there are more:/);
      expect(await search({ pattern: '(' })).toMatch(/The pattern is (not understood|no regular expression)/);
    });

    it('reads UTF-16 and Latin-1, and shortens long lines', async () => {
      const workspace = open({
        'wide.txt': Buffer.from('\uFEFFzwölf\r\n', 'utf16le'),
        'latin.txt': Buffer.from('needle zwölf\n', 'latin1'),
        'long.txt': `needle ${'x'.repeat(10_000)}`,
      });
      expect(await textOf(workspace, { pattern: 'zwölf', glob: 'wide.txt' })).toContain('1: zwölf');
      expect(await textOf(workspace, { pattern: 'needle', glob: 'latin.txt' })).toContain('1: needle zwölf');
      expect(await textOf(workspace, { pattern: 'needle', glob: 'long.txt' })).toContain('[… 9607 more]');
    });

    it('searches in more files than fit into one call', async () => {
      const files = Object.fromEntries(
        Array.from({ length: 1200 }, (_, index) => [
          `${'folder-name/'.repeat(8)}file-${index}.txt`,
          'needle',
        ]),
      );
      expect(await textOf(open(files), { pattern: 'needle', limit: 2000 })).toContain(
        '1,200 matches in 1,200 files',
      );
    });

    it('stops at once when it is told to', async () => {
      const controller = new AbortController();
      const { call } = openWorkspace(
        { 'a.txt': `${'a'.repeat(40)}\n`.repeat(1000) },
        { ripgrep, signal: controller.signal },
      );
      const outcome = call('search_files', { pattern: '(a+)+$b' });
      setImmediate(() => controller.abort());
      expect(await outcome).toEqual({ isError: true, text: 'It was stopped.' });
    });
  },
);

it('passes over a ripgrep that is not named absolutely', () => {
  const { folder } = openWorkspace({ rg: '#!/bin/sh\n' });
  expect(findRipgrep({ PATH: `.::bin:${folder}` })).toBeUndefined();
});
