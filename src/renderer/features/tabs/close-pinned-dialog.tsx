import { useEffect } from 'react';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asks before a pinned tab goes, which a key or a middle click may have hit by mistake. */
export function ClosePinnedDialog() {
  const sessionId = useCarrel((state) => state.closingTab);
  const title = useCarrel((state) => sessionId && state.sessions[sessionId]?.title);
  const { closeDialog, closeTab } = useActions();
  const isGone = title === undefined;
  useEffect(() => {
    // It was closed elsewhere meanwhile.
    if (isGone) closeDialog();
  }, [isGone, closeDialog]);
  if (sessionId === undefined || title === undefined) return null;
  return (
    <Dialog title={`Close ${title}?`} className="dialog-narrow close-pinned" onClose={closeDialog}>
      <p className="dialog-title" aria-hidden="true">
        Close {title}?
      </p>
      <p className="muted">This tab is pinned. Its shell and what runs in it end with it.</p>
      <footer className="dialog-foot">
        <Button variant="quiet" onClick={closeDialog}>
          Keep it
        </Button>
        <span className="spacer" />
        <Button
          onClick={() => {
            closeDialog();
            void closeTab(sessionId);
          }}
        >
          Close tab
        </Button>
      </footer>
    </Dialog>
  );
}
