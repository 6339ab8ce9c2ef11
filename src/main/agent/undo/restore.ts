import { chmod, lstat, mkdir, rmdir, symlink, unlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { openFolder, type SafeFolder } from '../files/safe-folder.ts';
import { hasCode, ToolError } from '../files/tool-error.ts';
import type { Blobs } from './blobs.ts';
import { isSameState, readState, reasonOf } from './states.ts';
import type { State } from './types.ts';

/** How something lies now, and how it is to lie. */
export type Restoration = { readonly path: string; readonly from: State; readonly to: State };

export type Restored = {
  readonly restored: readonly string[];
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
};

/** Brings paths to how they are to lie. What is not as `from` says any more is left alone and told. */
export async function restore(restorations: readonly Restoration[], blobs: Blobs): Promise<Restored> {
  const failures = new Map<string, string>();
  const attempt = async (path: string, act: () => Promise<void>) => {
    if (failures.has(path)) return;
    await act().catch((error: unknown) => failures.set(path, reasonOf(error)));
  };
  const nearestFirst = restorations.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  for (const { path, from, to } of nearestFirst.toReversed()) {
    const isInTheWay = from.type !== 'missing' && from.type !== to.type;
    if (isInTheWay) await attempt(path, () => remove(path, from));
  }
  for (const { path, from, to } of nearestFirst) {
    if (to.type === 'folder' && from.type !== 'folder') await attempt(path, () => makeFolder(path));
    if (to.type === 'file' || to.type === 'link') await attempt(path, () => put({ path, from, to }, blobs));
  }
  // Last and from within: a folder's mode may forbid what is done in it.
  for (const { path, to } of nearestFirst.toReversed()) {
    if (to.type === 'folder') await attempt(path, () => setMode(path, to.mode));
  }
  return {
    restored: restorations.map(({ path }) => path).filter((path) => !failures.has(path)),
    failed: [...failures].map(([path, reason]) => ({ path, reason })),
  };
}

async function remove(path: string, from: State): Promise<void> {
  await using folder = await openFolder(dirname(path));
  const name = basename(path);
  if (from.type === 'folder') {
    await rmdir(folder.at(name)).catch((error: unknown) => {
      throw hasCode(error, 'ENOTEMPTY', 'EEXIST') ? new ToolError('there is something in it by now') : error;
    });
    return;
  }
  await confirm(path, from);
  await unlink(folder.at(name));
}

async function makeFolder(path: string): Promise<void> {
  await using folder = await openFolder(dirname(path), { make: true });
  await mkdir(folder.at(basename(path)));
}

async function setMode(path: string, mode: number): Promise<void> {
  await using folder = await openFolder(dirname(path));
  const at = folder.at(basename(path));
  // A link in its place would pass the mode on.
  if ((await lstat(at)).isDirectory()) await chmod(at, mode);
}

async function put({ path, from, to }: Restoration, blobs: Blobs): Promise<void> {
  await using folder = await openFolder(dirname(path), { make: true });
  const name = basename(path);
  if (to.type === 'link') {
    if (from.type === 'link') await remove(path, from);
    await symlink(to.target, folder.at(name));
  } else if (to.type === 'file') {
    await putFile(folder, { path, from, to }, blobs);
  }
}

type FileRestoration = Restoration & { readonly to: Extract<State, { type: 'file' }> };

async function putFile(folder: SafeFolder, { path, from, to }: FileRestoration, blobs: Blobs): Promise<void> {
  const bytes = await blobs.read(to.hash);
  if (!bytes) throw new ToolError('what was kept of it is gone or damaged');
  const content = { bytes, mode: to.mode };
  const name = basename(path);
  if (from.type === 'file') await folder.replace(name, content, () => confirm(path, from));
  else await folder.create(name, content);
}

async function confirm(path: string, from: State): Promise<void> {
  const { state } = await readState(path);
  if (!isSameState(state, from)) throw new ToolError('it changed while it was being restored');
}
