import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { shownPath } from '../files/real-path.ts';
import type { FoundEntry } from '../files/worker/types.ts';
import { find, MAX_ENTRIES } from './find.ts';
import { answered, counted, failed } from './outcome.ts';
import { placeToRead } from './places.ts';
import type { Tool, ToolContext, ToolOutcome } from './types.ts';

const input = z.object({
  path: z.string().min(1).optional().describe("A folder; the tab's without it"),
  depth: z.number().int().min(1).max(10).optional().describe('Levels of folders; 1 without it'),
});

export const listFiles: Tool<z.infer<typeof input>> = {
  name: 'list_files',
  description:
    'Lists what lies in a folder. What ignore files leave out, .git and node_modules are named and not opened.',
  input: input,
  risk: 'read',
  async prepare({ path: asked = '.', depth = 1 }, context) {
    const { path, isOutside } = await placeToRead(asked, context);
    return {
      status: 'ready',
      action: { type: 'read', path, isOutside },
      run: () => list(path, depth, context),
    };
  },
};

async function list(folder: string, depth: number, context: ToolContext): Promise<ToolOutcome> {
  const shown = shownPath(folder, context.workspace);
  if (!(await stat(folder)).isDirectory()) return failed(`${shown} is a file. read_file reads it.`);
  const { entries, isCut } = await find(context, { folder, maxDepth: depth });
  if (entries.length === 0) return answered(`${shown} is empty.`);
  const more = isCut ? [`[There is more than these ${MAX_ENTRIES}: list a folder within.]`] : [];
  return answered([`${shown}:`, ...asTree(entries, folder, folder), ...more].join('\n'));
}

/** Each folder's entries below its name. */
function asTree(entries: readonly FoundEntry[], folder: string, root: string): string[] {
  const indent = '  '.repeat(folder.slice(root.length).split(/[/\\]/).length);
  return entries
    .filter(({ path }) => dirname(path) === folder)
    .flatMap((entry) => [`${indent}${describe(entry, folder)}`, ...asTree(entries, entry.path, root)]);
}

function describe({ path, type, size, isLeftOut }: FoundEntry, folder: string): string {
  const ending = { file: '', folder: '/', link: ' (link)', other: ' (no plain file)' }[type];
  const length = size === undefined ? '' : ` (${counted(size, 'byte')})`;
  return `${shownPath(path, folder)}${ending}${length}${isLeftOut ? ' (ignored)' : ''}`;
}
