import { readFileSync } from 'node:fs';
import { decodeText } from '../text.ts';
import { find } from './find.ts';
import type { FoundLine, Matches, SearchJob } from './types.ts';

/** Where there is no ripgrep: the same, slower. */
export function search(job: SearchJob): Matches {
  const { folder, hidden, glob, pattern, isCaseSensitive, context, maxMatches, maxFileBytes } = job;
  const expression = new RegExp(pattern, isCaseSensitive ? '' : 'i');
  const where = { folder, hidden, glob, maxEntries: Infinity, plainFilesUpToBytes: maxFileBytes };
  const files: { path: string; lines: FoundLine[] }[] = [];
  let count = 0;
  for (const { path } of find({ type: 'find', ...where }).entries) {
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
