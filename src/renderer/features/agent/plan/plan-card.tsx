import { ListChecks } from 'lucide-react';
import type { Message } from '../../../../shared/agent.ts';
import type { SessionId } from '../../../../shared/ids.ts';
import { useActions, useCarrel } from '../../../store/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { endsWithPlan } from './ends-with-plan.ts';

/** The mode that work is done in. */
const WORKING_MODE = 'code';
const GO_AHEAD = 'Go ahead with the plan.';

/** Leads out of `plan`: this tab goes to `code` as by any other switch, and the agent is told to begin. */
export function PlanCard({ sessionId, last }: { readonly sessionId: SessionId; readonly last: Message }) {
  const { setMode, sendMessage } = useActions();
  const isOffered = useCarrel(({ sessions, settings }) => {
    const session = sessions[sessionId];
    const mode = session?.ai.next?.mode ?? session?.ai.mode;
    const hasMode = settings?.modes.some(({ name }) => name === WORKING_MODE);
    return session?.agent.status === 'idle' && mode === 'plan' && hasMode === true;
  });
  if (!isOffered || !endsWithPlan(last)) return null;

  async function begin(): Promise<void> {
    const switched = await setMode(sessionId, WORKING_MODE);
    if (switched.ok) await sendMessage(sessionId, { text: GO_AHEAD, attachments: [] });
  }

  return (
    <section className="plan-card" aria-label="Plan">
      <Icon of={ListChecks} />
      <p className="spacer">
        Nothing has been changed yet. <span className="muted">Write what should be other, or begin.</span>
      </p>
      <Button variant="primary" title="Switches this tab to code, and says so" onClick={() => void begin()}>
        Do it
      </Button>
    </section>
  );
}
