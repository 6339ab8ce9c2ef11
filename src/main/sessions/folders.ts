import { access, constants, stat } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';

export function loginShell(environment: NodeJS.ProcessEnv): string {
  return environment['SHELL'] ?? userInfo().shell ?? '/bin/sh';
}

export function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? homedir() + path.slice(1) : path;
}

/** Undefined when the folder can be listed and entered. */
export async function reasonUnreadable(folder: string): Promise<string | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return `${folder} is not a folder. Choose one that exists.`;
    await access(folder, constants.R_OK | constants.X_OK);
    return undefined;
  } catch {
    return `${folder} cannot be opened. Choose a folder that exists and that you may read.`;
  }
}
