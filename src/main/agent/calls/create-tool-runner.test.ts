import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import type { ApprovalAnswer, ApprovalRequest } from '../../../shared/approval.ts';
import { sessionId, turnId } from '../../../shared/ids.ts';
import type { StoredApproval } from '../../archive/types.ts';
import type { Pty } from '../../pty/types.ts';
import { loadSettings } from '../../settings/load-settings.ts';
import { loadApprovals } from '../approvals/load-approvals.ts';
import { systemLookup } from '../tools/fetch/request.ts';
import { createRunCommand } from '../tools/run-command/run-command.ts';
import { Sandbox } from '../tools/run-command/sandbox.ts';
import { openWorkspace } from '../tools/testing/open-workspace.ts';
import { createTools } from '../tools/toolbox.ts';
import type { ToolCall, ToolTurn } from '../types.ts';
import { openUndoStore } from '../undo/undo-store.ts';
import { createToolRunners } from './create-tool-runner.ts';
import { KeptRules } from './kept-rules.ts';

const { signal } = new AbortController();
const approvals = await loadApprovals();
const { settings } = loadSettings('', { code: { description: '', prompt: '' } });

type Ran = { readonly command: string; readonly cwd: string };

/** The calls of tabs that share a ledger and kept rules; `answer` is asked each time a call needs leave. */
function openCalls(files: Record<string, string> = {}) {
  const { folder, context, path } = openWorkspace(files);
  const ledger = new Map<string, StoredApproval>();
  const values = new Map<string, string>();
  const keptRules = new KeptRules({
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
  });
  const faults: { ledger?: Error } = {};
  const ran: Ran[] = [];
  const asked: ApprovalRequest[] = [];
  const answers: { next: (request: ApprovalRequest) => Promise<ApprovalAnswer | undefined> } = {
    next: async () => ({ type: 'approve', scope: 'once' }),
  };
  const terminal = {
    runCommand: async (command: string, { cwd }: { cwd: string }) => {
      ran.push({ command, cwd });
      return { status: 'finished', exitCode: 3, output: '', cwd, durationMs: 1 };
    },
  } as unknown as Pty;
  const undo = openUndoStore({ folder: `${context.home}/undo`, home: context.home });
  const createRunner = createToolRunners({
    tools: createTools({ ripgrep: undefined, lookup: systemLookup }),
    runCommand: createRunCommand({
      sandbox: new Sandbox({ allowedHosts: () => [], hiddenFolders: [], environment: {} }),
      settings: () => settings.agent,
      outputFolder: `${context.home}/outputs`,
    }),
    approvals,
    openUndo: () => undo,
    outputs: context.outputs,
    home: context.home,
    rulesOf: (turn) => keptRules.rulesOf(turn.sessionId, turn.cwd),
    stanceOf: (name) => ({ name, stance: 'ask' }),
    keepRule: (rule, scope, turn) => {
      if (scope === 'tab') keptRules.keepForTab(rule, turn.sessionId);
      else keptRules.keepForProject(rule, turn.cwd);
    },
    saveApproval: (entry) => {
      if (faults.ledger) throw faults.ledger;
      ledger.set(entry.id, entry);
    },
    reportError: (what, error) => {
      throw new Error(what, { cause: error });
    },
    now: Date.now,
  });
  const openTab = (id = sessionId.parse(ulid())) => {
    const turn: ToolTurn = {
      sessionId: id,
      turnId: turnId.parse(ulid()),
      model: 'one/m1',
      mode: 'code',
      cwd: folder,
      terminal,
      seesImages: true,
      askApproval: async ({ request }) => {
        asked.push(request);
        return answers.next(request);
      },
      askQuestion: async () => undefined,
      setState: () => {},
      onPasswordAsked: () => {},
    };
    const runner = createRunner(turn);
    const run = (toolName: string, input: unknown) => runner.run(toCall(toolName, input), signal);
    return { id, run };
  };
  return {
    folder,
    path,
    openTab,
    keptRules,
    ran,
    asked,
    answers,
    faults,
    entries: () => [...ledger.values()],
  };
}

function toCall(toolName: string, input: unknown): ToolCall {
  return { type: 'tool-call', toolCallId: ulid(), toolName, input };
}

