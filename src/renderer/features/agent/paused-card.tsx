import type { SessionId } from '../../../shared/ids.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';

/** The tab has spent what it may: nothing was ended, and the person says how it goes on. */
export function PausedCard({
  sessionId,
  message,
}: {
  readonly sessionId: SessionId;
  readonly message: string;
}) {
  const { allowTurn, openDialog } = useActions();
  return (
    <fieldset className="paused" aria-label="Budget spent">
      <StatusMark mark="needs" />
      <div className="failure-body">
        <span className="strong">This tab's budget is spent</span>
        <p>{message}</p>
        <div className="failure-buttons">
          <Button onClick={() => void allowTurn(sessionId)}>Allow one more turn</Button>
          <Button onClick={() => openDialog('tab-usage')}>Change the budget…</Button>
        </div>
      </div>
    </fieldset>
  );
}
