import { z } from 'zod';
import { readFileSafely } from '../files/change-file.ts';
import { shownPath } from '../files/real-path.ts';
import { usesCrlf, withCrlf } from '../files/text.ts';
import { refused } from './outcome.ts';
import { placeToWrite } from './places.ts';
import { prepareChange, seeFile } from './prepare-change.ts';
import type { Tool } from './types.ts';

const input = z.object({
  path: z.string().min(1).describe("Absolute, or from the tab's folder"),
  content: z.string().describe('The whole text'),
});

export const writeFile: Tool<z.infer<typeof input>> = {
  name: 'write_file',
  description:
    'Writes a whole text file and makes the folders it needs. To change a part of a file use edit_file. ' +
    'A file that is there keeps its mode, encoding and kind of line ends.',
  input,
  risk: 'write',
  async prepare({ path, content }, context) {
    const place = await placeToWrite(path, context);
    const shown = shownPath(place.path, context.workspace);
    const seen = seeFile(await readFileSafely(place.path));
    if (!seen) return refused(`${shown} is a binary file, which this tool does not write over.`);
    const after = usesCrlf(seen.decoded.text) ? withCrlf(content) : content;
    if (seen.content && after === seen.decoded.text) return refused(`${shown} has this very text already.`);
    return prepareChange(place, seen, after, context);
  },
};
