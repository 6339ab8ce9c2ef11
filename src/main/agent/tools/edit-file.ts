import { z } from 'zod';
import { readFileSafely } from '../files/change-file.ts';
import { shownPath } from '../files/real-path.ts';
import { usesCrlf, withCrlf } from '../files/text.ts';
import { explainMiss, lineAt } from './explain-miss.ts';
import { refused } from './outcome.ts';
import { placeToWrite } from './places.ts';
import { prepareChange, seeFile } from './prepare-change.ts';
import type { Tool } from './types.ts';

const input = z.object({
  path: z.string().min(1).describe("Absolute, or from the tab's folder"),
  oldText: z
    .string()
    .min(1)
    .describe('Exactly what stands there now, with enough around it to be the only place'),
  newText: z.string().describe('What is to stand there'),
  replaceAll: z.boolean().optional().describe('Change every place where oldText stands'),
});
type Input = z.infer<typeof input>;

export const editFile: Tool<Input> = {
  name: 'edit_file',
  description:
    'Changes a part of a text file: oldText must stand in it exactly once, with the same spaces and without the line ' +
    'numbers of read_file. Mode, encoding and line ends stay.',
  input,
  risk: 'write',
  async prepare(edit, context) {
    const place = await placeToWrite(edit.path, context);
    const shown = shownPath(place.path, context.workspace);
    const content = await readFileSafely(place.path);
    if (!content) return refused(`There is no file ${shown}. To make it use write_file.`);
    const seen = seeFile(content);
    if (!seen) return refused(`${shown} is a binary file, which this tool does not change.`);
    const edited = replaceText(seen.decoded.text, edit);
    return 'problem' in edited
      ? refused(`Nothing was changed in ${shown}. ${edited.problem}`)
      : prepareChange(place, seen, edited.text, context);
  },
};

/** The text after the edit, or what is wrong with it. A model's line ends are taken for the file's own. */
function replaceText(text: string, edit: Omit<Input, 'path'>): { text: string } | { problem: string } {
  const hasCrlf = usesCrlf(text);
  const isAsItStands = !hasCrlf || text.includes(edit.oldText);
  const oldText = isAsItStands ? edit.oldText : withCrlf(edit.oldText);
  const newText = hasCrlf ? withCrlf(edit.newText) : edit.newText;
  if (oldText === newText) return { problem: 'oldText and newText are the same.' };
  const places = placesOf(oldText, text);
  if (places.length === 0) return { problem: explainMiss(text, edit.oldText) };
  if (places.length > 1 && !edit.replaceAll) {
    const lines = places.slice(0, 20).map((place) => lineAt(text, place));
    return {
      problem:
        `oldText stands in it ${places.length} times, at the lines ${lines.join(', ')}${places.length > 20 ? ' and others' : ''}. ` +
        'Give more of what is around the one you mean, or set replaceAll.',
    };
  }
  return { text: text.split(oldText).join(newText) };
}

function placesOf(part: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}
