import { z } from 'zod';
import { attachment, attachmentMark } from './attachments.ts';
import { messageId, paneId, sessionId, turnId } from './ids.ts';
import { effort, modelReference, modelSource } from './models.ts';

/** Why a turn failed. `message` is for a person and says what to do; it never contains a key. */
export const agentError = z.object({
  code: z.enum([
    'credential-missing',
    'credential-refused',
    'model-unknown',
    'rate-limited',
    'quota-spent',
    'context-exceeded',
    'provider-failed',
    'network',
    'stream-cut',
    'answer-cut',
    'bad-response',
    'request-refused',
    'timed-out',
    'not-available',
    'step-limit',
  ]),
  message: z.string(),
  /** HTTP status, where there was an answer. */
  status: z.number().int().optional(),
  /** From Retry-After. */
  retryAfterSeconds: z.number().optional(),
  /** The provider's own words or id of the request, cleaned, for the details fold. */
  details: z.string().optional(),
});
export type AgentError = z.infer<typeof agentError>;

/** In tokens, as the provider counted them; absent where it did not say. */
export const usage = z.object({
  inputTokens: z.number().int().optional(),
  outputTokens: z.number().int().optional(),
  cachedInputTokens: z.number().int().optional(),
  /** Kept by the provider for later requests. */
  cacheWriteTokens: z.number().int().optional(),
  reasoningTokens: z.number().int().optional(),
  /** Read and written by the last of several requests: what the history takes of the model's window. Absent for one request. */
  contextTokens: z.number().int().optional(),
  /** In US dollars, at the prices of that day; absent when they are not known. */
  cost: z.number().optional(),
});
export type Usage = z.infer<typeof usage>;

/** Lines of a file that change, as in a unified diff: each line begins with ` `, `-`, `+` or `\\`. */
export const hunk = z.object({
  oldStart: z.number().int(),
  oldLines: z.number().int(),
  newStart: z.number().int(),
  newLines: z.number().int(),
  lines: z.array(z.string()),
});
export type Hunk = z.infer<typeof hunk>;

const image = z.object({ mediaType: z.string(), data: z.string() });

/** Tagged with the kind of provider that alone understands it. */
const providerMetadata = z.object({ kind: z.string(), data: z.record(z.string(), z.unknown()) });

/**
 * A part of a message, the same for every provider. What only one provider understands (a reasoning
 * signature) lies in `metadata`, tagged with the provider's kind, and is left out for the others.
 */
export const messagePart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('reasoning'),
    text: z.string(),
    metadata: providerMetadata.optional(),
  }),
  /** Input of an image, base64. */
  z.object({
    type: z.literal('image'),
    mediaType: z.string(),
    data: z.string(),
    name: z.string().optional(),
  }),
  /** What the user named beside the words: the text as it was when the message was sent. */
  z.object({
    type: z.literal('attachment'),
    kind: z.enum(['file', 'folder', 'command']),
    /** A path, or a command line. */
    name: z.string(),
    text: z.string(),
    marks: z.array(attachmentMark),
    /** Of a command. */
    cwd: z.string().optional(),
    /** Of a command that has ended. */
    exitCode: z.number().optional(),
  }),
  z.object({
    type: z.literal('tool-call'),
    toolCallId: z.string(),
    toolName: z.string(),
    input: z.unknown(),
    metadata: providerMetadata.optional(),
  }),
  z.object({
    type: z.literal('tool-result'),
    toolCallId: z.string(),
    toolName: z.string(),
    output: z.string(),
    isError: z.boolean(),
    /** A rule or the person said no: it did nothing. */
    isDenied: z.boolean().optional(),
    /** For models that see; base64. */
    images: z.array(image).optional(),
    /** What it changed, for the person. */
    change: z.object({ path: z.string(), isNew: z.boolean(), hunks: z.array(hunk) }).optional(),
  }),
  /** At the end of a turn: how much it changed on the disk, for the person. */
  z.object({ type: z.literal('changes'), files: z.number().int(), folders: z.number().int() }),
  /** The person took back what the turn had changed, or took that back. */
  z.object({
    type: z.literal('undo'),
    isRedo: z.boolean(),
    /** Takes this one back; absent in a fork, whose turns are not its own. */
    undoId: z.string().optional(),
    /** Restored paths; `paths` names the first of them. */
    count: z.number().int(),
    paths: z.array(z.string()),
    /** What is not as it was, and why; the first of them. */
    left: z.array(z.object({ path: z.string(), reason: z.string() })),
    leftCount: z.number().int(),
  }),
]);
export type MessagePart = z.infer<typeof messagePart>;

