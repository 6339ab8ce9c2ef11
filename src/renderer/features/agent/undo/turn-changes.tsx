import { FileDiff, Undo2 } from 'lucide-react';
import type { SessionId } from '../../../../shared/ids.ts';
import { useActions } from '../../../store/store.ts';
import { changedInWords, isUndoable, type TurnChange } from '../../../store/turn-changes.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';

/** At the end of a turn: how much it changed on the disk, and the way back. */
export function TurnChanges({
  sessionId,
  change,
}: {
  readonly sessionId: SessionId;
  readonly change: TurnChange;
}) {
  const { openUndo } = useActions();
  const { turnId, undone } = change;
  return (
    <div className="turn-changes">
      <Icon of={FileDiff} isSmall />
      <span>
        {changedInWords(change)}
        {undone && !undone.isRedo && (
          <span className="faint">, {undone.leftCount > 0 ? 'undone in part' : 'undone'}</span>
        )}
      </span>
      {isUndoable(change) && (
        <Button variant="quiet" aria-haspopup="dialog" onClick={() => openUndo(sessionId, { turnId })}>
          <Icon of={Undo2} isSmall />
          Undo…
        </Button>
      )}
    </div>
  );
}
