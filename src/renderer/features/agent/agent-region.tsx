import type { SessionId } from '../../../shared/ids.ts';
import { Conversation } from './conversation.tsx';
import { InsertContext } from './insert-context.ts';
import { LinkQuestion } from './link.tsx';
import { MessageBox } from './message-box.tsx';
import { QueuedMessages } from './queued-messages.tsx';
import { CommandOutput } from './slash/command-output.tsx';
import { TurnLine } from './turn-line.tsx';
import './agent.css';
import './prose.css';

/** A session's agent: what was said, what it does now, and what to say next. */
export function AgentRegion({
  sessionId,
  onInsert,
}: {
  readonly sessionId: SessionId;
  /** Code of an answer is to stand on the prompt of the tab's shell. */
  readonly onInsert: (code: string) => void;
}) {
  return (
    <section className="agent" aria-label="Agent">
      <LinkQuestion>
        <InsertContext value={onInsert}>
          <Conversation sessionId={sessionId} />
        </InsertContext>
      </LinkQuestion>
      <CommandOutput sessionId={sessionId} />
      <QueuedMessages sessionId={sessionId} />
      <TurnLine sessionId={sessionId} />
      <MessageBox sessionId={sessionId} />
    </section>
  );
}
