import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { replaceFile } from './replace-file.ts';
import { openSettingsFile } from './settings-file.ts';
import type { SettingsFile } from './types.ts';

const builtInModes = { code: { description: 'Codes', prompt: 'Write code.' } };
const example = '[terminal]\nfont_size = 14\n';

function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'settings.toml');
}

/** The open file, and the font sizes it told of since. */
function open(path: string): { file: SettingsFile; told: number[] } {
  const file = openSettingsFile({ path, builtInModes, example });
  onTestFinished(() => file[Symbol.dispose]());
  const told: number[] = [];
  file.onChange(({ settings }) => told.push(settings.terminal.fontSize));
  return { file, told };
}

function fontSize(size: number): string {
  return `terminal.font_size = ${size}\n`;
}

/** What it told of, once it has told so often. */
async function toldAfter(told: readonly number[], times: number): Promise<readonly number[]> {
  await vi.waitUntil(() => told.length >= times, { timeout: 15_000, interval: 20 });
  return told;
}

it('follows the file when it is made, written, replaced as editors do, broken, mended and deleted', async () => {
  const path = temporaryPath();
  const { file, told } = open(path);
  expect([file.current.exists, file.current.problems, file.current.settings.terminal.fontSize]).toEqual([
    false,
    [],
    13,
  ]);
  writeFileSync(path, fontSize(14));
  expect(await toldAfter(told, 1)).toEqual([14]);
  writeFileSync(path, fontSize(15));
  expect(await toldAfter(told, 2)).toEqual([14, 15]);
  writeFileSync(`${path}.new`, fontSize(16));
  renameSync(`${path}.new`, path);
  expect(await toldAfter(told, 3)).toEqual([14, 15, 16]);
  writeFileSync(path, 'terminal = [');
  expect(await toldAfter(told, 4)).toEqual([14, 15, 16, 13]);
  expect([file.current.problems.length, readFileSync(path, 'utf8')]).toEqual([1, 'terminal = [']);
  writeFileSync(path, fontSize(17));
  expect(await toldAfter(told, 5)).toEqual([14, 15, 16, 13, 17]);
  rmSync(path);
  expect(await toldAfter(told, 6)).toEqual([14, 15, 16, 13, 17, 13]);
  expect(file.current.exists).toBe(false);
});

it('tells once of several writes, and nothing when the content is the same', async () => {
  const path = temporaryPath();
  writeFileSync(path, fontSize(14));
  const { told } = open(path);
  utimesSync(path, new Date(), new Date());
  writeFileSync(path, fontSize(14));
  writeFileSync(join(dirname(path), 'carrel.db'), 'something else');
  // That nothing is told has no event to wait for.
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const size of [20, 21, 22]) writeFileSync(path, fontSize(size));
  expect(await toldAfter(told, 1)).toEqual([22]);
});

it('follows a link to a file elsewhere, and a folder that is made later', async () => {
  const target = temporaryPath();
  const link = temporaryPath();
  writeFileSync(target, fontSize(14));
  symlinkSync(target, link);
  const linked = open(link);
  const late = join(temporaryPath(), 'deeper', 'settings.toml');
  const later = open(late);
  writeFileSync(target, fontSize(15));
  mkdirSync(dirname(late), { recursive: true });
  writeFileSync(late, fontSize(16));
  expect(await toldAfter(linked.told, 1)).toEqual([15]);
  expect(await toldAfter(later.told, 1)).toEqual([16]);
});

it('tells nobody after disposal, nor who no longer listens', async () => {
  const path = temporaryPath();
  const { file, told } = open(path);
  const gone = vi.fn<() => void>();
  file.onChange(gone)();
  const disposed = open(path);
  disposed.file[Symbol.dispose]();
  writeFileSync(path, fontSize(14));
  expect(await toldAfter(told, 1)).toEqual([14]);
  expect([gone.mock.calls.length, disposed.told, disposed.file.current.exists]).toEqual([0, [], false]);
});

it('writes the example where there is no file, for the user alone, and never over one', () => {
  const path = join(temporaryPath(), 'deeper', 'settings.toml');
  const { file, told } = open(path);
  file.ensureExists();
  const mode = statSync(path).mode & 0o777;
  writeFileSync(path, fontSize(20));
  file.ensureExists();
  expect([mode.toString(8), readFileSync(path, 'utf8'), told, file.current.exists]).toEqual([
    '600',
    fontSize(20),
    [14, 20],
    true,
  ]);
});

it('says what is wrong with a file that cannot be read, and has the defaults', () => {
  const paths = Array.from({ length: 5 }, temporaryPath);
  const [folder = '', utf16 = '', binary = '', huge = '', empty = ''] = paths;
  mkdirSync(folder);
  writeFileSync(utf16, Buffer.from(`\uFEFF${fontSize(20)}`, 'utf16le'));
  writeFileSync(binary, Buffer.from([0, 1, 2, 3, 127]));
  writeFileSync(huge, Buffer.alloc(5_000_000, '#'));
  writeFileSync(empty, '');
  const found = paths.map((path) => open(path).file.current);
  expect([
    found.map(({ problems }) => problems.map(({ message, line, column }) => `${line}:${column} ${message}`)),
    new Set(found.map(({ settings }) => settings.terminal.fontSize)),
  ]).toEqual([
    [
      ['1:1 A folder lies in the place of settings.toml; move it away.'],
      ['1:1 settings.toml is not UTF-8 text; save it as UTF-8.'],
      ['1:1 This is not TOML: a character that may not stand here.'],
      ['1:1 settings.toml is larger than 2 MB.'],
      [],
    ],
    new Set([13]),
  ]);
});

