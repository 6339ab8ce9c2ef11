import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Contents of files by their hash, each kept once, for the user alone to read. */
export class Blobs {
  readonly #folder: string;
  /** Bytes of each. */
  readonly #sizes: Map<string, number>;

  private constructor(folder: string, sizes: Map<string, number>) {
    this.#folder = folder;
    this.#sizes = sizes;
  }

  static async open(folder: string): Promise<Blobs> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const sizes = new Map<string, number>();
    for (const name of await readdir(folder)) {
      // Others were being written when the app ended.
      if (/^[0-9a-f]{64}$/.test(name)) sizes.set(name, (await stat(join(folder, name))).size);
      else await rm(join(folder, name), { force: true });
    }
    return new Blobs(folder, sizes);
  }

  get totalBytes(): number {
    return this.#sizes.values().reduce((total, size) => total + size, 0);
  }

  sizeOf(hash: string): number {
    return this.#sizes.get(hash) ?? 0;
  }

  async keep(bytes: Buffer): Promise<string> {
    const hash = hashOf(bytes);
    if (this.#sizes.has(hash)) return hash;
    const temporary = join(this.#folder, randomUUID());
    await writeFile(temporary, bytes, { mode: 0o600, flag: 'wx' });
    await rename(temporary, join(this.#folder, hash));
    this.#sizes.set(hash, bytes.length);
    return hash;
  }

  /** Undefined when it is gone or damaged. */
  async read(hash: string): Promise<Buffer | undefined> {
    const bytes = await readFile(join(this.#folder, hash)).catch(() => undefined);
    return bytes && hashOf(bytes) === hash ? bytes : undefined;
  }

  async removeExcept(hashes: ReadonlySet<string>): Promise<void> {
    for (const hash of [...this.#sizes.keys()].filter((hash) => !hashes.has(hash))) {
      this.#sizes.delete(hash);
      await rm(join(this.#folder, hash), { force: true });
    }
  }
}
