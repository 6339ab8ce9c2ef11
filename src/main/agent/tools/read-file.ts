import { z } from 'zod';
import { readFileSafely } from '../files/change-file.ts';
import { shownPath } from '../files/real-path.ts';
import { decodeText, usesCrlf, type DecodedText } from '../files/text.ts';
import { imageType } from './image-type.ts';
import { answered, counted, failed } from './outcome.ts';
import { placeToRead } from './places.ts';
import type { Tool, ToolContext, ToolOutcome } from './types.ts';

const DEFAULT_LINES = 2000;
const LINE_CHARACTERS = 2000;
/** Below what an outcome may hold, so that the whole is never cut in its middle. */
const PAGE_CHARACTERS = 28_000;
/** Providers refuse larger images. */
const MAX_IMAGE_BYTES = 3_750_000;

const input = z.object({
  path: z.string().min(1).describe("Absolute, or from the tab's folder"),
  offset: z.number().int().min(1).optional().describe('First line, from 1'),
  limit: z.number().int().min(1).optional().describe(`Lines at most; ${DEFAULT_LINES} without it`),
  column: z.number().int().min(1).optional().describe('First character of each line, for very long lines'),
});
type Input = z.infer<typeof input>;

export const readFile: Tool<Input> = {
  name: 'read_file',
  description:
    'Reads a text file, with a number before each line, or shows an image. Read a file before you change it. ' +
    'Long files come in pages: go on with offset.',
  input,
  risk: 'read',
  async prepare({ path: asked, ...page }, context) {
    const { path, isOutside } = await placeToRead(asked, context);
    return {
      status: 'ready',
      action: { type: 'read', path, isOutside },
      run: () => read(path, page, context),
    };
  },
};

async function read(path: string, page: Omit<Input, 'path'>, context: ToolContext): Promise<ToolOutcome> {
  const shown = shownPath(path, context.workspace);
  const file = await readFileSafely(path);
  if (!file) return failed(`There is no file ${shown}. list_files shows what there is.`);
  const image = imageType(file.bytes);
  if (image) return showImage(file.bytes, image, shown, context.seesImages);
  const decoded = decodeText(file.bytes);
  if (decoded) return answered(showPage(decoded, page, shown));
  return failed(
    `${shown} is a binary file of ${counted(file.bytes.length, 'byte')}; there is no text in it to read.`,
  );
}

function showImage(bytes: Buffer, mediaType: string, shown: string, seesImages: boolean): ToolOutcome {
  const what = `${shown} is an image (${mediaType}, ${counted(bytes.length, 'byte')})`;
  if (!seesImages) return failed(`${what}, which this model cannot see.`);
  if (bytes.length > MAX_IMAGE_BYTES)
    return failed(`${what}, too large to be sent. Make a smaller copy of it.`);
  return { ...answered(`${what}.`), images: [{ mediaType, data: bytes.toString('base64') }] };
}

function showPage(decoded: DecodedText, page: Omit<Input, 'path'>, shown: string): string {
  const { offset = 1, limit = DEFAULT_LINES, column = 1 } = page;
  const { text } = decoded;
  if (text === '') return `${shown} is empty.`;
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (offset > lines.length) return `${shown} ends at line ${lines.length}.`;
  const rows: string[] = [];
  let characters = 0;
  for (const [index, line] of lines.slice(offset - 1, offset - 1 + limit).entries()) {
    const row = `${offset + index}\t${partOf(line, column)}`;
    characters += row.length + 1;
    if (characters > PAGE_CHARACTERS) break;
    rows.push(row);
  }
  const next = offset + rows.length;
  const more = next <= lines.length ? [`[There is more: go on with offset ${next}.]`] : [];
  const heading = `[${shown}: lines ${offset} to ${next - 1} of ${lines.length}${peculiarities(decoded)}]`;
  return [heading, ...rows, ...more].join('\n');
}

function partOf(line: string, column: number): string {
  const end = column - 1 + LINE_CHARACTERS;
  const left = line.length - end;
  return left <= 0
    ? line.slice(column - 1)
    : `${line.slice(column - 1, end)} [… ${left} more: column ${end + 1}]`;
}

/** What a change of the file keeps by itself. */
function peculiarities({ text, encoding, hasMark }: DecodedText): string {
  const all = [
    encoding === 'utf-8' ? (hasMark ? 'byte order mark' : '') : encoding,
    usesCrlf(text) ? 'CRLF line ends' : '',
    text.endsWith('\n') ? '' : 'no line end after the last',
  ].filter(Boolean);
  return all.length > 0 ? `; ${all.join(', ')}` : '';
}