it('runs the very bytes that were approved, in the folder they were approved for', async () => {
  const { openTab, ran, asked, folder, entries } = openCalls();
  const command = 'printf "\u200b" # é\n  touch  x ';
  await openTab().run('run_command', { command });
  const approved = { command, cwd: realpathSync(folder) };
  expect([ran, asked.map(({ action }) => action)]).toEqual([[approved], [{ type: 'execute', ...approved }]]);
  expect(entries()).toMatchObject([
    { status: 'allowed', decidedBy: 'person', scope: 'once', exitCode: 3, action: approved },
  ]);
});

it('asks again for the same call: an approval is used once, by one tab', async () => {
  const { openTab, asked, ran, entries } = openCalls();
  const [one, two] = [openTab(), openTab()];
  for (const tab of [one, one, two]) await tab.run('run_command', { command: 'touch x' });
  expect([asked.length, ran.length]).toEqual([3, 3]);
  expect(entries().map((entry) => entry.sessionId)).toEqual([one.id, one.id, two.id]);
});

it('changes nothing when the file is another one than was approved', async () => {
  const { openTab, answers, path } = openCalls({ 'a.txt': 'one\n' });
  answers.next = async () => {
    writeFileSync(path('a.txt'), 'mine\n');
    return { type: 'approve', scope: 'once' };
  };
  const result = await openTab().run('write_file', { path: 'a.txt', content: 'two\n' });
  expect(result.isError).toBe(true);
  expect(readFileSync(path('a.txt'), 'utf8')).toBe('mine\n');
});

it.each<[ApprovalAnswer | undefined, string]>([
  [{ type: 'deny', message: 'Not there.' }, 'denied'],
  [undefined, 'expired'],
])('makes nothing of a call that is answered with %j', async (answer, status) => {
  const { openTab, answers, path, entries } = openCalls();
  answers.next = async () => answer;
  const result = await openTab().run('write_file', { path: 'a.txt', content: 'x' });
  expect([result.isError, existsSync(path('a.txt'))]).toEqual([true, false]);
  expect(entries()).toMatchObject([{ status, toolName: 'write_file' }]);
});

it('is in the ledger before anything is done', async () => {
  const { openTab, answers, entries, path } = openCalls();
  const seen: unknown[] = [];
  answers.next = async () => {
    seen.push(
      entries().map(({ status }) => status),
      existsSync(path('a.txt')),
    );
    return { type: 'approve', scope: 'once' };
  };
  await openTab().run('write_file', { path: 'a.txt', content: 'x' });
  expect(seen).toEqual([['waiting'], false]);
});

it('keeps a rule for one tab until it ends, and for a folder in every tab', async () => {
  const { openTab, answers, asked, keptRules, folder } = openCalls();
  mkdirSync(`${folder}/docs`);
  const [one, two] = [openTab(), openTab()];
  const write = (tab: typeof one, path: string) => tab.run('write_file', { path, content: path });
  answers.next = async ({ rule }) => ({ type: 'approve', scope: 'tab', rule: rule ?? '' });
  await write(one, 'docs/a');
  await write(one, 'docs/b');
  expect(asked).toHaveLength(1);
  await write(two, 'docs/c');
  expect(asked).toHaveLength(2);
  keptRules.forgetTab(one.id);
  answers.next = async ({ rule }) => ({ type: 'approve', scope: 'project', rule: rule ?? '' });
  await write(one, 'docs/d');
  expect(asked).toHaveLength(3);
  await write(openTab(), 'docs/e');
  expect(asked).toHaveLength(3);
  expect(keptRules.all().map(({ source, rule }) => [source, rule.text])).toEqual([
    [{ type: 'tab', sessionId: two.id }, 'write_file(docs/**)'],
    [{ type: 'project', folder }, 'write_file(docs/**)'],
  ]);
  keptRules.keepTabs(new Set([one.id]));
  expect(keptRules.all().map(({ source }) => source.type)).toEqual(['project']);
  expect(keptRules.remove('write_file(docs/**)', { type: 'project', folder })).toBe(true);
  expect(keptRules.remove('write_file(docs/**)', { type: 'project', folder })).toBe(false);
  await write(one, 'docs/f');
  expect(asked).toHaveLength(4);
});

it('makes nothing that cannot be written into the ledger', async () => {
  const { openTab, path, faults } = openCalls();
  faults.ledger = new Error('The disk is full.');
  await expect(openTab().run('write_file', { path: 'a.txt', content: 'x' })).rejects.toThrow('full');
  expect(existsSync(path('a.txt'))).toBe(false);
});
