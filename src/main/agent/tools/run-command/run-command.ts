import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../../../shared/result.ts';
import type { Pty } from '../../../pty/types.ts';
import type { Settings } from '../../../settings/types.ts';
import { describeInSandbox, describeInTab } from './describe-outcome.ts';
import { runSandboxed } from './run-sandboxed.ts';
import type { Sandbox } from './sandbox.ts';

/** Below what one argument may hold, and what a person can read. */
const LONGEST_COMMAND = 32_768;

const inputSchema = z.strictObject({
  command: z
    .string()
    .max(LONGEST_COMMAND)
    .regex(/\S/)
    .describe('The command, with several lines where it needs them. It is not checked for you.'),
  cwd: z
    .string()
    .optional()
    .describe(
      "A folder in the workspace to run it in, absolute or relative to the tab's folder; without it, the tab's folder.",
    ),
  timeoutSeconds: z.number().min(1).max(86_400).optional().describe('How long to wait for its end.'),
  description: z.string().max(200).optional().describe('In a few words, for the person: what it is for.'),
});
export type RunCommandInput = z.infer<typeof inputSchema>;

export type RunCommandContext = {
  /** The person said yes to these bytes, or only a rule did. */
  readonly approvedBy: 'person' | 'rule';
  readonly pty: Pick<Pty, 'runCommand'>;
  /** Where the tab's shell is. */
  readonly cwd: string;
  /** What tools may change: the tab's folder, or the project that it lies in. */
  readonly workspace: string;
  readonly signal: AbortSignal;
  /** The command in the tab asks for a password. */
  readonly onPasswordAsked: () => void;
};

/** `needs-approval`: nothing was run, because no rule alone is enough here; `reason` is for the person. */
export type ToolOutcome =
  | { readonly status: 'done'; readonly text: string; readonly isError: boolean }
  | { readonly status: 'needs-approval'; readonly reason: string };

export type RunCommandOptions = {
  readonly sandbox: Sandbox;
  readonly settings: () => Settings['agent'];
  /** Where long outputs lie whole. */
  readonly outputFolder: string;
};

/** The tool that runs commands: in the tab's own shell what the person approved, in the sandbox what only a rule allowed. */
export function createRunCommand({ sandbox, settings, outputFolder }: RunCommandOptions) {
  return {
    name: 'run_command',
    description:
      "Runs a shell command. One that the person approves runs in the tab's own shell, where they see it: `cd` and `export` stay in effect. " +
      'Others run in bash in a sandbox: no network, and they write in the workspace only. Commands get no input: use options that ask ' +
      'nothing and open no editor or pager. The result says how it ended, and where a long output lies whole.',
    inputSchema,
    async run(input: RunCommandInput, context: RunCommandContext): Promise<ToolOutcome> {
      const folder = findFolder(input.cwd, context);
      if (!folder.ok) return { status: 'done', text: folder.error, isError: true };
      const { commandTimeoutSeconds, sandbox: kind } = settings();
      const timeoutMs = (input.timeoutSeconds ?? commandTimeoutSeconds) * 1000;
      const { pty, signal, onPasswordAsked, workspace } = context;
      const { command } = input;
      if (context.approvedBy === 'person') {
        const cwd = input.cwd === undefined ? {} : { cwd: folder.value };
        const outcome = await pty.runCommand(command, { ...cwd, signal, timeoutMs, onPasswordAsked });
        return { status: 'done', ...describeInTab(outcome, outputFolder) };
      }
      if (kind === 'off')
        return {
          status: 'needs-approval',
          reason: 'The sandbox is switched off (agent.sandbox in settings.toml).',
        };
      const options = { command, cwd: folder.value, workspace: realpathSync(workspace), signal, timeoutMs };
      const outcome = await runSandboxed(sandbox, options);
      if (!outcome.ok)
        return { status: 'needs-approval', reason: `There is no sandbox to run it in: ${outcome.error}.` };
      return { status: 'done', ...describeInSandbox(outcome.value, outputFolder) };
    },
  };
}

/** The true path; an error is for the model. */
function findFolder(
  wanted: string | undefined,
  { cwd, workspace }: RunCommandContext,
): Result<string, string> {
  const path = resolve(cwd, wanted ?? '.');
  try {
    const folder = realpathSync(path);
    if (!statSync(folder).isDirectory()) return err(`${path} is not a folder. Nothing was run.`);
    const way = relative(realpathSync(workspace), folder);
    if (wanted !== undefined && (isAbsolute(way) || way === '..' || way.startsWith('../'))) {
      return err(`${path} lies outside of the workspace ${workspace}. Nothing was run.`);
    }
    return ok(folder);
  } catch {
    return err(`There is no folder ${path}. Nothing was run.`);
  }
}
