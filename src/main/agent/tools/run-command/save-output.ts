import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';

/** Files of earlier commands that are kept: a model may read on for a while. */
const KEPT_FILES = 100;

/** Writes what a command printed into a file of its own, for the user alone to read, and gives its path; undefined when it cannot be written. */
export function saveOutput(folder: string, output: string): string | undefined {
  const path = join(folder, `${ulid()}.txt`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, output, { mode: 0o600, flag: 'wx' });
    const older = readdirSync(folder).toSorted().slice(0, -KEPT_FILES);
    for (const name of older) rmSync(join(folder, name), { force: true });
    return path;
  } catch {
    return undefined;
  }
}
