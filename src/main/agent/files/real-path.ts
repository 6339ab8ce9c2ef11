import { lstat, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { hasCode, ToolError } from './tool-error.ts';

export type RealPath = {
  /** Absolute, without links; what is not there yet ends it as it was asked for. */
  readonly path: string;
  readonly isOutside: boolean;
};

export type Places = { readonly workspace: string; readonly home: string; readonly readable?: string };

/**
 * Where a path that a model wrote really leads. `readable` lies in Carrel's home and may be read all the same. Throws a
 * `ToolError` for what lies elsewhere in Carrel's home and for links that lead nowhere.
 */
export async function resolvePath(asked: string, { workspace, home, readable }: Places): Promise<RealPath> {
  if (asked.includes('\0')) throw new ToolError('A path cannot contain a NUL character.');
  const folder = await realpath(workspace);
  const fromHome = asked === '~' || asked.startsWith('~/') ? join(homedir(), asked.slice(1)) : asked;
  const path = await realPathOf(resolve(folder, fromHome));
  if (readable !== undefined && isWithin(path, await realPathOf(readable))) return { path, isOutside: false };
  if (isWithin(path, await realPathOf(home)))
    throw new ToolError(
      `${asked} lies in Carrel's own folder, where keys and histories are. No tool opens it.`,
    );
  return { path, isOutside: !isWithin(path, folder) };
}

export function isWithin(path: string, folder: string): boolean {
  const between = relative(folder, path);
  return between !== '..' && !between.startsWith(`..${sep}`) && !isAbsolute(between);
}

/** As a person would write it in that folder; control characters cannot pass for other lines. */
export function shownPath(path: string, workspace: string): string {
  const shown = isWithin(path, workspace) ? relative(workspace, path) || '.' : path;
  // oxlint-disable-next-line no-control-regex -- those are meant
  return /[\u0000-\u001f\u007f]/.test(shown) ? JSON.stringify(shown) : shown;
}

async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  const link = await lstat(path).catch(() => undefined);
  if (link) throw new ToolError(`${path} is a link that leads nowhere.`);
  return join(await realPathOf(dirname(path)), basename(path));
}
