import { setImmediate as turn } from 'node:timers/promises';
import type { ReadableBuffer, Row } from '../../shared/command-block.ts';
import { excerptOf, lineEndingOn, patternOf, type LineHit, type SearchQuery } from '../../shared/search.ts';
import type { SearchOptions } from './types.ts';
import { matchingWithinTime } from './within-time.ts';

/** Lines of a terminal, the newest first. */
export type LineSource = {
  /** Undefined when there are no more. */
  next(): string | undefined;
  /** Called before other work is done, which may move lines; what it returns, after it. */
  pause?(): () => void;
};

/** How long reading lines may hold up keys and other tabs, and so many of them are read at a time, in milliseconds and lines. */
const SLICE_MS = 4;
const SLICE_LINES = 500;

/** Goes through the lines in slices and gives what each has. Throws a `SlowPatternError` where the pattern holds it up. */
export async function* searchLines(
  source: LineSource,
  query: SearchQuery,
  { limit, signal }: SearchOptions,
): AsyncGenerator<readonly LineHit[]> {
  const pattern = patternOf(query);
  let read = 0;
  let found = 0;
  while (found < limit) {
    if (signal?.aborted) return;
    const lines = readSlice(source);
    if (lines.length === 0) return;
    const hits = matchingWithinTime(query, () => hitsIn(lines, pattern, read));
    if (hits.length > 0) yield hits.slice(0, limit - found);
    found += hits.length;
    read += lines.length;
    const resume = source.pause?.();
    await turn();
    resume?.();
  }
}

function readSlice(source: LineSource): string[] {
  const lines: string[] = [];
  const until = performance.now() + SLICE_MS;
  do {
    const line = source.next();
    if (line === undefined) break;
    lines.push(line);
  } while (lines.length < SLICE_LINES && performance.now() < until);
  return lines;
}

function hitsIn(lines: readonly string[], pattern: RegExp, linesBelow: number): LineHit[] {
  return lines.flatMap((line, index) => {
    const found = excerptOf(line, pattern);
    return found ? { ...found, linesBelow: linesBelow + index } : [];
  });
}

/** The lines of a buffer from the bottom up. `mark` gives a row that moves with the text, where the buffer has such. */
export function linesOf(buffer: ReadableBuffer, mark: (row: number) => Row | undefined): LineSource {
  let row = buffer.length - 1;
  return {
    next() {
      if (row < 0) return undefined;
      const { text, firstRow } = lineEndingOn(buffer, row);
      row = firstRow - 1;
      return text;
    },
    pause() {
      const marked = row < 0 ? undefined : mark(row);
      return () => {
        // A row that was trimmed away is on line -1, as are all above it.
        if (marked) row = marked.line;
        marked?.dispose();
      };
    },
  };
}

/** Control sequences of a drawing for the archive, which is text, styles, marks, links, and gaps of empty cells. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what it is about
const SEQUENCE = /\x1b(?:\[(\d*)([ -?]*)([@-~])|[\]P][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])|\r/g;

/** The lines of a drawing of a terminal, without drawing it. */
export function linesOfDrawing(drawing: string): LineSource {
  const lines = drawing.split('\r\n');
  return {
    next() {
      const line = lines.pop();
      return line
        ?.replaceAll(SEQUENCE, (_, count: string, __, final: string) =>
          final === 'C' ? ' '.repeat(Number(count) || 1) : '',
        )
        .trimEnd();
    },
  };
}
