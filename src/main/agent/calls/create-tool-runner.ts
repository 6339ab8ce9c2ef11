import { homedir } from 'node:os';
import { ulid } from 'ulid';
import type { ApprovalAnswer, ApprovalScope } from '../../../shared/approval.ts';
import { approvalId } from '../../../shared/ids.ts';
import type { StoredApproval } from '../../archive/types.ts';
import type { Approvals } from '../approvals/load-approvals.ts';
import type { DecisionContext, Rule } from '../approvals/types.ts';
import { readTerminal } from '../tools/read-terminal.ts';
import type { RunCommandTool } from '../tools/run-command/run-command.ts';
import type { Outputs } from '../tools/outputs.ts';
import { prepareCall } from '../tools/toolbox.ts';
import type { Action, Prepared, Tool, ToolContext, ToolOutcome } from '../tools/types.ts';
import type { CreateToolRunner, ToolCall, ToolResult, ToolRunner, ToolTurn } from '../types.ts';
import type { UndoStore } from '../undo/types.ts';
import { fitOf, proposeFor, toDecidedPart, toDecisionCall, toProposed, type Acting } from './propose.ts';

type CallOutcome = ToolOutcome & { readonly isDenied?: boolean };

export type ToolRunnerOptions = {
  /** Those that need nothing but files, the web and the person. */
  readonly tools: readonly Tool[];
  readonly runCommand: RunCommandTool;
  readonly approvals: Approvals;
  readonly openUndo: () => Promise<UndoStore>;
  readonly outputs: Outputs;
  /** Carrel's own folder. */
  readonly home: string;
  /** In force in this tab and folder, the person's own before those of settings. */
  readonly rulesOf: (turn: ToolTurn) => readonly Rule[];
  readonly stanceOf: (mode: string) => NonNullable<DecisionContext['mode']>;
  /** Throws when it cannot be kept. */
  readonly keepRule: (rule: string, scope: Exclude<ApprovalScope, 'once'>, turn: ToolTurn) => void;
  readonly saveApproval: (approval: StoredApproval) => void;
  readonly reportError: (what: string, error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Makes the calls of turns: understood first, then decided on, asked about where no rule decides, and only then made. */
export function createToolRunners(options: ToolRunnerOptions): CreateToolRunner {
  return (turn) => new TurnCalls(options, turn);
}

/** The person's leave, or a rule's. */
type Leave = { readonly by: 'person' | 'rule'; readonly hunks?: readonly number[] };

class TurnCalls implements ToolRunner {
  readonly tools: readonly Tool[];
  readonly #options: ToolRunnerOptions;
  readonly #turn: ToolTurn;
  /** What the call that is being made was allowed by. */
  #leave: Leave = { by: 'rule' };

  constructor(options: ToolRunnerOptions, turn: ToolTurn) {
    this.#options = options;
    this.#turn = turn;
    const { terminal: pty, cwd, onPasswordAsked } = turn;
    const { tools: allowed } = options.stanceOf(turn.mode);
    const all = [
      ...options.tools,
      options.runCommand.forTab({
        pty,
        cwd,
        workspace: cwd,
        onPasswordAsked,
        approvedBy: () => this.#leave.by,
      }),
      readTerminal.forTab(pty),
    ];
    this.tools = allowed ? all.filter(({ name }) => allowed.includes(name)) : all;
  }

  async run(call: ToolCall, signal: AbortSignal): Promise<ToolResult> {
    const input = typeof call.input === 'string' ? parsed(call.input) : call.input;
    const context = this.#context(signal);
    const prepared = await prepareCall(this.tools, { name: call.toolName, input }, context);
    if (prepared.status === 'refused') return resultOf(call, prepared.outcome);
    const { action } = prepared;
    const outcome =
      action.type === 'none'
        ? await this.#make(call, prepared, signal)
        : await this.#makeIfAllowed(call, prepared, { tool: call.toolName, action }, signal);
    const isChanged = action.type === 'change' && !outcome.isError;
    return { ...resultOf(call, outcome), ...(isChanged && { change: changeOf(action, this.#leave.hunks) }) };
  }

  async #makeIfAllowed(
    call: ToolCall,
    prepared: Extract<Prepared, { status: 'ready' }>,
    acting: Acting,
    signal: AbortSignal,
  ): Promise<CallOutcome> {
    const entry = this.#entry(call, acting);
    const verdict = this.#decide(acting);
    const decided = {
      ...entry,
      decidedBy: 'rule',
      ...(verdict.rule && { rule: verdict.rule.rule.text }),
      decidedAt: entry.askedAt,
    } as const;
    if (verdict.decision === 'deny') {
      this.#save({ ...decided, status: 'denied' });
      return denied(`This is not allowed, and asking does not change it: ${verdict.reason}`);
    }
    if (verdict.decision === 'ask') return this.#ask(call, prepared, acting, entry, verdict, signal);
    const allowed: StoredApproval = { ...decided, status: 'allowed' };
    // Looking around in the workspace is no news.
    const isKept = acting.action.type !== 'read';
    this.#leave = { by: 'rule' };
    if (isKept) this.#save(allowed);
    const outcome = await this.#make(call, prepared, signal);
    if (outcome.needsApproval !== undefined) {
      const asked = { ...verdict, reason: outcome.needsApproval };
      return this.#ask(call, prepared, acting, entry, asked, signal);
    }
    if (isKept) this.#saveEnd(allowed, outcome);
    return outcome;
  }

  async #ask(
    call: ToolCall,
    prepared: Extract<Prepared, { status: 'ready' }>,
    acting: Acting,
    entry: StoredApproval,
    { parts, reason }: Pick<ReturnType<Approvals['decide']>, 'parts' | 'reason'>,
    signal: AbortSignal,
  ): Promise<CallOutcome> {
    const { approvals, now } = this.#options;
    const context = this.#decisionContext(acting);
    const rule = proposeFor(acting, approvals, context);
    this.#save({ ...entry, status: 'waiting' });
    this.#turn.setState({ status: 'awaiting-approval', toolName: call.toolName });
    const request = {
      id: entry.id,
      turnId: entry.turnId,
      toolCallId: call.toolCallId,
      toolName: call.toolName,
      action: entry.action,
      parts: parts.map(toDecidedPart),
      reason,
      ...(rule !== undefined && { rule }),
      askedAt: entry.askedAt,
    };
    const checkRule = (written: string) => fitOf(written, acting, approvals, context);
    const answer = await this.#turn.askApproval({ request, checkRule }, signal);
    this.#turn.setState({ status: 'thinking' });
    const decidedAt = now();
    if (answer === undefined) {
      this.#save({ ...entry, status: 'expired', decidedAt });
      return { text: 'The person stopped the turn before they answered. Nothing was done.', isError: true };
    }
    if (answer.type === 'deny') {
      this.#save({ ...entry, status: 'denied', decidedBy: 'person', decidedAt });
      return denied(deniedWords(answer));
    }
    this.#keep(answer);
    const { scope, rule: kept } = answer;
    const allowed: StoredApproval = {
      ...entry,
      status: 'allowed',
      decidedBy: 'person',
      scope,
      ...(kept !== undefined && { rule: kept }),
      decidedAt,
    };
    this.#save(allowed);
    this.#leave = { by: 'person', ...(answer.hunks && { hunks: answer.hunks }) };
    const outcome = await this.#make(call, prepared, signal);
    this.#saveEnd(allowed, outcome);
    return outcome;
  }

  async #make(
    call: ToolCall,
    prepared: Extract<Prepared, { status: 'ready' }>,
    signal: AbortSignal,
  ): Promise<ToolOutcome> {
    this.#turn.setState({ status: 'running-tool', toolName: call.toolName });
    const { action } = prepared;
    const { turnId, cwd } = this.#turn;
    const watch =
      action.type === 'execute'
        ? await (await this.#options.openUndo()).beforeCommand(turnId, cwd, signal)
        : undefined;
    try {
      return await prepared.run(this.#leave.hunks);
    } finally {
      await watch?.finish();
      this.#turn.setState({ status: 'thinking' });
    }
  }

  #decide(acting: Acting) {
    const verdict = this.#options.approvals.decide(toDecisionCall(acting), this.#decisionContext(acting));
    const { action } = acting;
    const isPrivate = action.type === 'fetch' && action.isPrivate;
    if (!isPrivate || verdict.decision !== 'allow') return verdict;
    const reason = 'It is an address of this machine or its network, for which no rule is enough.';
    return { ...verdict, decision: 'ask' as const, reason };
  }

  #decisionContext({ action }: Acting): DecisionContext {
    const { cwd: workspace, sessionId, mode } = this.#turn;
    return {
      cwd: action.type === 'execute' ? action.cwd : workspace,
      workspace,
      home: homedir(),
      sessionId,
      rules: this.#options.rulesOf(this.#turn),
      mode: this.#options.stanceOf(mode),
    };
  }

  #context(signal: AbortSignal): ToolContext {
    const { cwd: workspace, turnId, seesImages } = this.#turn;
    const { outputs, home, openUndo } = this.#options;
    return {
      workspace,
      home,
      signal,
      outputs,
      seesImages,
      beforeChange: async (change) => (await openUndo()).beforeChange(turnId, change),
      askPerson: ({ question, choices }) =>
        this.#turn.askQuestion(
          { id: approvalId.parse(ulid()), question, ...(choices && { choices: [...choices] }) },
          signal,
        ),
    };
  }

  #entry({ toolCallId, toolName }: ToolCall, { action }: Acting): StoredApproval {
    const { sessionId, turnId, model, mode } = this.#turn;
    return {
      id: approvalId.parse(ulid()),
      sessionId,
      turnId,
      toolCallId,
      toolName,
      action: toProposed(action),
      model,
      mode,
      status: 'waiting',
      askedAt: this.#options.now(),
    };
  }

  /** Before anything is done: what is not in the ledger does not happen. */
  #save(entry: StoredApproval): void {
    this.#options.saveApproval(entry);
  }

  #saveEnd(entry: StoredApproval, { exitCode, isError }: ToolOutcome): void {
    const ended = { endedAt: this.#options.now(), hasFailed: isError };
    try {
      this.#save({ ...entry, ...(exitCode !== undefined && { exitCode }), ...ended });
    } catch (error) {
      this.#options.reportError('Saving how a call ended', error);
    }
  }

  #keep({ scope, rule }: Extract<ApprovalAnswer, { type: 'approve' }>): void {
    if (scope === 'once' || rule === undefined) return;
    try {
      this.#options.keepRule(rule, scope, this.#turn);
    } catch (error) {
      this.#options.reportError('Keeping a rule', error);
    }
  }
}

function deniedWords({ message }: Extract<ApprovalAnswer, { type: 'deny' }>): string {
  const words = 'The person does not want this. Nothing was done; do not try it another way.';
  return message ? `${words} They say: ${message}` : words;
}

/** Some models write the input as a text of its own. */
function parsed(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

function denied(text: string): CallOutcome {
  return { text, isError: true, isDenied: true };
}

function resultOf(
  { toolCallId, toolName }: ToolCall,
  { text, isError, isDenied, images }: CallOutcome,
): ToolResult {
  return {
    type: 'tool-result',
    toolCallId,
    toolName,
    output: text,
    isError,
    ...(isDenied && { isDenied }),
    ...(images && { images: images.map((image) => ({ ...image })) }),
  };
}

function changeOf(action: Extract<Action, { type: 'change' }>, selected: readonly number[] | undefined) {
  const { path, isNew, hunks } = action;
  const made = selected ? hunks.filter((_, index) => selected.includes(index)) : hunks;
  return { path, isNew, hunks: made.map((hunk) => ({ ...hunk, lines: [...hunk.lines] })) };
}
