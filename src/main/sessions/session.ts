import { homedir } from 'node:os';
import { basename } from 'node:path';
import type { AgentState, AiConfig, Budget, Message, QueuedMessage, Spending } from '../../shared/agent.ts';
import type { SessionId, TurnId } from '../../shared/ids.ts';
import type { Effort, ModelFacts, ModelReference } from '../../shared/models.ts';
import type { FinishedCommand, Session } from '../../shared/session.ts';
import type { AgentBridge } from '../agent/types.ts';
import type { StoredSession } from '../archive/types.ts';
import type { Pty } from '../pty/types.ts';
import type { Choices } from './chain.ts';
import { contextSizeOf } from './context-size.ts';
import { Lock } from './lock.ts';

/** The turn in flight: it keeps the model, mode and effort it began with, whatever is picked meanwhile. */
export type RunningTurn = {
  readonly turnId: TurnId;
  readonly startedAt: number;
  readonly model: ModelReference;
  readonly mode: string;
  readonly effort: Effort;
  readonly abort: AbortController;
  /** Settles when the turn's last write is made. */
  readonly done: Promise<void>;
};

/** A session that is running: its PTY, its agent bridge and its config. Only the session room changes it. */
export type LiveSession = {
  readonly id: SessionId;
  readonly lock: Lock;
  readonly pty: Pty;
  stored: StoredSession;
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
  /** Read from the archive when first needed. */
  messages: Message[] | undefined;
  lastCommand: FinishedCommand | undefined;
  /** In front of the terminal; undefined while the shell is. */
  program: string | undefined;
  /** From here on nothing of this session is told or written. */
  isClosed: boolean;
};

/** What clients see. */
export function describeSession(session: LiveSession): Session {
  const { stored, turn } = session;
  return {
    id: session.id,
    title: titleOf(stored),
    isRenamed: stored.title !== '',
    position: stored.position,
    cwd: stored.cwd,
    shell: stored.shell,
    openedAt: stored.openedAt,
    usedAt: stored.usedAt,
    draft: stored.draft,
    isUnread: stored.isUnread,
    agent: session.agent,
    ai: turn ? duringTurn(session.config, turn) : session.config,
    ...(session.facts && { facts: session.facts }),
    context: contextSizeOf(session.messages ?? []),
    spending: session.spending,
    budget: budgetOf(session),
    pty: session.pty.state,
    ...(session.lastCommand && { lastCommand: session.lastCommand }),
    ...(session.program !== undefined && { program: session.program }),
    queue: [...session.queue],
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

/** The name that the user gave, else the folder's; `~` for the home folder. */
export function titleOf({ title, cwd }: Pick<StoredSession, 'title' | 'cwd'>): string {
  return title || (cwd === homedir() ? '~' : basename(cwd) || cwd);
}

export function newLiveSession(
  parts: Pick<
    LiveSession,
    'pty' | 'stored' | 'choices' | 'config' | 'facts' | 'budget' | 'spending' | 'queue' | 'lastCommand'
  >,
): LiveSession {
  return {
    ...parts,
    id: parts.stored.id,
    lock: new Lock(),
    agentBridge: undefined,
    epoch: 0,
    generation: 0,
    isTurnAllowed: false,
    agent: { status: 'idle' },
    turn: undefined,
    messages: undefined,
    program: undefined,
    isClosed: false,
  };
}
