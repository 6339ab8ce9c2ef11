import { applyPatch, structuredPatch } from 'diff';
import type { Hunk } from './types.ts';

/** Beyond it the texts have little in common, and looking for more of it takes very long. */
const MAX_EDITS = 20_000;
const TIME_LIMIT_MS = 300;

/** What turns one text into the other, with three lines around each change. */
export function hunksBetween(before: string, after: string): readonly Hunk[] {
  const options = { context: 3, maxEditLength: MAX_EDITS, timeout: TIME_LIMIT_MS };
  const patch = structuredPatch('', '', before, after, undefined, undefined, options);
  return patch?.hunks ?? [wholeHunk(before, after)];
}

/** The text with those hunks alone. */
export function applyHunks(before: string, hunks: readonly Hunk[]): string {
  if (hunks.length === 0) return before;
  const names = { oldFileName: '', newFileName: '', oldHeader: undefined, newHeader: undefined };
  const patch = { ...names, hunks: hunks.map((hunk) => ({ ...hunk, lines: [...hunk.lines] })) };
  const text = applyPatch(before, patch, { autoConvertLineEndings: false });
  if (text === false) throw new Error('The hunks do not fit the text that they were made from.');
  return text;
}

/** All lines for all lines, where the texts are too different to be compared. */
function wholeHunk(before: string, after: string): Hunk {
  const [old, next] = [signed('-', before), signed('+', after)];
  const count = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('\\')).length;
  const [oldLines, newLines] = [count(old), count(next)];
  // As in a unified diff, an empty side starts before the first line.
  const [oldStart, newStart] = [Math.min(oldLines, 1), Math.min(newLines, 1)];
  return { oldStart, oldLines, newStart, newLines, lines: [...old, ...next] };
}

function signed(sign: '-' | '+', text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n').map((line) => sign + line);
  if (!text.endsWith('\n')) return [...lines, '\\ No newline at end of file'];
  return lines.slice(0, -1);
}
