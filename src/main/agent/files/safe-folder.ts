import { randomUUID } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { lstat, mkdir, open, realpath, rename, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, parse, sep } from 'node:path';
import type { FileContent } from './types.ts';
import { hasCode, ToolError } from './tool-error.ts';

/** Linux's flag for a descriptor that only stands for a place, which needs no right to list it. Node does not name it. */
const O_PATH = 0o10000000;
// Windows has neither.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_WAITING = constants.O_NONBLOCK ?? 0;

/** Node has no `openat`; Linux's /proc leads from a descriptor to what lies in its folder, wherever that is now. */
const HAS_DESCRIPTOR_PATHS = process.platform === 'linux' && existsSync('/proc/self/fd');

export type OpenFolderOptions = {
  /** Makes the folders that are missing. */
  readonly make?: boolean;
  /** By name alone, as where there is no /proc. */
  readonly byName?: boolean;
};

/**
 * A folder that is held while files in it are changed. `path` has no links. On Linux each part of it is opened from the one
 * before and no link is followed, so that a link that takes a part's place leads nothing out of the folder, whenever it does. Elsewhere
 * the path is looked up before each step, and a link put there between the look and the step would be followed.
 */
export async function openFolder(path: string, options: OpenFolderOptions = {}): Promise<SafeFolder> {
  const { make = false, byName = !HAS_DESCRIPTOR_PATHS } = options;
  const made: string[] = [];
  try {
    if (!byName) return new SafeFolder(path, made, await walkTo(path, make, made));
    if (make) await makeFolders(path, made);
    const folder = new SafeFolder(path, made);
    await folder.check();
    return folder;
  } catch (error) {
    await removeFolders(made);
    if (hasCode(error, 'ELOOP', 'ENOTDIR')) throw new MovedError(path);
    throw error;
  }
}

/** Removes those that are empty, the innermost first. */
export async function removeFolders(paths: readonly string[]): Promise<void> {
  for (const path of paths.toReversed()) {
    await removeFolder(path).catch(() => {});
  }
}

async function removeFolder(path: string): Promise<void> {
  await using parent = await openFolder(dirname(path));
  await rmdir(parent.at(basename(path)));
}

async function walkTo(path: string, make: boolean, made: string[]): Promise<FileHandle> {
  const flags = O_PATH | constants.O_DIRECTORY | NO_FOLLOW;
  const { root } = parse(path);
  let folder = await open(root, flags);
  let reached = root;
  for (const part of path.slice(root.length).split(sep).filter(Boolean)) {
    const next = `/proc/self/fd/${folder.fd}/${part}`;
    reached = join(reached, part);
    try {
      if (make && (await makeFolder(next, reached))) made.push(reached);
      const opened = await open(next, flags);
      await folder.close();
      folder = opened;
    } catch (error) {
      await folder.close();
      throw error;
    }
  }
  return folder;
}

async function makeFolders(path: string, made: string[]): Promise<void> {
  const { root } = parse(path);
  let reached = root;
  for (const part of path.slice(root.length).split(sep).filter(Boolean)) {
    reached = join(reached, part);
    if (await makeFolder(reached, reached)) made.push(reached);
  }
}

async function makeFolder(at: string, path: string): Promise<boolean> {
  const there = await lstat(at).catch(() => undefined);
  if (there && !there.isDirectory()) throw new MovedError(path);
  if (!there) await mkdir(at);
  return !there;
}

/** A part of the path is a link or a file now. */
export class MovedError extends ToolError {
  constructor(path: string) {
    super(`${path} changed meanwhile: a part of the path is not a folder any more. Look again.`);
  }
}

/** What is done in a held folder. Names are single parts of a path. */
export class SafeFolder implements AsyncDisposable {
  readonly path: string;
  /** Folders that were made on the way, outermost first. */
  readonly made: readonly string[];
  readonly #handle: FileHandle | undefined;

