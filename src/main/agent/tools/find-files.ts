import { z } from 'zod';
import { shownPath } from '../files/real-path.ts';
import { find, MAX_ENTRIES } from './find.ts';
import { answered } from './outcome.ts';
import { placeToRead } from './places.ts';
import type { Tool } from './types.ts';

const input = z.object({
  pattern: z
    .string()
    .min(1)
    .max(500)
    .describe('As in .gitignore: *.ts is a name at any depth, src/**/*.{ts,tsx} a path'),
  path: z.string().min(1).optional().describe("Folder to look in; the tab's without it"),
});

export const findFiles: Tool<z.infer<typeof input>> = {
  name: 'find_files',
  description: 'Finds files by their names. Ignored files, .git and node_modules are left out.',
  input: input,
  risk: 'read',
  async prepare({ pattern, path: asked = '.' }, context) {
    const { path: folder, isOutside } = await placeToRead(asked, context);
    const run = async () => {
      const { entries, isCut } = await find(context, {
        folder,
        glob: pattern,
        plainFilesUpToBytes: Infinity,
      });
      const paths = entries.map(({ path }) => shownPath(path, context.workspace));
      if (paths.length === 0) return answered(`No file matches ${pattern}.`);
      const more = isCut ? [`[There are more than these ${MAX_ENTRIES}: give a narrower pattern.]`] : [];
      return answered([...paths, ...more].join('\n'));
    };
    return { status: 'ready', action: { type: 'read', path: folder, isOutside }, run };
  },
};
