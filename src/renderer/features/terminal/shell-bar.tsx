import type { Terminal } from '@xterm/xterm';
import type { PaneId, SessionId } from '../../../shared/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { paneOf } from '../../store/selectors.ts';
import type { PtyState, Session } from '../../../shared/session.ts';
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
  const session = useCarrel((state) => state.sessions[sessionId]);
  if (!pty || !session || !isOver(pty)) return null;
  return (
    <div className="shell-bar" role="alert">
      <span className={pty.status === 'failed' ? 'fail' : 'muted'}>{inWords(pty, session)}</span>
      <Button onClick={onRestart}>
        {pty.status === 'failed' ? 'Try again' : AGAIN[session.program]} <Kbd keys="Enter" />
      </Button>
    </div>
  );
}

/** At the end where the prompt is not; the keys stay where they were. */
export function PasswordBar({
  sessionId,
  paneId,
  terminal,
}: {
  readonly sessionId: SessionId;
  readonly paneId: PaneId;
  readonly terminal: Terminal | undefined;
}) {
  const isAsked = useCarrel(({ sessions }) => {
    const agent = sessions[sessionId]?.agent;
    return agent?.status === 'running-tool' && agent.passwordPaneId === paneId;
  });
  const isLow = terminal !== undefined && terminal.buffer.active.cursorY >= terminal.rows / 2;
  return (
    <output className="password-bar" data-at={isLow ? 'top' : 'foot'}>
      {isAsked && <span>Waiting for your password: type it in the terminal. The agent does not see it.</span>}
    </output>
  );
}

/** Whether the shell has ended or never came up, so that Enter starts a new one. */
export function isOver(pty: PtyState | undefined): boolean {
  return pty?.status === 'exited' || pty?.status === 'failed';
}

function inWords(pty: PtyState, { program, profile, shell }: Session): string {
  switch (pty.status) {
    case 'exited': {
      const what = program === 'connection' ? `The connection to ${profile ?? shell}` : `The ${program}`;
      // What a signal ended has no exit code worth telling.
      if (pty.signal) return `${what} was ended by signal ${pty.signal}`;
      // ssh's own exit code where there was no connection, or none any more.
      if (program === 'connection' && pty.exitCode === LOST) return `${what} could not be made, or was lost`;
      return `${what} ended with exit code ${pty.exitCode}`;
    }
    case 'failed':
      return pty.message;
    case 'not-started':
    case 'running':
      return '';
    default:
      return assertNever(pty);
  }
}

const LOST = 255;
const AGAIN = { shell: 'Restart shell', connection: 'Reconnect', program: 'Start again' } as const;