  constructor(path: string, made: readonly string[], handle?: FileHandle) {
    this.path = path;
    this.made = made;
    this.#handle = handle;
  }

  /** A path that leads to the name in this very folder. */
  at(name: string): string {
    return this.#handle ? `/proc/self/fd/${this.#handle.fd}/${name}` : join(this.path, name);
  }

  /** Without a descriptor: that the path still leads here. */
  async check(): Promise<void> {
    if (!this.#handle && (await realpath(this.path)) !== this.path) throw new MovedError(this.path);
  }

  /** Undefined when there is none. Throws a `ToolError` for what is no plain file, or longer than `maxBytes`. */
  async read(name: string, maxBytes: number): Promise<FileContent | undefined> {
    await this.check();
    const shown = join(this.path, name);
    await using file = await open(this.at(name), constants.O_RDONLY | NO_FOLLOW | NO_WAITING).catch(
      (error) => {
        if (hasCode(error, 'ENOENT')) return undefined;
        if (hasCode(error, 'ELOOP')) throw new ToolError(`${shown} changed meanwhile: it is a link now.`);
        throw error;
      },
    );
    if (!file) return undefined;
    const stats = await file.stat();
    if (stats.isDirectory()) throw new ToolError(`${shown} is a folder.`);
    if (!stats.isFile()) throw new ToolError(`${shown} is no plain file, but a device, pipe or socket.`);
    if (stats.size > maxBytes) throw new ToolError(tooLong(shown, stats.size, maxBytes));
    return { bytes: await file.readFile(), mode: stats.mode & 0o7777 };
  }

  /** Writes a file that is not there yet; throws when there is one. Its mode is the system's usual one unless told. */
  async create(name: string, { bytes, mode }: { bytes: Buffer; mode?: number }): Promise<void> {
    await this.check();
    await this.#write(this.at(name), bytes, async (file) => {
      if (mode !== undefined) await file.chmod(mode);
    });
    await this.#flush();
  }

  /** Throws where the file may not be written: `replace` would put another in its place all the same. */
  async checkWritable(name: string): Promise<void> {
    const file = await open(this.at(name), constants.O_WRONLY | NO_FOLLOW | NO_WAITING);
    await file.close();
  }

  /**
   * Puts new bytes in the place of a file at one stroke: a crash leaves the one or the other. The owner stays. `confirm` is called
   * last of all before that; where it throws, the file is as it was.
   */
  async replace(name: string, next: FileContent, confirm: () => Promise<void>): Promise<void> {
    await this.check();
    const { uid, gid } = await lstat(this.at(name));
    const temporary = this.at(`.carrel-${randomUUID()}`);
    try {
      await this.#write(temporary, next.bytes, async (file) => {
        const own = await file.stat();
        // Only the system's administrator may give a file away.
        if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid).catch(() => {});
        await file.chmod(next.mode);
      });
      await confirm();
      await this.check();
      await rename(temporary, this.at(name));
    } finally {
      await rm(temporary, { force: true });
    }
    await this.#flush();
  }

  async #write(path: string, bytes: Buffer, prepare: (file: FileHandle) => Promise<void>): Promise<void> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | NO_FOLLOW;
    await using file = await open(path, flags, 0o666);
    try {
      await prepare(file);
      await file.writeFile(bytes);
      await file.sync();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** A new name is on disk only when its folder is. Windows has no such call. */
  async #flush(): Promise<void> {
    if (process.platform === 'win32') return;
    await using folder = await open(this.at('.'), constants.O_RDONLY | constants.O_DIRECTORY).catch(
      () => undefined,
    );
    await folder?.sync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle?.close();
  }
}

function tooLong(path: string, bytes: number, maxBytes: number): string {
  const inMegabytes = (count: number) => `${Math.round(count / 100_000) / 10} MB`;
  return `${path} is ${inMegabytes(bytes)} long; tools open files of up to ${inMegabytes(maxBytes)}. Use a command that shows a part of it.`;
}
