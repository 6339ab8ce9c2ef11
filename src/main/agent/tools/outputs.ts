import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';

/** Characters of an outcome that the model is given: about 7,500 tokens, as much as a long source file. */
const LIMIT_CHARACTERS = 30_000;
/** The beginning says what it is; the end has the result, and errors stand there. */
const HEAD_CHARACTERS = 18_000;
const TAIL_CHARACTERS = 10_000;
const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000;
const MAX_FOLDER_BYTES = 200 * 1024 * 1024;

/** Where what was too long for the model lies whole. */
export interface Outputs {
  readonly folder: string;
  /** The text itself, or its head and tail with a line between them that says what is left out and where the whole lies. */
  limit(text: string): Promise<string>;
}

export type OutputsOptions = { readonly folder: string; readonly now?: () => number };

/** Keeps long outputs in `folder`, for the user alone to read; those of more than a week, or beyond 200 MB, are removed. */
export function createOutputs({ folder, now = Date.now }: OutputsOptions): Outputs {
  return {
    folder,
    async limit(text) {
      if (text.length <= LIMIT_CHARACTERS) return text;
      const path = join(folder, `${ulid(now())}.txt`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await removeOld(folder, now() - MAX_AGE_MS, MAX_FOLDER_BYTES - Buffer.byteLength(text));
        await writeFile(path, text, { flag: 'wx', mode: 0o600 });
      } catch {
        // What the tool did is done, whether or not there is room to tell it whole.
        return cut(text, () => 'The whole could not be kept.');
      }
      return cut(text, (line) => `The whole is in ${path}: read it with read_file from offset ${line}.`);
    },
  };
}

/** Cuts between lines where there are any near, so that no half line misleads. */
function cut(text: string, whereFrom: (line: number) => string): string {
  const headEnd = text.lastIndexOf('\n', HEAD_CHARACTERS) + 1;
  const head = text.slice(0, headEnd > HEAD_CHARACTERS / 2 ? headEnd : wholeCharacter(text, HEAD_CHARACTERS));
  const from = text.length - TAIL_CHARACTERS;
  const tailStart = text.indexOf('\n', from) + 1;
  const isNear = tailStart > 0 && tailStart < text.length - TAIL_CHARACTERS / 2;
  const tail = text.slice(isNear ? tailStart : wholeCharacter(text, from));
  const left = text.slice(head.length, text.length - tail.length);
  const lines = left.split('\n').length;
  return (
    `${head}${head.endsWith('\n') ? '' : '\n'}[… ${left.length} characters in ${lines} lines are left out here. ` +
    `${whereFrom(head.split('\n').length)} …]\n${tail}`
  );
}

/** Never between the halves of a surrogate pair. */
function wholeCharacter(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}

async function removeOld(folder: string, before: number, maxBytes: number): Promise<void> {
  // Names are ULIDs: the newest comes first.
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .toReversed();
  let bytes = 0;
  for (const name of names) {
    const path = join(folder, name);
    const { size, mtimeMs } = await stat(path);
    bytes += size;
    if (mtimeMs < before || bytes > maxBytes) await rm(path, { force: true });
  }
}
