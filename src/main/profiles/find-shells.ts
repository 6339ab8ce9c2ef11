import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import type { FoundProfile } from './types.ts';

/** Stand in /etc/shells, and are no shells that one works in. */
const NO_SHELLS = /^(?:nologin|false|true|sync|git-shell|tmux|screen|systemd-home-fallback-shell)$/;

/**
 * The user's own shell, those of `listPath` that are there and may be run, and PowerShell where it is on PATH. Two paths of one
 * file are one shell, by the name that the file itself has.
 */
export function findShells(environment: NodeJS.ProcessEnv, listPath: string): FoundProfile[] {
  const { SHELL: own = '', PATH = '' } = environment;
  const onPath = PATH.split(delimiter).map((folder) => join(folder, 'pwsh'));
  const candidates = [
    { path: own, origin: '$SHELL' },
    ...listedIn(listPath).map((path) => ({ path, origin: listPath })),
    ...onPath.map((path) => ({ path, origin: 'PATH' })),
  ].flatMap(({ path, origin }) => {
    const file = isAbsolute(path) ? programAt(path) : undefined;
    if (file === undefined || NO_SHELLS.test(basename(path)) || NO_SHELLS.test(basename(file))) return [];
    return [{ path, origin, file }];
  });
  const byFile = Map.groupBy(candidates, ({ file }) => file);
  const shells = [...byFile].flatMap(([file, [first, ...others]]) => {
    if (!first) return [];
    // The user's own path says by which name they want it.
    const isOwn = first.origin === '$SHELL';
    const named = [first, ...others].find(({ path }) => basename(path) === basename(file));
    return [isOwn ? first : (named ?? first)];
  });
  return withUniqueNames(shells.map(({ path, origin }) => ({ source: 'shell', command: path, origin })));
}

/** The shells of Windows and the distributions of its subsystem for Linux. `listDistributions` answers what `wsl.exe -l -q` prints. */
export function findWindowsShells(
  environment: NodeJS.ProcessEnv,
  listDistributions: () => Buffer | undefined,
): FoundProfile[] {
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(';');
  const programs = ['pwsh.exe', 'powershell.exe', 'cmd.exe'].flatMap((name) => {
    const command = folders.map((folder) => join(folder, name)).find((path) => programAt(path));
    return command === undefined
      ? []
      : [{ source: 'shell' as const, name: name.replace('.exe', ''), command, origin: 'PATH' }];
  });
  const distributions = readDistributions(listDistributions()).map((name) => ({
    source: 'shell' as const,
    name,
    command: 'wsl.exe',
    args: ['-d', name],
    origin: 'WSL',
    icon: 'terminal' as const,
  }));
  return [...programs, ...distributions];
}

/** `wsl.exe` writes UTF-16 whatever the console's code page is. */
export function readDistributions(output: Buffer | undefined): string[] {
  const text = output?.toString('utf16le').replace(/^\uFEFF/, '') ?? '';
  // Docker's are not made to be worked in.
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((name) => name !== '' && !name.startsWith('docker-desktop'));
}

function listedIn(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim());
  } catch {
    // A system need not have the list.
    return [];
  }
}

/** The real path of a program; undefined where there is none that may be run. */
function programAt(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? realpathSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Of two shells of one name, as of two versions, the later has its path behind the name. */
function withUniqueNames(shells: readonly Omit<FoundProfile, 'name'>[]): FoundProfile[] {
  const taken = new Set<string>();
  return shells.map((shell) => {
    const short = basename(shell.command);
    const name = taken.has(short) ? `${short} (${shell.command})` : short;
    taken.add(name);
    return { name, ...shell };
  });
}
