import { constants } from 'node:fs';
import { access, lstat, open, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isWithin } from '../files/real-path.ts';
import { decodeText } from '../files/text.ts';
import { hasCode, wordsOfSystemError } from '../files/tool-error.ts';

/** The second where there is no first beside it. */
const NAMES = ['AGENTS.md', 'CLAUDE.md'];
/** Of one file: what is longer says more than a model heeds. */
const MAX_FILE_BYTES = 32_768;
/** Of all of them; the nearer ones go first. */
const MAX_CHARACTERS = 65_536;

export type Instructions = {
  /** Outermost first. `path` is absolute and where the file was found. */
  readonly taken: readonly { readonly path: string; readonly text: string; readonly isCut: boolean }[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
};

type Found = Instructions['taken'][number] | Instructions['skipped'][number];

/**
 * The instruction files that hold in a folder: from its workspace (the repository; else the home folder; else this folder alone,
 * because what lies above belongs to somebody else) down to itself.
 */
export async function readInstructions(cwd: string, home: string): Promise<Instructions> {
  const folder = await realpath(cwd).catch(() => undefined);
  if (folder === undefined) return { taken: [], skipped: [] };
  const top = await topOf(folder, await realpath(home).catch(() => home));
  const found: Found[] = [];
  const seen = new Set<string>();
  let left = MAX_CHARACTERS;
  for (const near of foldersBetween(folder, top)) {
    const file = await findIn(near, top, seen);
    const shown = file && 'text' in file ? withinLimit(file, left) : file;
    if (shown && 'text' in shown) left -= shown.text.length;
    if (shown) found.unshift(shown);
  }
  return {
    taken: found.filter((file) => 'text' in file),
    skipped: found.filter((file) => 'reason' in file),
  };
}

async function topOf(folder: string, home: string): Promise<string> {
  for (const near of foldersBetween(folder, '/')) {
    if (
      await access(join(near, '.git')).then(
        () => true,
        () => false,
      )
    )
      return near;
  }
  return isWithin(folder, home) ? home : folder;
}

/** Nearest first. */
function foldersBetween(folder: string, top: string): string[] {
  const folders = [folder];
  for (let near = folder; near !== top && dirname(near) !== near;) folders.push((near = dirname(near)));
  return folders;
}

async function findIn(folder: string, top: string, seen: Set<string>): Promise<Found | undefined> {
  for (const name of NAMES) {
    const path = join(folder, name);
    if (!(await lstat(path).catch(() => undefined))) continue;
    try {
      const real = await realpath(path);
      if (!isWithin(real, top)) return { path, reason: 'it is a link that leads out of the workspace' };
      if (seen.has(real)) return undefined;
      seen.add(real);
      return await readStart(path, real);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return { path, reason: 'it is a link that leads nowhere' };
      return { path, reason: wordsOfSystemError(error) ?? String(error) };
    }
  }
  return undefined;
}

async function readStart(path: string, real: string): Promise<Found | undefined> {
  // A pipe would wait for its writer.
  await using file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
  const stats = await file.stat();
  if (!stats.isFile()) return { path, reason: `${basename(path)} is no file` };
  const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_FILE_BYTES), 0, MAX_FILE_BYTES, 0);
  const isCut = stats.size > bytesRead;
  const bytes = buffer.subarray(0, bytesRead);
  const text = decodeText(isCut ? withoutBrokenEnd(bytes) : bytes)?.text;
  if (text === undefined) return { path, reason: 'it is no text' };
  const clean = text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\t\n])\p{Cc}/gu, '')
    .trim();
  return clean === '' ? undefined : { path, text: clean, isCut };
}

/** Where a file is cut, its last character may be cut too, and would make the rest look like no UTF-8. */
function withoutBrokenEnd(bytes: Buffer): Buffer {
  const start = bytes.findLastIndex((byte) => (byte & 0xc0) !== 0x80);
  const even = bytes.length - (bytes.length % 2);
  return bytes[0] === 0xff || bytes[0] === 0xfe ? bytes.subarray(0, even) : bytes.subarray(0, start);
}

function withinLimit(file: Instructions['taken'][number], left: number): Found {
  if (file.text.length <= left) return file;
  if (left === 0) return { path: file.path, reason: 'nearer files take all the room there is' };
  return { path: file.path, text: file.text.slice(0, left), isCut: true };
}
