import { z } from 'zod';
import { agentState, aiConfig, budget, contextSize, queuedMessage, spending } from './agent.ts';
import { attachment } from './attachments.ts';
import { agentQuestion, approvalRequest } from './approval.ts';
import { paneId, sessionId, windowId } from './ids.ts';
import { modelFacts, modelReference } from './models.ts';
import { paneLayout } from './panes.ts';
import { profileIcon, programKind, tabColour } from './profiles.ts';

/** A shell of a tab. It starts when it is first shown. */
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

/** One shell of a tab. */
export const pane = z.object({
  id: paneId,
  cwd: z.string(),
  pty: ptyState,
  lastCommand: finishedCommand.optional(),
  /** Name of the program in front of the terminal; absent while its shell is. */
  runningProgram: z.string().optional(),
});
export type Pane = z.infer<typeof pane>;

/** What every client knows of a session: all but its history and its terminal's bytes. */
export const session = z.object({
  id: sessionId,
  /** The name the user gave, else the folder's, or the profile's where no shell of this machine runs. */
  title: z.string(),
  isRenamed: z.boolean(),
  /** Where its tab lies. */
  windowId,
  /** From 0, left to right, among the tabs of all windows. */
  position: z.number().int(),
  /** Of the active pane, as are `pty`, `lastCommand` and `runningProgram`. */
  cwd: z.string(),
  /** Absolute path of the shell's program. */
  shell: z.string(),
  /** What that program is, so that its end can be told in the right words. */
  program: programKind,
  /** The name of the profile that it was opened with, also of one that has gone. */
  profile: z.string().optional(),
  icon: profileIcon.optional(),
  colour: tabColour.optional(),
  /** Stands before the others, and is closed only after a question. */
  isPinned: z.boolean(),
  openedAt: z.number(),
  /** When it was last the active tab; grows strictly, so it orders tabs by use. */
  usedAt: z.number(),
  draft: z.string(),
  /** Of the message that is being written. */
  attachments: z.array(attachment),
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
  runningProgram: z.string().optional(),
  panes: z.array(pane),
  layout: paneLayout,
  /** Where the person is, or was last, and what the agent is told of. */
  activePaneId: paneId,
  queue: z.array(queuedMessage),
  /** What the turn waits on; at most one of them. */
  approvals: z.array(approvalRequest),
  question: agentQuestion.optional(),
});
export type Session = z.infer<typeof session>;

/** A closed tab that can be brought back. */
export const closedSession = session
  .pick({ id: true, title: true, cwd: true })
  .extend({ model: modelReference, closedAt: z.number() });
export type ClosedSession = z.infer<typeof closedSession>;
