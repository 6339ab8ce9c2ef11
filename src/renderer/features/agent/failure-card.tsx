import { CircleX, RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AgentError } from '../../../shared/agent.ts';
import type { SessionId } from '../../../shared/ids.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/tag.tsx';
import { failureTitle } from './failure-words.ts';

/** A turn that failed: what happened, what it said, and the ways on. */
export function FailureCard({
  sessionId,
  error,
  retryAt,
}: {
  readonly sessionId: SessionId;
  readonly error: AgentError;
  /** When the turn goes on by itself; milliseconds since 1970. */
  readonly retryAt?: number;
}) {
  const { retry, openDialog } = useActions();
  const [areDetailsShown, setAreDetailsShown] = useState(false);
  const { message, status, details } = error;
  return (
    <div className="failure" role="alert">
      <Icon of={CircleX} />
      <div className="failure-body">
        <header>
          <span className="strong spacer">{failureTitle(error)}</span>
          {status !== undefined && <Tag>{status}</Tag>}
        </header>
        <p>{message}</p>
        {retryAt !== undefined && <Countdown until={retryAt} />}
        <div className="failure-buttons">
          <Button variant="primary" onClick={() => void retry(sessionId)}>
            <Icon of={RotateCcw} isSmall />
            Retry
          </Button>
          <Button onClick={() => openDialog('model-picker')}>Other model…</Button>
          <span className="spacer" />
          {details !== undefined && (
            <Button
              variant="quiet"
              aria-expanded={areDetailsShown}
              onClick={() => setAreDetailsShown(!areDetailsShown)}
            >
              Details
            </Button>
          )}
        </div>
        {areDetailsShown && <pre className="failure-details">{details}</pre>}
      </div>
    </div>
  );
}

/** Outside of what screen readers are told each second. */
function Countdown({ until }: { readonly until: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p aria-hidden="true">
      It is tried again by itself in {Math.max(0, Math.ceil((until - now) / 1_000))} s.
    </p>
  );
}

/** An agent that has to be built again before it answers. */
export function UnavailableCard({
  sessionId,
  message,
}: {
  readonly sessionId: SessionId;
  readonly message: string;
}) {
  const { initialiseAgent } = useActions();
  return (
    <div className="failure" role="alert">
      <Icon of={CircleX} />
      <div className="failure-body">
        <span className="strong">The agent is not running</span>
        <p>{message}</p>
        <div className="failure-buttons">
          <Button variant="primary" onClick={() => void initialiseAgent(sessionId)}>
            <Icon of={RotateCcw} isSmall />
            Start the agent again
          </Button>
        </div>
      </div>
    </div>
  );
}
