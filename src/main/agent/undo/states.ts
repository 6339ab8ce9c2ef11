import { lstat, readlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { MAX_FILE_BYTES } from '../files/change-file.ts';
import { MovedError, openFolder } from '../files/safe-folder.ts';
import { hasCode, ToolError, wordsOfSystemError } from '../files/tool-error.ts';
import type { FileContent } from '../files/types.ts';
import { hashOf } from './blobs.ts';
import type { State } from './types.ts';

export const MISSING: State = { type: 'missing' };

export function isSameState(one: State, other: State): boolean {
  if (one.type === 'file' && other.type === 'file') return one.hash === other.hash && one.mode === other.mode;
  if (one.type === 'folder' && other.type === 'folder') return one.mode === other.mode;
  if (one.type === 'link' && other.type === 'link') return one.target === other.target;
  return one.type === 'missing' && other.type === 'missing';
}

export function stateOfContent({ bytes, mode }: FileContent): State {
  return { type: 'file', hash: hashOf(bytes), mode, size: bytes.length };
}

/** How something lies at a path now, and its bytes if it is a file. No link is followed. */
export async function readState(path: string): Promise<{ state: State; bytes?: Buffer }> {
  try {
    await using folder = await openFolder(dirname(path));
    const name = basename(path);
    const stats = await lstat(folder.at(name));
    if (stats.isSymbolicLink()) return { state: { type: 'link', target: await readlink(folder.at(name)) } };
    if (stats.isDirectory()) return { state: { type: 'folder', mode: stats.mode & 0o7777 } };
    const content = await folder.read(name, MAX_FILE_BYTES);
    return content ? { state: stateOfContent(content), bytes: content.bytes } : { state: MISSING };
  } catch (error) {
    // Where a folder on the way is gone or none any more, nothing lies below it.
    if (hasCode(error, 'ENOENT') || error instanceof MovedError) return { state: MISSING };
    return { state: { type: 'not-kept', reason: reasonOf(error) } };
  }
}

/** In words for a person. A bug throws. */
export function reasonOf(error: unknown): string {
  const words = error instanceof ToolError ? error.message : wordsOfSystemError(error);
  if (words === undefined) throw error;
  return words;
}
