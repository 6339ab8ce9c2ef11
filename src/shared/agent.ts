import { z } from 'zod';
import { messageId, sessionId, turnId } from './ids.ts';
import { modelReference, modelSource } from './models.ts';

/** Why a turn failed. `message` is for a person and says what to do; it never contains a key. */
export const agentError = z.object({
  code: z.enum([
    'credential-missing',
    'credential-refused',
    'model-unknown',
    'rate-limited',
    'provider-failed',
    'network',
    'stream-cut',
    'bad-response',
    'request-refused',
    'timed-out',
    'not-available',
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
  reasoningTokens: z.number().int().optional(),
});
export type Usage = z.infer<typeof usage>;

/**
 * A part of a message, the same for every provider. What only one provider understands (a reasoning
 * signature) lies in `metadata`, tagged with the provider's kind, and is left out for the others.
 */
export const messagePart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('reasoning'),
    text: z.string(),
    metadata: z.object({ kind: z.string(), data: z.record(z.string(), z.unknown()) }).optional(),
  }),
]);
export type MessagePart = z.infer<typeof messagePart>;

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
  z.object({ status: z.literal('failed'), error: agentError }),
  z.object({ status: z.literal('interrupted') }),
  z.object({ status: z.literal('unavailable'), message: z.string() }),
]);
export type AgentState = z.infer<typeof agentState>;

/** What a session's agent runs with, and where each choice comes from. */
export const aiConfig = z.object({
  model: modelReference,
  modelSource,
  mode: z.string(),
  modeSource: z.enum(['tab', 'defaults']),
  /** A choice that waits for the turn in flight to end. */
  next: z.object({ model: modelReference, mode: z.string() }).optional(),
  /** Set when a stored choice cannot be used now, and is kept: says which and why. */
  warning: z.string().optional(),
});
export type AiConfig = z.infer<typeof aiConfig>;

/** A message typed while a turn runs; sent when the turn ends. */
export const queuedMessage = z.object({ id: messageId, text: z.string() });
export type QueuedMessage = z.infer<typeof queuedMessage>;
