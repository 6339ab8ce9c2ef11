import { useEffect, useState } from 'react';
import type { UndoPreview } from '../../../../shared/undo.ts';
import { undoOf } from '../../../../shared/agent.ts';
import type { UndoTarget } from '../../../store/state.ts';
import { useActions, useCarrel } from '../../../store/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Spinner } from '../../../ui/status-mark.tsx';
import { focusMessageBox } from '../message-box.tsx';
import { ChangeList } from './change-list.tsx';
import { ConflictList } from './conflict-list.tsx';
import './undo.css';

/** Which files would be as they were before a turn, and which were changed since: for those the person says what to do. */
export function UndoDialog() {
  const target = useCarrel((state) => state.undoing);
  const { closeDialog } = useActions();
  const isRedo = useIsRedo(target);
  if (!target) return null;
  return (
    <Dialog
      title={isRedo ? 'Redo this turn' : 'Undo this turn'}
      isTitleShown
      className="undo"
      onClose={closeDialog}
      onClosed={() => {
        // The button that led here may be gone with what it undid.
        if (document.activeElement === document.body) focusMessageBox();
      }}
    >
      <Undo target={target} isRedo={isRedo} />
    </Dialog>
  );
}

/** Taking back an undoing is a redoing. */
function useIsRedo(target: UndoTarget | undefined): boolean {
  return useCarrel((state) => {
    const messages = target && state.conversations[target.sessionId]?.messages;
    const undone = messages?.map(undoOf).find((part) => part && part.undoId === target?.undoId);
    return undone?.isRedo === false;
  });
}

type Loaded =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'loaded'; readonly preview: UndoPreview };

function usePreview(target: UndoTarget): Loaded {
  const { previewUndo } = useActions();
  const [loaded, setLoaded] = useState<Loaded>({ status: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    async function load(): Promise<void> {
      const outcome = await previewUndo(target);
      if (!isCurrent) return;
      setLoaded(
        outcome.ok
          ? { status: 'loaded', preview: outcome.value }
          : { status: 'failed', message: outcome.error.message },
      );
    }
    void load();
    return () => {
      isCurrent = false;
    };
  }, [previewUndo, target]);
  return loaded;
}

function Undo({ target, isRedo }: { readonly target: UndoTarget; readonly isRedo: boolean }) {
  const loaded = usePreview(target);
  if (loaded.status === 'loading')
    return (
      <p className="undo-note">
        <Spinner /> Looking at the files…
      </p>
    );
  if (loaded.status === 'failed')
    return (
      <p className="undo-note" role="alert">
        {loaded.message}
      </p>
    );
  if (loaded.preview.changes.length === 0) return <NothingLeft isRedo={isRedo} />;
  return <Choice target={target} isRedo={isRedo} preview={loaded.preview} />;
}

function NothingLeft({ isRedo }: { readonly isRedo: boolean }) {
  return (
    <p className="undo-note">
      Everything is as it was {isRedo ? 'after' : 'before'} the turn, or what it changed is no longer kept:
      that is for 14 days, while the tab is open, and for a gigabyte in all.
    </p>
  );
}

function Choice({
  target,
  isRedo,
  preview: { changes, gaps },
}: {
  readonly target: UndoTarget;
  readonly isRedo: boolean;
  readonly preview: UndoPreview;
}) {
  const { closeDialog, undoTurn } = useActions();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const conflicts = changes.filter(({ status }) => status === 'conflict');
  const ready = changes.filter(({ status }) => status === 'ready');
  const unkept = changes.filter(({ status }) => status === 'not-kept');
  const count = ready.length + chosen.size;

  async function undo(): Promise<void> {
    setIsBusy(true);
    const outcome = await undoTurn(target, [...chosen]);
    setIsBusy(false);
    if (outcome.ok) closeDialog();
    else setFailure(outcome.error.message);
  }

  return (
    <>
      <div className="undo-page">
        {conflicts.length > 0 && (
          <ConflictList target={target} conflicts={conflicts} chosen={chosen} onChoose={setChosen} />
        )}
        {ready.length > 0 && (
          <ChangeList
            target={target}
            title={isRedo ? 'Will be as after the turn' : 'Will be as before the turn'}
            changes={ready}
          />
        )}
        {unkept.length > 0 && <ChangeList target={target} title="Cannot be brought back" changes={unkept} />}
        <ul className="undo-gaps">
          {gaps.map((gap) => (
            <li key={gap}>{gap}</li>
          ))}
          <li>
            What ignore files leave out, .git and node_modules are not kept: commands’ changes there stay.
          </li>
        </ul>
      </div>
      {failure !== undefined && (
        <p className="undo-failure" role="alert">
          {failure}
        </p>
      )}
      <footer className="dialog-foot">
        <Button variant="quiet" onClick={closeDialog}>
          Cancel
        </Button>
        <span className="spacer" />
        <Button variant="primary" disabled={count === 0 || isBusy} onClick={() => void undo()}>
          {isRedo ? 'Redo' : 'Undo'} {count === 1 ? '1 change' : `${count} changes`}
        </Button>
      </footer>
    </>
  );
}
