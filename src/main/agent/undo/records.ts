import { createHash } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';

/** JSON files in a folder, one for each id, for the user alone to read; each is written whole or not at all. */
export class Records<Value> {
  readonly #folder: string;
  readonly #schema: z.ZodType<Value>;

  constructor(folder: string, schema: z.ZodType<Value>) {
    this.#folder = folder;
    this.#schema = schema;
  }

  /** Undefined when there is none, or none that can be read. */
  async load(id: string): Promise<Value | undefined> {
    return this.#read(this.#pathOf(id));
  }

  async save(id: string, value: Value): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#pathOf(id);
    const temporary = `${path}.new`;
    {
      await using file = await open(temporary, 'w', 0o600);
      await file.writeFile(JSON.stringify(value));
      await file.sync();
    }
    await rename(temporary, path);
  }

  async remove(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true });
  }

  async all(): Promise<Value[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const values = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => this.#read(join(this.#folder, name))),
    );
    return values.filter((value) => value !== undefined);
  }

  /** An id comes from a caller and is no name of a file. */
  #pathOf(id: string): string {
    return join(this.#folder, `${createHash('sha256').update(id).digest('hex')}.json`);
  }

  async #read(path: string): Promise<Value | undefined> {
    try {
      return this.#schema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
    } catch {
      return undefined;
    }
  }
}
