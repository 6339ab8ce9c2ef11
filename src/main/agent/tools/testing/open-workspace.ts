import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FileChange } from '../../files/types.ts';
import { systemLookup } from '../fetch/request.ts';
import { createOutputs } from '../outputs.ts';
import { createTools, prepareCall } from '../toolbox.ts';
import type { Action, Prepared, ToolContext, ToolOutcome } from '../types.ts';

export type Workspace = {
  /** Holds the workspace, Carrel's home and whatever else a test puts there. */
  readonly around: string;
  readonly folder: string;
  readonly context: ToolContext;
  /** As they were told before they were made. */
  readonly changes: readonly FileChange[];
  path(...parts: string[]): string;
  prepare(name: string, input: unknown): Promise<Prepared>;
  /** Prepares a call and runs it, as if it were allowed. */
  call(name: string, input: unknown, selectedHunks?: readonly number[]): Promise<ToolOutcome>;
};

/** A tab's folder with these files, for as long as the test runs. */
export function openWorkspace(
  files: Record<string, string | Buffer> = {},
  { ripgrep, ...given }: Partial<ToolContext> & { ripgrep?: string | undefined } = {},
): Workspace {
  const around = realpathSync(mkdtempSync(join(tmpdir(), 'carrel-tools-')));
  onTestFinished(() => rmSync(around, { recursive: true, force: true }));
  const folder = join(around, 'work');
  const home = join(around, 'home');
  for (const path of [folder, home]) mkdirSync(path);
  const path = (...parts: string[]) => join(folder, ...parts);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
  }
  const changes: FileChange[] = [];
  const context: ToolContext = {
    workspace: folder,
    home,
    signal: new AbortController().signal,
    outputs: createOutputs({ folder: join(home, 'outputs') }),
    seesImages: true,
    beforeChange: async (change) => void changes.push(change),
    askPerson: async () => undefined,
    ...given,
  };
  const tools = createTools({ ripgrep, lookup: systemLookup });
  const prepare = (name: string, input: unknown) => prepareCall(tools, { name, input }, context);
  return {
    around,
    folder,
    context,
    changes,
    path,
    prepare,
    async call(name, input, selectedHunks) {
      const prepared = await prepare(name, input);
      return prepared.status === 'refused' ? prepared.outcome : prepared.run(selectedHunks);
    },
  };
}

/** What a call would do; fails the test where it is refused. */
export function actionOf(prepared: Prepared): Action {
  if (prepared.status === 'refused') throw new Error(prepared.outcome.text);
  return prepared.action;
}
