import { homedir } from 'node:os';
import { basename } from 'node:path';
import type { AgentQuestion, ApprovalAnswer, ApprovalRequest } from '../../shared/approval.ts';
import type { AgentState, AiConfig, Budget, Message, QueuedMessage, Spending } from '../../shared/agent.ts';
import { paneId, type PaneId, type SessionId, type TurnId, type WindowId } from '../../shared/ids.ts';
import type { Effort, ModelFacts, ModelReference } from '../../shared/models.ts';
import { panesOf, type PaneLayout } from '../../shared/panes.ts';
import { programKindOf, type ProfileIcon } from '../../shared/profiles.ts';
import type { FinishedCommand, Pane, Session } from '../../shared/session.ts';
import type { AgentBridge, RuleFit } from '../agent/types.ts';
import type { StoredSession } from '../archive/types.ts';
import type { Pty } from '../pty/types.ts';
import { describeAttachment, draftAttachments, type KeptAttachment } from './kept-attachments.ts';
import type { Choices } from './chain.ts';
import { contextSizeOf } from './context-size.ts';
import type { Launch } from './launch.ts';
import { Lock } from './lock.ts';

/** A tool call that waits for the person. */
export type WaitingApproval = {
  readonly request: ApprovalRequest;
  /** Whether a rule, as the person wrote it, covers the call and no more than it says. */
  readonly checkRule: (rule: string) => RuleFit;
  readonly resolve: (answer: ApprovalAnswer | undefined) => void;
};

type WaitingQuestion = {
  readonly question: AgentQuestion;
  readonly resolve: (answer: string | undefined) => void;
};

/** The turn in flight: it keeps the model, mode and effort it began with, whatever is picked meanwhile. */
export type RunningTurn = {
  readonly turnId: TurnId;
  readonly startedAt: number;
  readonly model: ModelReference;
  readonly mode: string;
  readonly effort: Effort;
  readonly abort: AbortController;
  /** While the turn waits to ask a provider again: ends the wait. */
  retryNow?: (() => void) | undefined;
  /** Settles when the turn's last write is made. */
  readonly done: Promise<void>;
};

/** A shell of a session. */
export type LivePane = {
  readonly id: PaneId;
  readonly pty: Pty;
  cwd: string;
  lastCommand: FinishedCommand | undefined;
  /** In front of the terminal; undefined while the shell is. */
  runningProgram: string | undefined;
};

/** A session that is running: its shells, its agent bridge and its config. Only the session room changes it. */
export type LiveSession = {
  readonly id: SessionId;
  readonly lock: Lock;
  readonly panes: Map<PaneId, LivePane>;
  layout: PaneLayout;
  activePaneId: PaneId;
  stored: StoredSession;
  /** What its shells are. */
  readonly launch: Launch;
  /** Of its profile. */
  icon: ProfileIcon | undefined;
  windowId: WindowId;
  choices: Choices;
  /** What the next turn uses; undefined until the first turn or switch builds it. */
  agentBridge: AgentBridge | undefined;
  /** Of the newest bridge. */
  epoch: number;
  /** What the chain says now, for the next turn. */
  config: AiConfig;
  /** Of `config.model`. */
  facts: ModelFacts | undefined;
  /** Grows with each change of settings, so that a switch that was being built meanwhile is built again. */
  generation: number;
  /** What the tab chose for itself; undefined: what it took as default. */
  budget: Budget | undefined;
  spending: Spending;
  /** The person allowed one turn beyond the budget. */
  isTurnAllowed: boolean;
  agent: AgentState;
  turn: RunningTurn | undefined;
  queue: readonly QueuedMessage[];
  /** Of the message that is being written, and of those in the queue. */
  attachments: readonly KeptAttachment[];
  approvals: readonly WaitingApproval[];
  question: WaitingQuestion | undefined;
  /** Read from the archive when first needed. */
  messages: Message[] | undefined;
  /** From here on nothing of this session is told or written. */
  isClosed: boolean;
};

