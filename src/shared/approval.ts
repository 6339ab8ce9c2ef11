import { z } from 'zod';
import { hunk } from './agent.ts';
import { approvalId, sessionId, turnId } from './ids.ts';
import { modelReference } from './models.ts';

/** How long an approval holds: for this call, for the tab until it closes, for a folder and all below it, or everywhere. */
export const approvalScope = z.enum(['once', 'tab', 'project', 'always']);
export type ApprovalScope = z.infer<typeof approvalScope>;

/** How a mode stands to what no rule decides. */
export const stance = z.enum(['ask', 'allow-edits', 'read-only']);
export type Stance = z.infer<typeof stance>;

/** A part of a command that was decided by itself, or all of another call. */
export const decidedPart = z.object({
  text: z.string(),
  decision: z.enum(['allow', 'ask', 'deny']),
  /** The rule that decided, as it is written; absent where none did. */
  rule: z.string().optional(),
  /** A sentence. */
  reason: z.string(),
});
export type DecidedPart = z.infer<typeof decidedPart>;

/** Exactly what a call would do. Paths are absolute. */
export const proposedAction = z.discriminatedUnion('type', [
  z.object({ type: z.literal('execute'), command: z.string(), cwd: z.string() }),
  z.object({
    type: z.literal('change'),
    path: z.string(),
    isNew: z.boolean(),
    isOutside: z.boolean(),
    hunks: z.array(hunk),
  }),
  z.object({ type: z.literal('read'), path: z.string(), isOutside: z.boolean() }),
  z.object({ type: z.literal('fetch'), url: z.string(), isPrivate: z.boolean() }),
]);
export type ProposedAction = z.infer<typeof proposedAction>;

/** A question that a tool call waits on. */
export const approvalRequest = z.object({
  id: approvalId,
  turnId,
  toolCallId: z.string(),
  toolName: z.string(),
  action: proposedAction,
  parts: z.array(decidedPart),
  /** Why the person is asked, a sentence. */
  reason: z.string(),
  /** The rule that would be kept; absent where none is safe, and only this call can be approved. */
  rule: z.string().optional(),
  askedAt: z.number(),
});
export type ApprovalRequest = z.infer<typeof approvalRequest>;

export const approvalAnswer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('approve'),
    scope: approvalScope,
    /** Of a scope beyond `once`: the rule as the person left it. */
    rule: z.string().optional(),
    /** Positions in a change's hunks; absent: all. */
    hunks: z.array(z.number().int().nonnegative()).optional(),
  }),
  z.object({
    type: z.literal('deny'),
    /** What the model is told beside the refusal. */
    message: z.string().max(10_000).optional(),
  }),
]);
export type ApprovalAnswer = z.infer<typeof approvalAnswer>;

/** A question of the agent itself. */
export const agentQuestion = z.object({
  id: approvalId,
  question: z.string(),
  choices: z.array(z.string()).optional(),
});
export type AgentQuestion = z.infer<typeof agentQuestion>;

/** What became of a call that needed leave. */
export const ledgerEntry = z.object({
  id: approvalId,
  sessionId: z.string(),
  /** Of the tab, as it is now; its folder where it has none of its own. */
  title: z.string(),
  toolName: z.string(),
  action: proposedAction,
  model: modelReference,
  mode: z.string(),
  status: z.enum(['waiting', 'allowed', 'denied', 'expired']),
  /** Absent while it waits, and where nobody answered. */
  decidedBy: z.enum(['person', 'rule']).optional(),
  rule: z.string().optional(),
  scope: approvalScope.optional(),
  /** Of a command that ran to its end. */
  exitCode: z.number().int().optional(),
  /** Of a call that has ended. */
  hasFailed: z.boolean().optional(),
  askedAt: z.number(),
  decidedAt: z.number().optional(),
  endedAt: z.number().optional(),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

export const ledgerFilter = z.object({
  /** Looked for in what ran, its rule, tool, tab and model. */
  search: z.string().max(1_000).optional(),
  sessionId: sessionId.optional(),
  toolName: z.string().max(200).optional(),
  decidedBy: z.enum(['person', 'rule']).optional(),
  /** `failed`: it was allowed, and could not be done; a command, that it ended with another exit code than 0. */
  outcome: z.enum(['waiting', 'allowed', 'failed', 'denied', 'expired']).optional(),
});
export type LedgerFilter = z.infer<typeof ledgerFilter>;

/** What there is to filter by. */
export const ledgerChoices = z.object({
  /** The one used last first, closed ones too. */
  tabs: z.array(z.object({ sessionId: z.string(), title: z.string() })),
  tools: z.array(z.string()),
});
export type LedgerChoices = z.infer<typeof ledgerChoices>;
