import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openTerminal } from '../../../pty/testing/open-terminal.ts';
import type { CommandOutcome } from '../../../pty/types.ts';
import { describeInTab } from './describe-outcome.ts';
import { openWorkspace } from '../testing/open-workspace.ts';
import type { ToolOutcome } from '../types.ts';
import { createRunCommand, type RunCommandInput } from './run-command.ts';
import { Sandbox } from './sandbox.ts';

async function openTool(kind: 'auto' | 'off' = 'auto') {
  const resources = new AsyncDisposableStack();
  const terminal = resources.use(openTerminal({ useShellIntegration: true }));
  const base = realpathSync(mkdtempSync(join(homedir(), '.carrel-tool-')));
  resources.defer(() => rmSync(base, { recursive: true, force: true }));
  const workspace = join(base, 'workspace');
  const outputFolder = join(base, 'outputs');
  mkdirSync(join(workspace, 'inner'), { recursive: true });
  symlinkSync(base, join(workspace, 'way-out'));
  const sandbox = resources.use(
    new Sandbox({ allowedHosts: () => [], hiddenFolders: [], environment: { PATH: process.env['PATH'] } }),
  );
  const settings = () => ({
    idleTimeoutSeconds: 60,
    maxSteps: 50,
    retries: 0,
    commandTimeoutSeconds: 60,
    sandbox: kind,
    sandboxHosts: [],
  });
  const command = createRunCommand({ sandbox, settings, outputFolder });
  const run = async (input: RunCommandInput, by: 'person' | 'rule'): Promise<ToolOutcome> => {
    const onPasswordAsked = () => {};
    const tab = { approvedBy: () => by, onPasswordAsked, pty: terminal.pty, cwd: workspace, workspace };
    const tool = command.forTab(tab);
    const prepared = await tool.prepare(tool.input.parse(input), openWorkspace().context);
    return prepared.status === 'refused' ? prepared.outcome : prepared.run();
  };
  const { pty } = terminal;
  return { pty, workspace, outputFolder, run, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

it("runs what the person approved in the tab's own shell", async () => {
  await using tool = await openTool();
  // A command in another folder than the shell's leaves the shell as it is.
  const signal = new AbortController().signal;
  await tool.pty.runCommand(`cd '${tool.workspace}'`, { signal, timeoutMs: 60_000, onPasswordAsked() {} });
  await tool.run({ command: 'export OWN=kept' }, 'person');
  const outcome = await tool.run({ command: 'echo $OWN; (exit 3)' }, 'person');
  expect(outcome).toEqual({
    exitCode: 3,
    isError: true,
    text: expect.stringMatching(/^Exit code 3\. Duration: \d+\.\d s\. Output:\nkept$/),
  });
  const inner = await tool.run({ command: 'pwd', cwd: 'inner' }, 'person');
  expect(inner).toMatchObject({
    isError: false,
    text: expect.stringContaining(join(tool.workspace, 'inner')),
  });
});

it.runIf(process.platform === 'linux')('runs what only a rule allowed in the sandbox', async () => {
  await using tool = await openTool();
  const outcome = await tool.run(
    { command: 'pwd; touch ../../outside || echo refused', cwd: 'inner' },
    'rule',
  );
  expect(outcome).toMatchObject({
    isError: false,
    text: expect.stringMatching(/^Exit code 0 \(in the sandbox\)\. [^]*\/inner\n[^]*Read-only[^]*\nrefused$/),
  });
});

it('asks where there is no sandbox', async () => {
  await using tool = await openTool('off');
  expect(await tool.run({ command: 'touch made' }, 'rule')).toEqual({
    isError: true,
    text: 'Nothing was run.',
    needsApproval: expect.stringContaining('agent.sandbox'),
  });
  expect(readdirSync(tool.workspace)).not.toContain('made');
});

it.each(['..', '/', 'way-out', 'gone'])(
  'runs nothing in a folder that is not in the workspace: %s',
  async (cwd) => {
    await using tool = await openTool();
    for (const approvedBy of ['person', 'rule'] as const) {
      const outcome = await tool.run({ command: 'touch made', cwd }, approvedBy);
      expect(outcome).toMatchObject({ isError: true, text: expect.stringMatching(/Nothing was run\.$/) });
    }
  },
);

it('keeps a long output whole in a file for the user alone', async () => {
  await using tool = await openTool();
  const outcome = await tool.run({ command: 'seq 1 20000' }, 'person');
  const [name = ''] = readdirSync(tool.outputFolder);
  const path = join(tool.outputFolder, name);
  expect(outcome.text).toContain(`The output was cut; it lies whole in ${path}. Output:\n1\n2\n`);
  expect(outcome.text).toMatch(/characters left out[^]*\n19999\n20000$/);
  expect(outcome.text.length).toBeLessThan(31_000);
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(20_000);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('says in words what happened', () => {
  const seen = { output: 'x', durationMs: 1234 };
  const outcomes: readonly [CommandOutcome, RegExp][] = [
    [
      { status: 'finished', exitCode: 0, output: '', durationMs: 50 },
      /^Exit code 0\. Duration: 0\.1 s\. No output\.$/,
    ],
    [{ status: 'interrupted', exitCode: 130, ...seen }, /^The person stopped it: Exit code 130\./],
    [{ status: 'interrupted', ...seen }, /did not end for Ctrl-C\. It still runs/],
    [{ status: 'taken-over', ...seen }, /^The person took over [^]*still runs[^]*1\.2 s\. Output:\nx$/],
    [{ status: 'waiting-for-input', ...seen }, /waits for input/],
    [{ status: 'waiting-for-password', ...seen }, /asks for a password/],
    [{ status: 'full-screen', ...seen }, /full-screen/],
    [{ status: 'still-running', ...seen }, /has not ended/],
    [{ status: 'shell-ended', ...seen }, /terminal went away/],
    [
      { status: 'not-started', reason: 'no-integration' },
      /^The command was not run: [^]*shell_integration = true/,
    ],
    [{ status: 'not-started', reason: 'typed-text' }, /^The command was not run: [^]*typed something/],
  ];
  for (const [outcome, words] of outcomes) {
    const description = describeInTab(outcome, tmpdir());
    expect(description.text).toMatch(words);
    expect(description.isError).toBe(outcome.status !== 'finished');
  }
});
