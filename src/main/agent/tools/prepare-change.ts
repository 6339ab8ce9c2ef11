import { changeFile } from '../files/change-file.ts';
import { shownPath, type RealPath } from '../files/real-path.ts';
import { decodeText, encodeText, type DecodedText } from '../files/text.ts';
import type { FileContent } from '../files/types.ts';
import { applyHunks, hunksBetween } from './diff.ts';
import { answered, counted, failed } from './outcome.ts';
import type { Hunk, Prepared, ToolContext, ToolOutcome } from './types.ts';

/** A file as it was seen, and its text; none of either when it is new. */
export type SeenFile = { readonly content: FileContent | undefined; readonly decoded: DecodedText };

const NEW_TEXT: DecodedText = { text: '', encoding: 'utf-8', hasMark: false };

/** Undefined for a file that is no text. */
export function seeFile(content: FileContent | undefined): SeenFile | undefined {
  const decoded = content ? decodeText(content.bytes) : NEW_TEXT;
  return decoded && { content, decoded };
}

/** The change of a file's text, told as hunks and made as far as they are taken. */
export function prepareChange(
  { path, isOutside }: RealPath,
  { content, decoded }: SeenFile,
  after: string,
  context: ToolContext,
): Prepared {
  const before = decoded.text;
  const hunks = hunksBetween(before, after);
  const shown = shownPath(path, context.workspace);
  const run = async (selected?: readonly number[]): Promise<ToolOutcome> => {
    const taken = selected ? hunks.filter((_, index) => selected.includes(index)) : hunks;
    if (taken.length === 0 && hunks.length > 0)
      return failed(`The person took no part of the change of ${shown}.`);
    const isWhole = taken.length === hunks.length;
    const bytes = encodeText({ ...decoded, text: isWhole ? after : applyHunks(before, taken) });
    await changeFile({ path, before: content, bytes, beforeChange: context.beforeChange });
    return answered(isWhole ? done(shown, content === undefined, hunks) : inPart(shown, hunks, taken));
  };
  // Fails before the person is asked, where the text cannot be written at all.
  encodeText({ ...decoded, text: after });
  return {
    status: 'ready',
    action: { type: 'change', path, isOutside, isNew: content === undefined, before, after, hunks },
    run,
  };
}

function done(shown: string, isNew: boolean, hunks: readonly Hunk[]): string {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const added = lines.filter((line) => line.startsWith('+')).length;
  if (isNew) return `Wrote ${shown}, a new file of ${counted(added, 'line')}.`;
  const removed = lines.filter((line) => line.startsWith('-')).length;
  return `Changed ${shown}: ${counted(added, 'line')} in, ${counted(removed, 'line')} out.`;
}

function inPart(shown: string, hunks: readonly Hunk[], taken: readonly Hunk[]): string {
  const left = hunks.filter((hunk) => !taken.includes(hunk)).map(asText);
  return (
    `The person took ${taken.length} of the ${hunks.length} parts of the change of ${shown}. Read it again before you ` +
    `change it further. These parts were not taken:\n${left.join('\n')}`
  );
}

function asText({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string {
  return [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines].join('\n');
}