/** Its folder and screen are rows of the session itself. */
export function isFirstPane({ id: sessionId }: LiveSession, id: PaneId): boolean {
  return (id as string) === sessionId;
}

/** Where the person is, or was last. */
export function activePane({ panes, activePaneId }: LiveSession): LivePane {
  const pane = panes.get(activePaneId);
  if (!pane) throw new Error('A session has an active pane as long as it lives');
  return pane;
}

/** What clients see. */
export function describeSession(session: LiveSession): Session {
  const { stored, turn } = session;
  const active = describePane(activePane(session));
  return {
    id: session.id,
    title: titleOf({ ...stored, cwd: active.cwd }),
    isRenamed: stored.title !== '',
    windowId: session.windowId,
    position: stored.position,
    cwd: active.cwd,
    shell: stored.shell,
    program: programKindOf(stored.shell),
    ...(stored.profile && { profile: stored.profile }),
    ...(session.icon && { icon: session.icon }),
    ...(stored.colour && { colour: stored.colour }),
    isPinned: stored.isPinned,
    openedAt: stored.openedAt,
    usedAt: stored.usedAt,
    draft: stored.draft,
    attachments: draftAttachments(session).map(describeAttachment),
    isUnread: stored.isUnread,
    agent: session.agent,
    ai: turn ? duringTurn(session.config, turn) : session.config,
    ...(session.facts && { facts: session.facts }),
    context: contextSizeOf(session.messages ?? []),
    spending: session.spending,
    budget: budgetOf(session),
    pty: active.pty,
    ...(active.lastCommand && { lastCommand: active.lastCommand }),
    ...(active.runningProgram !== undefined && { runningProgram: active.runningProgram }),
    panes: panesOf(session.layout).flatMap((id) => {
      const pane = session.panes.get(id);
      return pane ? [describePane(pane)] : [];
    }),
    layout: session.layout,
    activePaneId: session.activePaneId,
    queue: [...session.queue],
    approvals: session.approvals.map(({ request }) => request),
    ...(session.question && { question: session.question.question }),
  };
}

function describePane({ id, cwd, pty, lastCommand, runningProgram }: LivePane): Pane {
  return {
    id,
    cwd,
    pty: pty.state,
    ...(lastCommand && { lastCommand }),
    ...(runningProgram !== undefined && { runningProgram }),
  };
}

function duringTurn(config: AiConfig, turn: RunningTurn): AiConfig {
  const { model, mode, effort } = config;
  if (model === turn.model && mode === turn.mode && effort === turn.effort) return config;
  return {
    ...config,
    model: turn.model,
    mode: turn.mode,
    effort: turn.effort,
    next: { model, mode, effort },
  };
}

export function budgetOf({ budget, stored }: LiveSession): Budget {
  return budget ?? stored.defaults.budget ?? {};
}

/** The name that the user gave, else the profile's where no shell of this machine runs, else the folder's; `~` for the home folder. */
export function titleOf({
  title,
  cwd,
  shell,
  profile,
}: Pick<StoredSession, 'title' | 'cwd' | 'shell' | 'profile'>): string {
  // A program's folder says nothing of what it shows.
  const ownTitle = programKindOf(shell) === 'shell' ? '' : profile;
  return title || ownTitle || (cwd === homedir() ? '~' : basename(cwd) || cwd);
}

export function newLiveSession(
  parts: Pick<
    LiveSession,
    | 'stored'
    | 'windowId'
    | 'launch'
    | 'icon'
    | 'choices'
    | 'config'
    | 'facts'
    | 'budget'
    | 'spending'
    | 'queue'
    | 'attachments'
  >,
): LiveSession {
  return {
    ...parts,
    id: parts.stored.id,
    panes: new Map(),
    layout: paneId.parse(parts.stored.id),
    activePaneId: paneId.parse(parts.stored.id),
    lock: new Lock(),
    agentBridge: undefined,
    epoch: 0,
    generation: 0,
    isTurnAllowed: false,
    agent: { status: 'idle' },
    turn: undefined,
    approvals: [],
    question: undefined,
    messages: undefined,
    isClosed: false,
  };
}
