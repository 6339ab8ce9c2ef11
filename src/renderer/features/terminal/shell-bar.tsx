import type { PaneId, SessionId } from '../../../shared/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import type { PtyState } from '../../../shared/session.ts';
import { paneOf } from '../../store/selectors.ts';
import { useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';

/** Lies over the foot of a terminal whose shell does not run, and says how to go on. */
export function ShellBar({
  sessionId,
  paneId,
  onRestart,
}: {
  readonly sessionId: SessionId;
  readonly paneId: PaneId;
  readonly onRestart: () => void;
}) {
  const pty = useCarrel((state) => paneOf(state, sessionId, paneId)?.pty);
  if (!pty || !isOver(pty)) return null;
  return (
    <div className="shell-bar" role="alert">
      <span className={pty.status === 'failed' ? 'fail' : 'muted'}>{inWords(pty)}</span>
      <Button onClick={onRestart}>
        {pty.status === 'failed' ? 'Try again' : 'Restart shell'} <Kbd keys="Enter" />
      </Button>
    </div>
  );
}

/** Whether the shell has ended or never came up, so that Enter starts a new one. */
export function isOver(pty: PtyState | undefined): boolean {
  return pty?.status === 'exited' || pty?.status === 'failed';
}

function inWords(pty: PtyState): string {
  switch (pty.status) {
    case 'exited':
      // A shell that a signal ended has no exit code worth telling.
      return pty.signal
        ? `The shell was ended by signal ${pty.signal}`
        : `The shell ended with exit code ${pty.exitCode}`;
    case 'failed':
      return pty.message;
    case 'not-started':
    case 'running':
      return '';
    default:
      return assertNever(pty);
  }
}
