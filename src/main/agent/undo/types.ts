import { z } from 'zod';
import type { Undoable, UndoDiff, UndoPreview } from '../../../shared/undo.ts';
import type { FileChange } from '../files/types.ts';

/** How something lay at a path. Two files are the same when their bytes and modes are. */
export const state = z.discriminatedUnion('type', [
  z.object({ type: z.literal('missing') }),
  z.object({ type: z.literal('file'), hash: z.string(), mode: z.number(), size: z.number() }),
  z.object({ type: z.literal('folder'), mode: z.number() }),
  z.object({ type: z.literal('link'), target: z.string() }),
  /** Not known, and so never restored; `reason` is for a person. */
  z.object({ type: z.literal('not-kept'), reason: z.string() }),
]);
export type State = z.infer<typeof state>;

const entry = z.object({
  before: state,
  after: state,
  /** Why something else may have had a hand in it, for a person: it is restored only when chosen. */
  doubt: z.string().optional(),
});
export type Entry = z.infer<typeof entry>;

/** What a turn, or the undoing of one, changed: absolute paths and how they lay before and after. */
export const changeRecord = z.object({
  id: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  entries: z.record(z.string(), entry),
  /** What of it is not known, each a sentence for a person. */
  gaps: z.array(z.string()).default([]),
});
export type ChangeRecord = z.infer<typeof changeRecord>;

export type UndoReport = {
  /** Undoes this undoing; absent when nothing was restored. */
  readonly undoId?: string;
  readonly restored: readonly string[];
  /** Left as they are, because they were not chosen. */
  readonly conflicts: readonly Undoable[];
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
};

/** Both versions of a file, for a view of a conflict; undefined where there is no file. */
export type Versions = { readonly kept: Buffer | undefined; readonly current: Buffer | undefined };

/** What is known of a command's changes. */
export type Coverage = {
  readonly changed: readonly string[];
  /** What could not be kept or told apart, for a person; empty when all of the folder was covered. */
  readonly gaps: readonly string[];
};

export interface CommandWatch {
  /** To be called once, when the command has ended, however it did. */
  finish(): Promise<Coverage>;
}

/** Keeps what turns changed, and brings it back. Ids are a turn's, or an `undoId`. */
export interface UndoStore {
  /** To be awaited before a tool changes a file; throws when what is there cannot be kept. */
  beforeChange(turnId: string, change: FileChange): Promise<void>;
  /** To be awaited before an approved command runs. Files that cannot be kept are told at the end; it throws for the signal, and where the disk takes nothing. */
  beforeCommand(turnId: string, workspace: string, signal: AbortSignal): Promise<CommandWatch>;
  /** What undoing would do now; empty for a turn that changed nothing, or that is no longer kept. */
  preview(id: string): Promise<readonly Undoable[]>;
  /** What of the turn's changes is not known. */
  gaps(id: string): Promise<readonly string[]>;
  versions(id: string, path: string): Promise<Versions>;
  /** Restores what is `ready` and, of the conflicts, those `chosen`. */
  undo(id: string, options?: { readonly chosen?: readonly string[] }): Promise<UndoReport>;
  /** Removes what is kept under these ids. */
  forget(ids: readonly string[]): Promise<void>;
  /** Removes what is too old, and the oldest of too much. */
  prune(): Promise<void>;
}

/** What turns changed, for those who show and undo it. Ids are a turn's, or an `undoId`. */
export interface TurnChanges {
  /** Empty when nothing is left to undo, or when it is no longer kept. */
  preview(id: string): Promise<UndoPreview>;
  diff(id: string, path: string): Promise<UndoDiff>;
  /** Restores what is `ready` and, of the conflicts, those `chosen`. */
  undo(id: string, chosen: readonly string[]): Promise<UndoReport>;
  forget(ids: readonly string[]): Promise<void>;
}