export type UndoPart = Extract<MessagePart, { type: 'undo' }>;

/** Of a message that is the record of an undoing, and no word of the person. */
export function undoOf({ parts: [part] }: { readonly parts: readonly MessagePart[] }): UndoPart | undefined {
  return part?.type === 'undo' ? part : undefined;
}

/** What the message says in words, without reasoning and tools. */
export function textOf({ parts }: { readonly parts: readonly MessagePart[] }): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
}

export const message = z.object({
  id: messageId,
  sessionId,
  turnId,
  /** Position in the session's history, from 1, without gaps. */
  sequence: z.number().int(),
  role: z.enum(['user', 'assistant']),
  parts: z.array(messagePart),
  /** What it was sent with, or answered by. */
  model: modelReference,
  mode: z.string(),
  effort: effort.optional(),
  status: z.enum(['complete', 'streaming', 'interrupted', 'failed']),
  error: agentError.optional(),
  usage: usage.optional(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  endedAt: z.number().optional(),
});
export type Message = z.infer<typeof message>;

/** What a session's agent is doing. `unavailable` means that a switch failed and could not be undone: `agent.initialise` mends it. */
export const agentState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('idle') }),
  z.object({ status: z.literal('thinking'), turnId, startedAt: z.number() }),
  z.object({
    status: z.literal('running-tool'),
    turnId,
    startedAt: z.number(),
    toolName: z.string(),
    /** Where a command waits for a password, which the person types there and nobody else sees. */
    passwordPaneId: paneId.optional(),
  }),
  z.object({ status: z.literal('awaiting-approval'), turnId, startedAt: z.number(), toolName: z.string() }),
  /** The provider failed in a way that may pass: it is asked again at `retryAt`. */
  z.object({
    status: z.literal('retrying'),
    turnId,
    startedAt: z.number(),
    error: agentError,
    retryAt: z.number(),
  }),
  z.object({ status: z.literal('failed'), error: agentError }),
  z.object({ status: z.literal('interrupted') }),
  z.object({ status: z.literal('unavailable'), message: z.string() }),
  /** The tab has spent its budget: the next message waits in the queue until the person allows more. */
  z.object({ status: z.literal('paused'), message: z.string() }),
]);
export type AgentState = z.infer<typeof agentState>;
/** While a turn is in flight. */
export type RunningState = Extract<AgentState, { readonly turnId: unknown }>;

export function isRunning(agent: AgentState): agent is RunningState {
  return 'turnId' in agent;
}

/** What a session's agent runs with, and where each choice comes from. */
export const aiConfig = z.object({
  model: modelReference,
  modelSource,
  mode: z.string(),
  modeSource: z.enum(['tab', 'profile', 'defaults']),
  effort,
  effortSource: z.enum(['tab', 'defaults']),
  /** A choice that waits for the turn in flight to end. */
  next: z.object({ model: modelReference, mode: z.string(), effort }).optional(),
  /** Set when a stored choice cannot be used now, and is kept: says which and why. */
  warning: z.string().optional(),
});
export type AiConfig = z.infer<typeof aiConfig>;

/** What a tab may spend in all before it pauses and asks; what is absent has no limit. */
export const budget = z.object({
  /** US dollars. */
  dollars: z.number().positive().optional(),
  tokens: z.number().int().positive().optional(),
  turns: z.number().int().positive().optional(),
});
export type Budget = z.infer<typeof budget>;

/** What a tab has used since it was opened. */
export const spending = z.object({
  /** US dollars, of the answers whose price is known. */
  dollars: z.number(),
  /** Read and written. */
  tokens: z.number().int(),
  turns: z.number().int(),
  /** Some answers came from models whose price is not known. */
  isCostPartial: z.boolean(),
});
export type Spending = z.infer<typeof spending>;

/** How much of the model's window the history takes. */
export const contextSize = z.object({
  tokens: z.number().int(),
  /** Worked out from the text's length, because no provider has counted it yet. */
  isEstimate: z.boolean(),
});
export type ContextSize = z.infer<typeof contextSize>;

/** A message typed while a turn runs; sent when the turn ends. */
export const queuedMessage = z.object({
  id: messageId,
  text: z.string(),
  attachments: z.array(attachment).optional(),
  /** Told to the model before the next step of the turn in flight. */
  isSteering: z.boolean().optional(),
});
export type QueuedMessage = z.infer<typeof queuedMessage>;
