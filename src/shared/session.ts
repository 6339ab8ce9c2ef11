import { z } from 'zod';
import { agentState, aiConfig, budget, contextSize, queuedMessage, spending } from './agent.ts';
import { sessionId } from './ids.ts';
import { modelFacts, modelReference } from './models.ts';

/** The shell behind a tab. It starts when the tab is first shown. */
export const ptyState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('not-started') }),
  z.object({ status: z.literal('running'), pid: z.number().int() }),
  z.object({ status: z.literal('exited'), exitCode: z.number().int(), signal: z.number().int().optional() }),
  /** The shell could not be started; the message names what to do. */
  z.object({ status: z.literal('failed'), message: z.string() }),
]);
export type PtyState = z.infer<typeof ptyState>;

/** A shell command that ended, as shell integration saw it. */
export const finishedCommand = z.object({
  commandLine: z.string(),
  exitCode: z.number().int().optional(),
  cwd: z.string(),
  durationMs: z.number(),
  /** Milliseconds since 1970. */
  endedAt: z.number(),
});
export type FinishedCommand = z.infer<typeof finishedCommand>;

/** What every client knows of a session: all but its history and its terminal's bytes. */
export const session = z.object({
  id: sessionId,
  /** The name the user gave, else the folder's. */
  title: z.string(),
  isRenamed: z.boolean(),
  /** From 0, left to right. */
  position: z.number().int(),
  cwd: z.string(),
  /** Absolute path of the shell's program. */
  shell: z.string(),
  openedAt: z.number(),
  /** When it was last the active tab; grows strictly, so it orders tabs by use. */
  usedAt: z.number(),
  draft: z.string(),
  isUnread: z.boolean(),
  agent: agentState,
  ai: aiConfig,
  /** Of the model that the next turn uses; absent when nothing is known of it. */
  facts: modelFacts.optional(),
  context: contextSize,
  spending,
  budget,
  pty: ptyState,
  lastCommand: finishedCommand.optional(),
  /** Name of the program in front of the terminal; absent while its shell is. */
  program: z.string().optional(),
  queue: z.array(queuedMessage),
});
export type Session = z.infer<typeof session>;

/** A closed tab that can be brought back. */
export const closedSession = session
  .pick({ id: true, title: true, cwd: true })
  .extend({ model: modelReference, closedAt: z.number() });
export type ClosedSession = z.infer<typeof closedSession>;
