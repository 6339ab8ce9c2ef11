import type { z } from 'zod';
import type { AgentError, Message, MessagePart, RunningState, Usage } from '../../shared/agent.ts';
import type { AgentQuestion, ApprovalAnswer, ApprovalRequest } from '../../shared/approval.ts';
import type { SessionId, TurnId } from '../../shared/ids.ts';
import type { Effort, ModelReference } from '../../shared/models.ts';
import type { FinishedCommand } from '../../shared/session.ts';
import type { TurnDelta } from '../../shared/turn-delta.ts';
import type { Pty } from '../pty/types.ts';

/** What the agent is told of its tab at the start of a turn. */
export type TurnContext = {
  readonly cwd: string;
  readonly shell: string;
  readonly platform: string;
  readonly lastCommand?: FinishedCommand;
};

/** What a request begins with, and the instruction files that were taken into it or could not be. Paths are absolute. */
export type SystemPrompt = {
  readonly text: string;
  readonly taken: { path: string; isCut: boolean }[];
  readonly skipped: { path: string; reason: string }[];
};

/** A tool as the model is told of it. */
export type ToolDescription = {
  readonly name: string;
  readonly description: string;
  readonly input: z.ZodType;
};

export type TurnRequest = {
  /** Ends with the user's message; messages that failed without a word are left out by the turn loop. */
  readonly history: readonly Message[];
  readonly systemPrompt: string;
  readonly context: TurnContext;
  readonly effort: Effort;
  readonly tools: readonly ToolDescription[];
  /** Aborting ends the events at once and cancels the provider's request. */
  readonly signal: AbortSignal;
};

/** What a bridge tells of one request, in order. The last one is `finished` or `failed`, unless it was aborted. */
export type AgentEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  /** What only this provider understands of the reasoning part before it. */
  | { readonly type: 'reasoning-metadata'; readonly kind: string; readonly data: Record<string, unknown> }
  /** The input of a call is being written. */
  | { readonly type: 'tool-input'; readonly characters: number }
  /** Whole; to be made only when the request has finished. Its input is not checked. */
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  | { readonly type: 'finished'; readonly usage: Usage }
  | { readonly type: 'failed'; readonly error: AgentError };

export type ToolCall = Extract<MessagePart, { type: 'tool-call' }>;
export type ToolResult = Extract<MessagePart, { type: 'tool-result' }>;

/** What a message has beside its words. */
export type AttachedPart = Extract<MessagePart, { type: 'attachment' | 'image' }>;

/** What the tools of one turn reach of their session. */
export type ToolTurn = {
  readonly sessionId: SessionId;
  readonly turnId: TurnId;
  readonly model: ModelReference;
  readonly mode: string;
  /** Absolute; where the tab is as the turn begins. */
  readonly cwd: string;
  /** The shell that the person sees. */
  readonly terminal: Pty;
  /** A command in it asks the person for a password, or does not any more. */
  readonly onPasswordAsked: (isAsked: boolean) => void;
  readonly seesImages: boolean;
  /** Undefined when the turn was stopped first. `checkRule`: whether a rule covers the call, and no more than it says. */
  readonly askApproval: (
    waiting: { readonly request: ApprovalRequest; readonly checkRule: (rule: string) => RuleFit },
    signal: AbortSignal,
  ) => Promise<ApprovalAnswer | undefined>;
  readonly askQuestion: (question: AgentQuestion, signal: AbortSignal) => Promise<string | undefined>;
  readonly setState: (state: TurnState) => void;
};

export type RuleFit = { readonly fits: boolean; readonly message: string };

/** What a turn in flight does. */
export type TurnState = RunningState extends infer State
  ? State extends unknown
    ? Omit<State, 'turnId' | 'startedAt'>
    : never
  : never;

export type CreateToolRunner = (turn: ToolTurn) => ToolRunner;

/** Makes the calls of one turn. */
export interface ToolRunner {
  /** Those that the turn's mode allows. */
  readonly tools: readonly ToolDescription[];
  /** Asks the person first where that is needed. Whatever goes wrong is told in the result; resolves soon after `signal` aborts. */
  run(call: ToolCall, signal: AbortSignal): Promise<ToolResult>;
}

/** What a session talks to: the native agent, the offline guide, and later external agents. */
export interface AgentBridge extends AsyncDisposable {
  /** Grows with each bridge of a session, so that a late event of an old one is recognised. */
  readonly epoch: number;
  readonly model: ModelReference;
  runTurn(request: TurnRequest): AsyncIterable<AgentEvent>;
}

/** How a turn ended; `message` is the assistant's, as it is now stored. `steered`: it stopped between two steps, for a message of the person. */
export type TurnOutcome =
  | { readonly status: 'complete' | 'interrupted' | 'steered'; readonly message: Message }
  | { readonly status: 'failed'; readonly message: Message; readonly error: AgentError };

/** Effects of a turn. `save` throws when the archive refuses; the turn then fails and says so. */
export type TurnEffects = {
  readonly emitDelta: (delta: TurnDelta) => void;
  /** Whether the tab is in front of a window: else deltas are told together. */
  readonly isSeen: () => boolean;
  /** In US dollars; undefined when the price is not known. */
  readonly costOf: (usage: Usage) => number | undefined;
  /** The message with all text so far; called at most every 250 ms, at each tool call and result, and at the turn's end. */
  readonly save: (message: Message) => void;
  /** Parts other than text came: clients get the whole message. */
  readonly emitMessage: (message: Message) => void;
  /** A message of the person waits to be told to the model before its next step. */
  readonly isSteered: () => boolean;
  /** The provider failed with what may pass: resolves when it is to be asked again, at once when `signal` aborts. */
  readonly waitToRetry: (error: AgentError, delayMs: number, signal: AbortSignal) => Promise<void>;
};

export type TurnLimits = {
  /** Requests of one turn. */
  readonly steps: number;
  /** Of one request, beyond the first try. */
  readonly retries: number;
};

/**
 * Runs one turn on one bridge: asks, makes the calls that the model wants, and asks again with their results, until it wants none or
 * `request.signal` aborts. Feeds `answer`, an assistant message with status `streaming`; calls in it that have no result yet are made first.
 * Never throws for a provider's failure. Deltas are coalesced to one each 33 ms.
 */
export type RunTurn = (options: {
  bridge: AgentBridge;
  request: Omit<TurnRequest, 'tools'>;
  answer: Message;
  tools: ToolRunner;
  limits: TurnLimits;
  effects: TurnEffects;
}) => Promise<TurnOutcome>;
