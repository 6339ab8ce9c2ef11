import { z } from 'zod';
import { hunk } from './agent.ts';

/** What undoing would do with a path. */
export const undoable = z.object({
  /** Absolute. */
  path: z.string(),
  kind: z.enum(['file', 'folder', 'link']),
  /** What the turn did: undoing removes what it created, and brings back what it removed. */
  change: z.enum(['created', 'changed', 'removed']),
  /**
   * `ready` is restored; `conflict` may hold what somebody else did, and is restored only when chosen; `not-kept` cannot be; `same` is
   * already as it was.
   */
  status: z.enum(['ready', 'conflict', 'same', 'not-kept']),
  /** Why it is a `conflict` or `not-kept`, for a person. */
  reason: z.string().optional(),
  /** Of the file as it is, and as it would be. */
  bytesNow: z.number().int().optional(),
  bytesThen: z.number().int().optional(),
});
export type Undoable = z.infer<typeof undoable>;

export const undoPreview = z.object({
  /** Those that are not already as they were; conflicts first, then by path. */
  changes: z.array(undoable),
  /** What of the turn's changes is not known, each a sentence for a person. */
  gaps: z.array(z.string()),
});
export type UndoPreview = z.infer<typeof undoPreview>;

/** What undoing would do to the lines of one file. */
export const undoDiff = z.discriminatedUnion('type', [
  z.object({ type: z.literal('lines'), hunks: z.array(hunk) }),
  /** A sentence for a person. */
  z.object({ type: z.literal('none'), reason: z.string() }),
]);
export type UndoDiff = z.infer<typeof undoDiff>;
