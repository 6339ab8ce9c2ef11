import { ArrowUp, Pencil, X } from 'lucide-react';
import { useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { isRunning, type QueuedMessage } from '../../../shared/agent.ts';
import type { MessageId, SessionId } from '../../../shared/ids.ts';
import type { State } from '../../store/state.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useListDrag } from '../../ui/use-list-drag.ts';

/** Messages that wait for the turn to end. */
export function QueuedMessages({ sessionId }: { readonly sessionId: SessionId }) {
  const queue = useCarrel((state) => state.sessions[sessionId]?.queue) ?? NOTHING;
  const { moveQueued } = useActions();
  const { dropIndex, dragHandlers } = useListDrag({
    ids: queue.map(({ id }) => id),
    idUnder: messageUnder,
    items: 'li',
    isVertical: true,
    onMove: (id, place) => void moveQueued(sessionId, id, place),
  });
  if (queue.length === 0) return null;
  return (
    <ul className="queue" aria-label="Queued" data-drop-end={dropIndex === queue.length} {...dragHandlers}>
      {queue.map((queued, place) => (
        <QueuedRow
          key={queued.id}
          sessionId={sessionId}
          queued={queued}
          place={place}
          isDropPlace={dropIndex === place}
        />
      ))}
    </ul>
  );
}

const NOTHING: readonly QueuedMessage[] = [];

function messageUnder({ target }: Pick<SyntheticEvent, 'target'>): MessageId | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-queued]') : undefined;
  return row?.dataset['queued'] as MessageId | undefined;
}

function QueuedRow({
  sessionId,
  queued: { id, text, attachments, isSteering = false },
  place,
  isDropPlace,
}: {
  readonly sessionId: SessionId;
  readonly queued: QueuedMessage;
  /** From 0, which is sent first. */
  readonly place: number;
  /** A dragged row would come to lie before it. */
  readonly isDropPlace: boolean;
}) {
  const { moveQueued, removeQueued, sendQueued, steer } = useActions();
  const isToolTurn = useCarrel((state) => hasTools(state, sessionId));
  const [isEditing, setIsEditing] = useState(false);
  if (isEditing) {
    return <QueuedEditor sessionId={sessionId} queued={{ id, text }} onDone={() => setIsEditing(false)} />;
  }
  return (
    <li draggable data-queued={id} data-drop={isDropPlace}>
      <span className="spacer cut" title={text}>
        {text}
      </span>
      {attachments !== undefined && (
        <span
          className="faint text-small queue-attached"
          title={attachments.map(({ name }) => name).join(', ')}
        >
          {attachments.length} attached
        </span>
      )}
      {place > 0 && (
        <IconButton label="Move up" onClick={() => void moveQueued(sessionId, id, place - 1)}>
          <Icon of={ArrowUp} isSmall />
        </IconButton>
      )}
      <IconButton label="Edit" onClick={() => setIsEditing(true)}>
        <Icon of={Pencil} isSmall />
      </IconButton>
      <IconButton label="Remove" onClick={() => void removeQueued(sessionId, id)}>
        <Icon of={X} isSmall />
      </IconButton>
      {isToolTurn && (
        <Button
          variant="quiet"
          aria-pressed={isSteering}
          title="Tells it to the agent before its next step"
          onClick={() => void steer(sessionId, id, !isSteering)}
        >
          Steer
        </Button>
      )}
      <Button variant="quiet" onClick={() => void sendQueued(sessionId, id)}>
        Send now
      </Button>
    </li>
  );
}

/** Where the change is refused, the text stays in the field. */
function QueuedEditor({
  sessionId,
  queued,
  onDone,
}: {
  readonly sessionId: SessionId;
  readonly queued: QueuedMessage;
  readonly onDone: () => void;
}) {
  const { editQueued } = useActions();
  const [text, setText] = useState(queued.text);

  async function save(): Promise<void> {
    const outcome = await editQueued(sessionId, queued.id, text);
    if (outcome.ok) onDone();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onDone();
    else if (event.key === 'Enter' && !event.shiftKey) void save();
    else return;
    event.preventDefault();
  }

  return (
    <li className="queue-editing">
      <textarea
        aria-label="Queued message"
        ref={(field) => field?.focus()}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button variant="quiet" onClick={onDone}>
        Cancel
      </Button>
      <Button variant="quiet" disabled={text.trim() === ''} onClick={() => void save()}>
        Save
      </Button>
    </li>
  );
}

/** Between the steps of a turn with tools a message can be put in. */
function hasTools({ conversations, sessions }: State, sessionId: SessionId): boolean {
  const agent = sessions[sessionId]?.agent;
  const last = conversations[sessionId]?.messages.at(-1);
  return (
    agent !== undefined && isRunning(agent) && last?.parts.some(({ type }) => type === 'tool-call') === true
  );
}
