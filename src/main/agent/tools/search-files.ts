import { z } from 'zod';
import { MAX_FILE_BYTES } from '../files/change-file.ts';
import { shownPath } from '../files/real-path.ts';
import { ToolError } from '../files/tool-error.ts';
import { runJob } from '../files/worker/run-job.ts';
import { expressionOf } from '../files/worker/search.ts';
import type { FoundLine, Matches, SearchJob } from '../files/worker/types.ts';
import { answered, counted } from './outcome.ts';
import { placeToRead } from './places.ts';
import { searchWithRipgrep } from './ripgrep.ts';
import type { Tool, ToolContext } from './types.ts';

const DEFAULT_MATCHES = 200;
const LINE_CHARACTERS = 400;
const TIME_LIMIT_MS = 20_000;
const TOO_SLOW =
  'The search took too long and was ended. Search in a smaller folder, or give a simpler pattern: repetitions ' +
  'within repetitions, as in (a+)+, can take for ever.';

const input = z.object({
  pattern: z
    .string()
    .min(1)
    .max(2000)
    .describe('A regular expression, without look-around and back-references'),
  isLiteral: z.boolean().optional().describe('Take the pattern as plain text'),
  path: z.string().min(1).optional().describe("Folder or file to search in; the tab's folder without it"),
  glob: z.string().min(1).max(500).optional().describe('Only files whose names match, as in find_files'),
  isCaseSensitive: z.boolean().optional().describe('true without it'),
  context: z.number().int().min(0).max(20).optional().describe('Lines shown around each match'),
  limit: z
    .number()
    .int()
    .min(1)
    .max(2000)
    .optional()
    .describe(`Matches at most; ${DEFAULT_MATCHES} without it`),
});
type Input = z.infer<typeof input>;

/** `ripgrep` is the path of the program, where there is one. */
export function createSearchFiles({ ripgrep }: { ripgrep: string | undefined }): Tool<Input> {
  return {
    name: 'search_files',
    description:
      'Searches in the text of files, line by line. Ignored files, .git, node_modules and binary files are left out.',
    input,
    risk: 'read',
    async prepare({ path: asked = '.', ...query }, context) {
      const { path, isOutside } = await placeToRead(asked, context);
      return {
        status: 'ready',
        action: { type: 'read', path, isOutside },
        run: async () =>
          answered(inWords(await search(jobOf(path, query, context), context, ripgrep), context.workspace)),
      };
    },
  };
}

function jobOf(path: string, query: Omit<Input, 'path'>, { home }: ToolContext): SearchJob {
  const {
    pattern,
    isLiteral = false,
    glob,
    isCaseSensitive = true,
    context = 0,
    limit = DEFAULT_MATCHES,
  } = query;
  return {
    type: 'search',
    folder: path,
    hidden: home,
    glob,
    pattern,
    isLiteral,
    isCaseSensitive,
    context,
    maxMatches: limit,
    maxFileBytes: MAX_FILE_BYTES,
  };
}

function search(job: SearchJob, { signal }: ToolContext, ripgrep: string | undefined): Promise<Matches> {
  const options = { signal, timeoutMs: TIME_LIMIT_MS, tooSlow: TOO_SLOW };
  if (ripgrep !== undefined) return searchWithRipgrep(ripgrep, job, options);
  try {
    expressionOf(job);
  } catch (error) {
    throw new ToolError(`The pattern is no regular expression: ${(error as Error).message}`);
  }
  return runJob(job, options);
}

function inWords({ files, count, isCut }: Matches, workspace: string): string {
  if (count === 0) return 'Nothing matches.';
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const heading = `${counted(count, 'match', 'matches')} in ${counted(files.length, 'file')}${isCut ? ', and there are more' : ''}:`;
  return [
    heading,
    ...sorted.flatMap(({ path, lines }) => ['', shownPath(path, workspace), ...rowsOf(lines)]),
  ].join('\n');
}

/** `12: text` for a match, `13- text` for a line around it, `…` where lines are left out between those. */
function rowsOf(lines: readonly FoundLine[]): string[] {
  const hasContext = lines.some(({ isMatch }) => !isMatch);
  return lines.flatMap(({ number, text, isMatch }, index) => {
    const left = text.length - LINE_CHARACTERS;
    const shown = left > 0 ? `${text.slice(0, LINE_CHARACTERS)} [… ${left} more]` : text;
    const isGap = hasContext && index > 0 && lines[index - 1]?.number !== number - 1;
    return [...(isGap ? ['…'] : []), `${number}${isMatch ? ':' : '-'} ${shown}`];
  });
}
