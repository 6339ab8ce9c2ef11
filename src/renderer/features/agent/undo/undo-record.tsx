import { Redo2, Undo2 } from 'lucide-react';
import { undoOf, type Message, type UndoPart } from '../../../../shared/agent.ts';
import type { SessionId } from '../../../../shared/ids.ts';
import { pathInTab } from '../../../store/selectors.ts';
import { useActions, useCarrel } from '../../../store/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';

/** That what a turn changed was undone, or redone, and what was left; the newest one of a turn can be taken back. */
export function UndoRecord({ message, isNewest }: { readonly message: Message; readonly isNewest: boolean }) {
  const { openUndo } = useActions();
  const undone = undoOf(message);
  if (!undone) return null;
  const { isRedo, undoId } = undone;
  return (
    <article className="undo-record" aria-label={isRedo ? 'Redone' : 'Undone'}>
      <header>
        <Icon of={isRedo ? Redo2 : Undo2} isSmall />
        <span className="strong">{isRedo ? 'Redone' : 'Undone'}</span>
        <span className="spacer">{sumOf(undone)}</span>
        {isNewest && undoId !== undefined && (
          <Button
            variant="quiet"
            aria-haspopup="dialog"
            onClick={() => openUndo(message.sessionId, { turnId: message.turnId, undoId })}
          >
            <Icon of={isRedo ? Undo2 : Redo2} isSmall />
            {isRedo ? 'Undo…' : 'Redo…'}
          </Button>
        )}
      </header>
      {undone.leftCount > 0 && <Left undone={undone} sessionId={message.sessionId} />}
    </article>
  );
}

function sumOf({ isRedo, count }: UndoPart): string {
  return `${count} ${count === 1 ? 'change' : 'changes'} ${isRedo ? 'made again' : 'taken back'}`;
}

function Left({
  undone: { left, leftCount },
  sessionId,
}: {
  readonly undone: UndoPart;
  readonly sessionId: SessionId;
}) {
  return (
    <ul aria-label="Left as they are">
      {left.map((one) => (
        <LeftPath key={one.path} {...one} sessionId={sessionId} />
      ))}
      {leftCount > left.length && <li>and {leftCount - left.length} more</li>}
    </ul>
  );
}

function LeftPath({ path, reason, sessionId }: UndoPart['left'][number] & { readonly sessionId: SessionId }) {
  const name = useCarrel((state) => pathInTab(state, sessionId, path));
  return (
    <li title={path}>
      Left as it is: <span className="mono">{name}</span>, {reason}
    </li>
  );
}
