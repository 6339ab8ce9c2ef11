import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../../../shared/result.ts';
import type { Pty } from '../../../pty/types.ts';
import type { Settings } from '../../../settings/types.ts';
import { failed, refused } from '../outcome.ts';
import type { Tool, ToolOutcome } from '../types.ts';
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
  /** The person said yes to these bytes, or only a rule did; asked when the command is about to run. */
  readonly approvedBy: () => 'person' | 'rule';
  readonly pty: Pick<Pty, 'runCommand'>;
  /** The command asks the person for a password, or does not any more. */
  readonly onPasswordAsked: (isAsked: boolean) => void;
  /** Where the tab's shell is. */
  readonly cwd: string;
  /** What tools may change: the tab's folder, or the project that it lies in. */
  readonly workspace: string;
};

export type RunCommandOptions = {
  readonly sandbox: Sandbox;
  readonly settings: () => Settings['agent'];
  /** Where long outputs lie whole. */
  readonly outputFolder: string;
};

export interface RunCommandTool {
  forTab(context: RunCommandContext): Tool<RunCommandInput>;
}

/** The tool that runs commands: in the tab's own shell what the person approved, in the sandbox what only a rule allowed. */
export function createRunCommand({ sandbox, settings, outputFolder }: RunCommandOptions): RunCommandTool {
  return {
    forTab: (tab) => ({
      name: 'run_command',
      description:
        "Runs a shell command. One that the person approves runs in the tab's own shell, where they see it: `cd` and `export` stay in effect. " +
        'Others run in bash in a sandbox: no network, and they write in the workspace only. Commands get no input: use options that ask ' +
        'nothing and open no editor or pager. The result says how it ended, and where a long output lies whole.',
      input: inputSchema,
      risk: 'execute',
      async prepare({ command, cwd: wanted, timeoutSeconds }, { signal }) {
        const folder = findFolder(wanted, tab);
        if (!folder.ok) return refused(folder.error);
        const cwd = folder.value;
        const { commandTimeoutSeconds, sandbox: kind } = settings();
        const timeoutMs = (timeoutSeconds ?? commandTimeoutSeconds) * 1000;
        return {
          status: 'ready',
          action: { type: 'execute', command, cwd },
          async run(): Promise<ToolOutcome> {
            if (tab.approvedBy() === 'person') {
              // In the very folder that was approved, wherever the tab is by now.
              const { onPasswordAsked } = tab;
              const options = { cwd, signal, timeoutMs, onPasswordAsked };
              const outcome = await tab.pty.runCommand(command, options);
              return { ...describeInTab(outcome, outputFolder), ...exitCodeOf(outcome) };
            }
            if (kind === 'off')
              return needsApproval('The sandbox is switched off (agent.sandbox in settings.toml).');
            const workspace = realpathSync(tab.workspace);
            const ran = await runSandboxed(sandbox, { command, cwd, workspace, signal, timeoutMs });
            if (!ran.ok) return needsApproval(`There is no sandbox to run it in: ${ran.error}.`);
            return { ...describeInSandbox(ran.value, outputFolder), ...exitCodeOf(ran.value) };
          },
        };
      },
    }),
  };
}

function needsApproval(reason: string): ToolOutcome {
  return { ...failed('Nothing was run.'), needsApproval: reason };
}

function exitCodeOf(ended: object): { exitCode?: number } {
  return 'exitCode' in ended && typeof ended.exitCode === 'number' ? { exitCode: ended.exitCode } : {};
}

/** The true path; an error is for the model. */
function findFolder(
  wanted: string | undefined,
  { cwd, workspace }: Pick<RunCommandContext, 'cwd' | 'workspace'>,
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