it.skipIf(process.platform === 'win32')('says so when it may not be read', () => {
  const path = temporaryPath();
  writeFileSync(path, fontSize(20));
  chmodSync(dirname(path), 0o755);
  chmodSync(path, 0);
  // Root may read everything, so it looks with another user's eyes.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  onTestFinished(() => void (isRoot && process.seteuid?.(0)));
  const { exists, problems } = open(path).file.current;
  expect([exists, problems.map(({ message }) => message)]).toEqual([
    true,
    ['settings.toml cannot be read (EACCES); check its permissions.'],
  ]);
});

const toLight = { path: ['appearance', 'theme'], value: 'light' } as const;
const withSize20 = '# mine\r\n[terminal]\r\nfont_size = 20 # large\r\n';

it('writes a value, tells of it at once, and keeps all else of the file', () => {
  const path = temporaryPath();
  const target = join(dirname(path), 'dotfiles.toml');
  writeFileSync(target, `\uFEFF${withSize20}`);
  chmodSync(target, 0o640);
  symlinkSync(target, path);
  const { file, told } = open(path);
  const first = file.edit([{ path: ['terminal', 'font_size'], value: 21 }]);
  const second = file.edit([toLight]);
  expect([first, second, told, file.current.settings.appearance.theme]).toEqual([
    { ok: true },
    { ok: true },
    [21, 21],
    'light',
  ]);
  expect([
    readFileSync(target, 'utf8'),
    (statSync(target).mode & 0o777).toString(8),
    lstatSync(path).isSymbolicLink() && realpathSync(path) === realpathSync(target),
    readdirSync(dirname(path)),
  ]).toEqual([
    `\uFEFF${withSize20.replace('20', '21')}\r\n[appearance]\r\ntheme = "light"\r\n`,
    '640',
    true,
    ['dotfiles.toml', 'settings.toml'],
  ]);
});

it('writes into the example where there is no file, for the user alone', () => {
  const path = join(temporaryPath(), 'deeper', 'settings.toml');
  const { file, told } = open(path);
  expect([
    file.edit([toLight]),
    readFileSync(path, 'utf8'),
    (statSync(path).mode & 0o777).toString(8),
    told,
  ]).toEqual([{ ok: true }, `${example}\n[appearance]\ntheme = "light"\n`, '600', [14]]);
});

it('leaves a link alone that leads nowhere', () => {
  const path = temporaryPath();
  symlinkSync(join(dirname(path), 'gone.toml'), path);
  const { file } = open(path);
  expect([file.edit([toLight]), readdirSync(dirname(path))]).toEqual([
    { ok: false, error: 'It may not be written (ENOENT); check its permissions.' },
    ['settings.toml'],
  ]);
});

it('keeps what was written by hand and is not read yet', () => {
  const path = temporaryPath();
  writeFileSync(path, fontSize(20));
  const { file } = open(path);
  writeFileSync(path, withSize20);
  expect(file.edit([toLight])).toEqual({ ok: true });
  expect(readFileSync(path, 'utf8')).toBe(`${withSize20}\r\n[appearance]\r\ntheme = "light"\r\n`);
});

it('refuses to write over what came in between', () => {
  const path = temporaryPath();
  writeFileSync(path, fontSize(20));
  expect([
    replaceFile(path, fontSize(19), fontSize(21)),
    replaceFile(path, undefined, fontSize(21)),
    readFileSync(path, 'utf8'),
    readdirSync(dirname(path)),
    replaceFile(path, fontSize(20), fontSize(21)),
    readFileSync(path, 'utf8'),
  ]).toEqual(['changed', 'changed', fontSize(20), ['settings.toml'], 'replaced', fontSize(21)]);
});

const refused: [name: string, text: string, value: string, error: RegExp][] = [
  [
    'a file that is broken',
    '[appearance]\ntheme = "dark',
    'light',
    /a text is not closed. \(line 2, column 9\)/,
  ],
  ['a file that is not text', '\0', 'light', /a character that may not stand here/],
  [
    'a value that is wrong',
    withSize20,
    'blue',
    /^appearance\.theme must be one of "system", "dark", "light"\.$/,
  ],
  ['a place for it that there is not', 'appearance = 1', 'light', /^appearance\.theme cannot be changed/],
];

it.each(refused)('refuses %s, says why, and leaves the file as it is', (_name, text, value, error) => {
  const path = temporaryPath();
  writeFileSync(path, text);
  const { file, told } = open(path);
  const edited = file.edit([{ path: ['appearance', 'theme'], value }]);
  expect([edited, readFileSync(path, 'utf8'), told]).toEqual([
    { ok: false, error: expect.stringMatching(error) as string },
    text,
    [],
  ]);
});

it('mends a wrong value, though others are wrong too', () => {
  const path = temporaryPath();
  writeFileSync(path, 'appearance.theme = "blue"\nterminal.font_size = 1\n');
  const { file } = open(path);
  expect([file.edit([toLight]), readFileSync(path, 'utf8')]).toEqual([
    { ok: true },
    'appearance.theme = "light"\nterminal.font_size = 1\n',
  ]);
});

it.skipIf(process.platform === 'win32')('says so when it may not be written', () => {
  const path = temporaryPath();
  writeFileSync(path, fontSize(20));
  // In this folder another file could take its place.
  chmodSync(dirname(path), 0o777);
  chmodSync(path, 0o444);
  const isRoot = process.geteuid?.() === 0;
  const { file } = open(path);
  if (isRoot) process.seteuid?.(65_534);
  const edited = file.edit([toLight]);
  if (isRoot) process.seteuid?.(0);
  expect([edited, readFileSync(path, 'utf8')]).toEqual([
    { ok: false, error: 'It may not be written (EACCES); check its permissions.' },
    fontSize(20),
  ]);
});
