import { readFileSync } from 'node:fs';
import { decodeText } from '../text.ts';
import { find } from './find.ts';
import type { FindJob, FoundLine, Matches, SearchJob } from './types.ts';

/** Where there is no ripgrep: the same, slower. */
export function search(job: SearchJob): Matches {
  const { context, maxMatches } = job;
  const expression = expressionOf(job);
  const files: { path: string; lines: FoundLine[] }[] = [];
  let count = 0;
  for (const { path } of find(filesOf(job)).entries) {
    const lines = linesOf(path);
    const matching = lines.flatMap((line, index) => (expression.test(line) ? [index] : []));
    if (matching.length === 0) continue;
    const taken = matching.slice(0, maxMatches - count);
    files.push({ path, lines: withContext(lines, taken, context) });
    count += taken.length;
    if (taken.length < matching.length) return { files, count, isCut: true };
  }
  return { files, count, isCut: false };
}

/** Throws a `SyntaxError` for what is none. */
export function expressionOf({ pattern, isLiteral, isCaseSensitive }: SearchJob): RegExp {
  return new RegExp(isLiteral ? RegExp.escape(pattern) : pattern, isCaseSensitive ? '' : 'i');
}

/** Finds the files to search in. */
export function filesOf({ folder, hidden, glob, maxFileBytes }: SearchJob): FindJob {
  return { type: 'find', folder, hidden, glob, maxEntries: Infinity, plainFilesUpToBytes: maxFileBytes };
}

function linesOf(path: string): string[] {
  try {
    const text = decodeText(readFileSync(path))?.text ?? '';
    return text.replace(/\r?\n$/, '').split(/\r?\n/);
  } catch {
    return [];
  }
}

function withContext(lines: readonly string[], matching: readonly number[], context: number): FoundLine[] {
  const isMatch = new Set(matching);
  const near = new Set(
    matching.flatMap((index) => Array.from({ length: 2 * context + 1 }, (_, step) => index - context + step)),
  );
  return [...near]
    .filter((index) => index >= 0 && index < lines.length)
    .map((index) => ({ number: index + 1, text: lines[index] ?? '', isMatch: isMatch.has(index) }));
}
