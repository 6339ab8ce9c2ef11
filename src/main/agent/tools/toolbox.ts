import { ToolError, wordsOfSystemError } from '../files/tool-error.ts';
import { askUser } from './ask-user.ts';
import { editFile } from './edit-file.ts';
import { createFetchUrl } from './fetch/fetch-url.ts';
import type { Lookup } from './fetch/request.ts';
import { findFiles } from './find-files.ts';
import { listFiles } from './list-files.ts';
import { failed, refused } from './outcome.ts';
import { readFile } from './read-file.ts';
import { createSearchFiles } from './search-files.ts';
import type { Prepared, Tool, ToolContext, ToolOutcome } from './types.ts';
import { updatePlan } from './update-plan.ts';
import { writeFile } from './write-file.ts';

export type ToolsOptions = {
  /** The program's path, where there is one: see `findRipgrep`. */
  readonly ripgrep: string | undefined;
  /** See `systemLookup`. */
  readonly lookup: Lookup;
};

/** The tools that need nothing but files, the web and the person. */
export function createTools({ ripgrep, lookup }: ToolsOptions): readonly Tool[] {
  const searchFiles = createSearchFiles({ ripgrep });
  const fetchUrl = createFetchUrl({ lookup });
  return [readFile, writeFile, editFile, listFiles, findFiles, searchFiles, fetchUrl, updatePlan, askUser];
}

/**
 * Prepares a model's call of one of the tools. Whatever the model did wrong becomes a refusal that says so; what runs ends with an
 * outcome within the limit of length, also when it fails or is stopped. A bug throws.
 */
export async function prepareCall(
  tools: readonly Tool[],
  call: { readonly name: string; readonly input: unknown },
  context: ToolContext,
): Promise<Prepared> {
  const tool = tools.find(({ name }) => name === call.name);
  if (!tool)
    return refused(`There is no tool ${call.name}. There are: ${tools.map(({ name }) => name).join(', ')}.`);
  const parsed = tool.input.safeParse(call.input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'input'}: ${message}`,
    );
    return refused(`The input of ${tool.name} is not right. ${problems.join('; ')}`);
  }
  const told = await telling(context, () => tool.prepare(parsed.data, context));
  if ('isError' in told) return { status: 'refused', outcome: told };
  if (told.status === 'refused') return told;
  return { ...told, run: (selectedHunks) => limited(context, () => told.run(selectedHunks)) };
}

async function limited(context: ToolContext, run: () => Promise<ToolOutcome>): Promise<ToolOutcome> {
  const outcome = await telling(context, run);
  return { ...outcome, text: await context.outputs.limit(outcome.text) };
}

/** What was expected to go wrong, as an outcome. */
async function telling<Value>(
  { signal }: ToolContext,
  act: () => Promise<Value>,
): Promise<Value | ToolOutcome> {
  try {
    signal.throwIfAborted();
    return await act();
  } catch (error) {
    if (signal.aborted) return failed('It was stopped.');
    if (error instanceof ToolError) return failed(error.message);
    const words = wordsOfSystemError(error);
    if (words === undefined) throw error;
    return failed(`It did not work: ${pathOf(error)}${words}.`);
  }
}

/** A path by way of a descriptor says nothing to anyone. */
function pathOf(error: unknown): string {
  if (!(error instanceof Error) || !('path' in error)) return '';
  return `${String(error.path).replace(/^\/proc\/self\/fd\/\d+\//, '')}: `;
}
