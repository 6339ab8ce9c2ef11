import { basename, dirname } from 'node:path';
import { openFolder, removeFolders } from './safe-folder.ts';
import { hasCode, ToolError } from './tool-error.ts';
import type { FileChange, FileContent } from './types.ts';

/** Of files that tools open whole: what is longer is no text that anyone wrote. */
export const MAX_FILE_BYTES = 20_000_000;

/** The file at a path without links; undefined when there is none. */
export async function readFileSafely(path: string): Promise<FileContent | undefined> {
  try {
    await using folder = await openFolder(dirname(path));
    return await folder.read(basename(path), MAX_FILE_BYTES);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

export type ChangeFileOptions = {
  /** Without links. */
  readonly path: string;
  /** What was seen there; undefined when there was none. */
  readonly before: FileContent | undefined;
  readonly bytes: Buffer;
  readonly beforeChange: (change: FileChange) => Promise<void>;
};

/** Writes the bytes where the file is still what was seen, else throws a `ToolError`. Folders that are missing are made. */
export async function changeFile({ path, before, bytes, beforeChange }: ChangeFileOptions): Promise<void> {
  await using folder = await openFolder(dirname(path), { make: before === undefined });
  const name = basename(path);
  const confirm = async () => {
    if (!isSame(await folder.read(name, MAX_FILE_BYTES), before)) throw changedMeanwhile(path);
  };
  const after = { bytes, mode: before?.mode ?? 0o666 & ~process.umask() };
  try {
    await confirm();
    if (before) await folder.checkWritable(name);
    await beforeChange({ path, before, after, madeFolders: folder.made });
    await (before ? folder.replace(name, after, confirm) : folder.create(name, after));
  } catch (error) {
    await removeFolders(folder.made);
    throw hasCode(error, 'EEXIST') ? changedMeanwhile(path) : error;
  }
}

function isSame(one: FileContent | undefined, other: FileContent | undefined): boolean {
  if (!one || !other) return one === other;
  return one.mode === other.mode && one.bytes.equals(other.bytes);
}

function changedMeanwhile(path: string): ToolError {
  return new ToolError(
    `${path} changed meanwhile, so nothing was written. Read it again before you change it.`,
  );
}
