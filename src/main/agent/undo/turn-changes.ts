import type { Undoable, UndoDiff } from '../../../shared/undo.ts';
import { decodeText } from '../files/text.ts';
import { hunksBetween } from '../tools/diff.ts';
import type { TurnChanges, UndoStore, Versions } from './types.ts';

/** What the store keeps, as a person is shown it. */
export function createTurnChanges(openUndo: () => Promise<UndoStore>): TurnChanges {
  return {
    async preview(id) {
      const undo = await openUndo();
      const [found, gaps] = await Promise.all([undo.preview(id), undo.gaps(id)]);
      const changes = found.filter(({ status }) => status !== 'same');
      return {
        changes: changes.toSorted((one, other) => URGENCY[one.status] - URGENCY[other.status]),
        gaps: [...gaps],
      };
    },
    async diff(id, path) {
      return diffOf(await (await openUndo()).versions(id, path));
    },
    async undo(id, chosen) {
      return (await openUndo()).undo(id, { chosen });
    },
    async forget(ids) {
      await (await openUndo()).forget(ids);
    },
  };
}

/** What the person has to decide comes first. */
const URGENCY: Readonly<Record<Undoable['status'], number>> = {
  conflict: 0,
  'not-kept': 1,
  ready: 2,
  same: 3,
};

const NO_FILE = Buffer.alloc(0);

function diffOf({ kept, current }: Versions): UndoDiff {
  if (!kept && !current) return { type: 'none', reason: 'There are no lines in it.' };
  const [now, then] = [decodeText(current ?? NO_FILE), decodeText(kept ?? NO_FILE)];
  if (!now || !then) return { type: 'none', reason: 'It is no text.' };
  const hunks = hunksBetween(now.text, then.text);
  if (hunks.length === 0) return { type: 'none', reason: 'Its text stays the same.' };
  return { type: 'lines', hunks: hunks.map((hunk) => ({ ...hunk, lines: [...hunk.lines] })) };
}
