import { z } from 'zod';
import type { ReadableBuffer } from './command-block.ts';
import { messageId, paneId, sessionId } from './ids.ts';
import { modelReference } from './models.ts';

/** What is searched for in all tabs, and how. */
export const searchQuery = z.object({
  text: z.string().min(1).max(1000),
  isCaseSensitive: z.boolean(),
  isWholeWord: z.boolean(),
  isRegex: z.boolean(),
});
export type SearchQuery = z.infer<typeof searchQuery>;

/** A match in a text, in UTF-16 units. */
const textRange = z.object({ start: z.number().int(), length: z.number().int() });
export type TextRange = z.infer<typeof textRange>;

/** What stands around the matches of a text; `offset` is where in its text it begins. */
const excerpt = z.object({ text: z.string(), matches: z.array(textRange), offset: z.number().int() });
type Excerpt = z.infer<typeof excerpt>;

/** A line of a terminal; rows that a narrow window broke are one. */
export const lineHit = excerpt.extend({
  /** Lines below it when it was found: the way back to it where others say the same. */
  linesBelow: z.number().int(),
});
export type LineHit = z.infer<typeof lineHit>;

const ofTab = {
  sessionId,
  /** Of its tab. */
  title: z.string(),
  isClosed: z.boolean(),
};
/** Milliseconds since 1970. */
const at = z.number();

export const searchHit = z.discriminatedUnion('kind', [
  lineHit.extend({ kind: z.literal('line'), ...ofTab, paneId }),
  excerpt.extend({
    kind: z.literal('message'),
    ...ofTab,
    messageId,
    role: z.enum(['user', 'assistant']),
    model: modelReference,
    at,
  }),
  excerpt.extend({
    kind: z.literal('command'),
    ...ofTab,
    paneId,
    commandLine: z.string(),
    cwd: z.string(),
    exitCode: z.number().int().optional(),
    at,
  }),
]);
export type SearchHit = z.infer<typeof searchHit>;

/** The next hits of a search. */
export const searchPiece = z.object({
  hits: z.array(searchHit),
  isOver: z.boolean(),
  /** There are more than are told. */
  hasMore: z.boolean(),
});
export type SearchPiece = z.infer<typeof searchPiece>;

/** Throws a SyntaxError where the text is meant as a pattern and is none. */
export function patternOf({ text, isCaseSensitive, isWholeWord, isRegex }: SearchQuery): RegExp {
  const source = isRegex ? text : text.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`);
  const letter = isRegex ? String.raw`\w` : String.raw`[\p{L}\p{N}_]`;
  const whole = isWholeWord ? `(?<!${letter})(?:${source})(?!${letter})` : source;
  // What people write as a pattern is not always one by the stricter rules of `u`.
  return new RegExp(whole, `g${isRegex ? '' : 'u'}${isCaseSensitive ? '' : 'i'}`);
}

/** Of one text; its other matches are near the first or not worth telling. */
const MAX_MATCHES = 20;
/** Characters of an excerpt, and of it before its first match. */
const EXCERPT_CHARACTERS = 240;
const BEFORE_MATCH_CHARACTERS = 60;

/** The line around the first match, with the matches in it; undefined where there is none. */
export function excerptOf(text: string, pattern: RegExp): Excerpt | undefined {
  const found = Iterator.from(text.matchAll(pattern))
    .filter(([match]) => match !== '')
    .take(MAX_MATCHES)
    .map(({ index, 0: match }) => ({ start: index, length: match.length }))
    .toArray();
  const [first] = found;
  if (!first) return undefined;
  const lineStart = text.lastIndexOf('\n', first.start) + 1;
  const offset = Math.max(lineStart, first.start - BEFORE_MATCH_CHARACTERS);
  const lineEnd = text.indexOf('\n', first.start);
  const end = Math.min(lineEnd === -1 ? text.length : lineEnd, offset + EXCERPT_CHARACTERS);
  const matches = found
    .filter(({ start }) => start < end)
    .map(({ start, length }) => ({ start: start - offset, length: Math.min(length, end - start) }));
  return { text: text.slice(offset, end), matches, offset };
}

/** Rows that are read as one line at most: a line may be as long as the buffer. */
const MAX_LINE_ROWS = 500;

/** The line that ends on a row, and the row that it begins on. */
export function lineEndingOn(
  buffer: Pick<ReadableBuffer, 'getLine'>,
  lastRow: number,
): { readonly text: string; readonly firstRow: number } {
  let firstRow = lastRow;
  let text = buffer.getLine(lastRow)?.translateToString(true) ?? '';
  while (firstRow > 0 && lastRow - firstRow < MAX_LINE_ROWS && buffer.getLine(firstRow)?.isWrapped) {
    firstRow -= 1;
    text = (buffer.getLine(firstRow)?.translateToString(false) ?? '') + text;
  }
  return { text, firstRow };
}
