import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { findShells, findWindowsShells } from './find-shells.ts';
import { findSshHosts } from './find-ssh-hosts.ts';
import type { FoundProfile, FoundProfiles } from './types.ts';

/** Between two looks at the files, which may also be made later. */
const LOOK_INTERVAL_MS = 2_000;
/** The subsystem for Linux may have to start first. */
const WSL_LIMIT_MS = 3_000;

export type FoundProfilesOptions = {
  readonly environment: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  /** The system's list of shells. */
  readonly shellList?: string;
};

/** Finds shells and SSH hosts, and looks for changes of the files that name them for its whole life. Never throws. */
export function openFoundProfiles(options: FoundProfilesOptions): FoundProfiles {
  const { shellList = '/etc/shells' } = options;
  const listeners = new Set<() => void>();
  // Asked once: it starts a program, and no file tells of a change.
  const windowsShells =
    options.platform === 'win32' ? findWindowsShells(options.environment, listDistributions) : undefined;
  let { watched, ...current } = find(options, shellList, windowsShells);
  let seen = look(watched);
  const timer = setInterval(() => {
    if (look(watched) === seen) return;
    const before = current;
    ({ watched, ...current } = find(options, shellList, windowsShells));
    seen = look(watched);
    if (isDeepStrictEqual(current, before)) return;
    for (const listener of listeners) listener();
  }, LOOK_INTERVAL_MS).unref();
  return {
    get current() {
      return current;
    },
    onChange: (listener) => void listeners.add(listener),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function find(
  { environment, homeFolder }: FoundProfilesOptions,
  shellList: string,
  windowsShells: FoundProfile[] | undefined,
) {
  const shells = windowsShells ?? findShells(environment, shellList);
  const { hosts, problems, watched } = findSshHosts(join(homeFolder, '.ssh'), homeFolder);
  const shellNames = new Set(shells.map(({ name }) => name));
  const connections = hosts.map(({ name, path }) => ({
    source: 'ssh' as const,
    name: shellNames.has(name) ? `${name} (SSH)` : name,
    command: 'ssh',
    args: [name],
    origin: path.startsWith(`${homeFolder}/`) ? `~${path.slice(homeFolder.length)}` : path,
    icon: 'server' as const,
  }));
  return { profiles: [...shells, ...connections], problems, watched: [shellList, ...watched] };
}

/** What changes when one of the paths does. */
function look(paths: readonly string[]): string {
  return paths
    .map((path) => {
      try {
        const found = statSync(path, { throwIfNoEntry: false });
        return `${path}/${found?.size}/${found?.mtimeMs}/${found?.mode}`;
      } catch (error) {
        return `${path}/${(error as NodeJS.ErrnoException).code}`;
      }
    })
    .join('\n');
}

function listDistributions(): Buffer | undefined {
  try {
    return execFileSync('wsl.exe', ['-l', '-q'], { timeout: WSL_LIMIT_MS, windowsHide: true });
  } catch {
    // Not installed, or without a distribution.
    return undefined;
  }
}
