import { lstat } from 'node:fs/promises';
import { MAX_IMAGE_BYTES, type AttachmentMark } from '../../../shared/attachments.ts';
import { KeptOutput } from '../../../shared/command-output.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { TerminalBlock } from '../../pty/types.ts';
import { isSecret } from '../approvals/paths.ts';
import { readFileSafely } from '../files/change-file.ts';
import { isWithin, resolvePath, shownPath } from '../files/real-path.ts';
import { decodeText } from '../files/text.ts';
import { ToolError, wordsOfSystemError } from '../files/tool-error.ts';
import { runJob } from '../files/worker/run-job.ts';
import { imageType } from '../tools/image-type.ts';
import type { AttachedPart } from '../types.ts';

/** About 15,000 tokens: the ends of what is longer are kept. */
const MAX_CHARACTERS = 60_000;
/** Nobody wrote more by hand. */
const MAX_FILE_BYTES = 10_000_000;
const FOLDER_DEPTH = 3;
const FOLDER_ENTRIES = 500;
const FOLDER_TIME_LIMIT_MS = 10_000;

type Places = {
  /** Absolute; the tab's folder. */
  readonly workspace: string;
  /** Carrel's own folder, which nothing is taken from. */
  readonly home: string;
};

/** What a path that the person named stands for, or in a sentence why it cannot be taken. */
export async function readPath(asked: string, places: Places): Promise<Result<AttachedPart, string>> {
  try {
    const { path, isOutside } = await resolvePath(asked, places);
    const name = shownPath(path, places.workspace);
    const inside = isWithin(path, places.workspace) ? name : path;
    const marks: AttachmentMark[] = [
      ...(isOutside ? (['outside'] as const) : []),
      ...(isSecret(inside) ? (['secret'] as const) : []),
    ];
    const stats = await lstat(path);
    if (stats.isDirectory()) return ok(await readFolder(path, { name, marks }, places));
    if (stats.size > MAX_FILE_BYTES) return err(tooLarge(name, stats.size));
    return await readFile(path, { name, marks });
  } catch (error) {
    if (error instanceof ToolError) return err(error.message);
    const words = wordsOfSystemError(error);
    if (words === undefined) throw error;
    return err(`${asked} cannot be added: ${words}.`);
  }
}

type Named = { readonly name: string; readonly marks: readonly AttachmentMark[] };

async function readFile(path: string, { name, marks }: Named): Promise<Result<AttachedPart, string>> {
  const file = await readFileSafely(path);
  if (!file) return err(`There is no file ${name}.`);
  const mediaType = imageType(file.bytes);
  if (mediaType) return readImage(file.bytes, name);
  const decoded = decodeText(file.bytes);
  if (!decoded)
    return err(`${name} is no text (${inBytes(file.bytes.length)}), and nothing that a model could read.`);
  return ok(withinLimit({ type: 'attachment', kind: 'file', name, text: decoded.text, marks: [...marks] }));
}

/** An image as providers take it. */
export function readImage(bytes: Buffer, name: string): Result<AttachedPart, string> {
  const mediaType = imageType(bytes);
  if (!mediaType) return err(`${name} is no PNG, JPEG, GIF or WebP image.`);
  if (bytes.length > MAX_IMAGE_BYTES)
    return err(
      `${name} has ${inBytes(bytes.length)}, and providers take ${inBytes(MAX_IMAGE_BYTES)}. Make a smaller copy, or paste the image: then it is made smaller.`,
    );
  return ok({ type: 'image', mediaType, data: bytes.toString('base64'), name });
}

async function readFolder(path: string, { name, marks }: Named, { home }: Places): Promise<AttachedPart> {
  const { entries, isCut } = await runJob(
    { type: 'find', folder: path, hidden: home, maxDepth: FOLDER_DEPTH, maxEntries: FOLDER_ENTRIES },
    {
      signal: new AbortController().signal,
      timeoutMs: FOLDER_TIME_LIMIT_MS,
      tooSlow: `Looking through ${name} took too long. Name a folder within.`,
    },
  );
  const lines = entries
    .filter(({ isLeftOut }) => !isLeftOut)
    .map((entry) => shownPath(entry.path, path) + (entry.type === 'folder' ? '/' : ''));
  if (isCut) lines.push(`[There is more than these ${FOLDER_ENTRIES}.]`);
  return withinLimit({
    type: 'attachment',
    kind: 'folder',
    name,
    text: lines.join('\n'),
    marks: isCut ? [...marks, 'cut'] : [...marks],
  });
}

export function partOfBlock({ commandLine, cwd, exitCode, output }: TerminalBlock): AttachedPart {
  return withinLimit({
    type: 'attachment',
    kind: 'command',
    name: commandLine || 'a command that was not remembered',
    text: output,
    marks: [],
    cwd,
    ...(exitCode !== undefined && { exitCode }),
  });
}

type TextPart = Extract<AttachedPart, { type: 'attachment' }>;

function withinLimit(part: TextPart): TextPart {
  if (part.text.length <= MAX_CHARACTERS) return part;
  const { text } = new KeptOutput(MAX_CHARACTERS).push(part.text);
  return { ...part, text, marks: [...new Set([...part.marks, 'cut' as const])] };
}

function tooLarge(name: string, bytes: number): string {
  return `${name} has ${inBytes(bytes)}, which is too much for a message (${inBytes(MAX_FILE_BYTES)} at most). Ask the agent to look for what you need in it.`;
}

function inBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${Math.round(bytes / 100_000) / 10} MB`;
}
