import type { AgentError, Message, Usage } from '../../shared/agent.ts';
import type { Effort, ModelReference } from '../../shared/models.ts';
import type { FinishedCommand } from '../../shared/session.ts';
import type { TurnDelta } from '../../shared/turn-delta.ts';

/** What the agent is told of its tab at the start of a turn. */
export type TurnContext = {
  readonly cwd: string;
  readonly shell: string;
  readonly platform: string;
  readonly lastCommand?: FinishedCommand;
};

export type TurnRequest = {
  /** Ends with the user's message; messages that failed without a word are left out by the turn loop. */
  readonly history: readonly Message[];
  readonly systemPrompt: string;
  readonly context: TurnContext;
  readonly effort: Effort;
  /** Aborting ends the events at once and cancels the provider's request. */
  readonly signal: AbortSignal;
};

/** What a bridge tells of a turn, in order. The last one is `finished` or `failed`, unless the turn was aborted. */
export type AgentEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  /** What only this provider understands of the reasoning part before it. */
  | { readonly type: 'reasoning-metadata'; readonly kind: string; readonly data: Record<string, unknown> }
  | { readonly type: 'finished'; readonly usage: Usage }
  | { readonly type: 'failed'; readonly error: AgentError };

/** What a session talks to: the native agent, the offline guide, and later external agents. */
export interface AgentBridge extends AsyncDisposable {
  /** Grows with each bridge of a session, so that a late event of an old one is recognised. */
  readonly epoch: number;
  readonly model: ModelReference;
  runTurn(request: TurnRequest): AsyncIterable<AgentEvent>;
}

/** How a turn ended; `message` is the assistant's, as it is now stored. */
export type TurnOutcome =
  | { readonly status: 'complete' | 'interrupted'; readonly message: Message }
  | { readonly status: 'failed'; readonly message: Message; readonly error: AgentError };

/** Effects of a turn. `save` throws when the archive refuses; the turn then fails and says so. */
export type TurnEffects = {
  readonly emitDelta: (delta: TurnDelta) => void;
  /** In US dollars; undefined when the price is not known. */
  readonly costOf: (usage: Usage) => number | undefined;
  /** The message with all text so far; called at most every 250 ms, and at the turn's end. */
  readonly save: (message: Message) => void;
};

/**
 * Runs one turn on one bridge: feeds `answer` (an empty assistant message with status `streaming`) until the bridge is
 * done or `request.signal` aborts. Never throws for a provider's failure. Deltas are coalesced to one each 33 ms.
 */
export type RunTurn = (options: {
  bridge: AgentBridge;
  request: TurnRequest;
  answer: Message;
  effects: TurnEffects;
}) => Promise<TurnOutcome>;
