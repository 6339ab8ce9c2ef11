import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findShells, findWindowsShells, readDistributions } from './find-shells.ts';

/** A folder with programs of these names, links where one is named, and a list of all of them. */
function machine(programs: Readonly<Record<string, string | undefined>>, list?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-shells-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pathOf = (name: string) => join(folder, name);
  for (const [name, target] of Object.entries(programs)) {
    if (target === undefined) writeFileSync(pathOf(name), '', { mode: 0o755 });
    else symlinkSync(pathOf(target), pathOf(name));
  }
  const listPath = pathOf('shells');
  writeFileSync(listPath, list ?? Object.keys(programs).map(pathOf).join('\n'));
  return { folder, pathOf, listPath };
}

const namesOf = (shells: readonly { name: string }[]) => shells.map(({ name }) => name);

it('finds the shells of the list that may be run, each file once, by its own name', () => {
  const { folder, pathOf, listPath } = machine({
    sh: 'dash',
    dash: undefined,
    bash: undefined,
    rbash: 'bash',
    nologin: undefined,
    'git-shell': undefined,
    tmux: undefined,
    locked: undefined,
    'gone-link': 'gone',
  });
  chmodSync(pathOf('locked'), 0o644);
  writeFileSync(listPath, `# ${folder}/no\n\nbash\n`, { flag: 'a' });
  expect(findShells({ PATH: '/nowhere' }, listPath).map(({ name, command }) => [name, command])).toEqual([
    ['dash', pathOf('dash')],
    ['bash', pathOf('bash')],
  ]);
});

it("has the user's own shell first, by the user's name for it", () => {
  const { pathOf, listPath } = machine({ dash: undefined, sh: 'dash', zsh: undefined });
  expect(findShells({ SHELL: pathOf('zsh') }, listPath)).toEqual([
    { name: 'zsh', source: 'shell', command: pathOf('zsh'), origin: '$SHELL' },
    { name: 'dash', source: 'shell', command: pathOf('dash'), origin: listPath },
  ]);
  expect(namesOf(findShells({ SHELL: pathOf('sh') }, listPath))).toEqual(['sh', 'zsh']);
  expect(namesOf(findShells({ SHELL: 'zsh' }, listPath))).toEqual(['dash', 'zsh']);
});

it('finds PowerShell on PATH, and tells two shells of one name apart', () => {
  const one = machine({ zsh: undefined });
  const other = machine({ zsh: undefined, pwsh: undefined });
  writeFileSync(one.listPath, `${one.pathOf('zsh')}\n${other.pathOf('zsh')}`);
  expect(namesOf(findShells({ PATH: `/nowhere:${other.folder}` }, one.listPath))).toEqual([
    'zsh',
    `zsh (${other.pathOf('zsh')})`,
    'pwsh',
  ]);
});

it('knows by the name of a link too what is no shell', () => {
  const { pathOf, listPath } = machine({ box: undefined, nologin: 'box', ash: 'box' });
  writeFileSync(listPath, `${pathOf('nologin')}\n${pathOf('ash')}`);
  expect(namesOf(findShells({}, listPath))).toEqual(['ash']);
});

it('does without a list', () => {
  expect(findShells({}, '/no/such/list')).toEqual([]);
});

it('reads what wsl.exe prints, which is UTF-16, and leaves out what is not made to be worked in', () => {
  const printed = Buffer.from('\uFEFFUbuntu-24.04\r\ndocker-desktop\r\nDebian Größe\r\n\r\n', 'utf16le');
  expect([readDistributions(printed), readDistributions(undefined)]).toEqual([
    ['Ubuntu-24.04', 'Debian Größe'],
    [],
  ]);
});

it('offers the shells of Windows and the distributions of its subsystem', () => {
  const { folder, pathOf } = machine({ 'powershell.exe': undefined, 'cmd.exe': undefined });
  const printed = Buffer.from('Ubuntu\r\n', 'utf16le');
  expect(
    findWindowsShells({ Path: folder }, () => printed).map(({ name, command, args }) => [
      name,
      command,
      args,
    ]),
  ).toEqual([
    ['powershell', pathOf('powershell.exe'), undefined],
    ['cmd', pathOf('cmd.exe'), undefined],
    ['Ubuntu', 'wsl.exe', ['-d', 'Ubuntu']],
  ]);
});
