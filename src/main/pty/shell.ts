import { accessSync, constants, statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { err, ok, type Result } from '../../shared/result.ts';

/**
 * Absolute path of the shell's program; where there is none, words for a person, which name the key of settings.toml that it is
 * from. An empty name means the login shell.
 */
export function findShell(
  name: string,
  environment: NodeJS.ProcessEnv,
  settingsKey: string,
): Result<string, string> {
  const wanted = name || environment['SHELL'] || userInfo().shell || '/bin/sh';
  const candidates = pathsOf(wanted, environment);
  const found = candidates.find(isProgram);
  if (found !== undefined) return ok(found);
  const problem = candidates.some(isFile) ? 'may not be run' : 'was not found';
  return err(
    `The shell "${wanted}" ${problem}. Set ${settingsKey} in settings.toml to the path of a ${settingsKey === 'defaults.shell' ? 'shell' : 'program'}.`,
  );
}

/** The folder, where the shell can start in it, else the home folder. */
export function findFolder(wanted: string): { folder: string; isWanted: boolean } {
  if (isUsableFolder(wanted)) return { folder: wanted, isWanted: true };
  return { folder: isUsableFolder(homedir()) ? homedir() : '/', isWanted: false };
}

/** The first program of that name on PATH. */
export function findProgram(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  return pathsOf(name, environment).find(isProgram);
}

function pathsOf(name: string, environment: NodeJS.ProcessEnv): string[] {
  if (name.startsWith('~/')) return [join(homedir(), name.slice(2))];
  if (isAbsolute(name)) return [name];
  if (name.includes('/')) return [];
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name));
}

function isFile(path: string): boolean {
  return attempt(() => statSync(path).isFile());
}

function isProgram(path: string): boolean {
  return isFile(path) && attempt(() => accessSync(path, constants.X_OK) === undefined);
}

/** Can be entered: `/.` at the end is not found below a file. */
function isUsableFolder(path: string): boolean {
  return isAbsolute(path) && attempt(() => accessSync(`${path}/.`, constants.X_OK) === undefined);
}

function attempt(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
