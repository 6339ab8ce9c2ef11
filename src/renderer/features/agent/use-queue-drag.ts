import { useState, type DragEvent } from 'react';
import type { QueuedMessage } from '../../../shared/agent.ts';
import type { MessageId, SessionId } from '../../../shared/ids.ts';
import { useActions } from '../../store/store.ts';

/** Drags a queued message to another place; nothing changes until it is dropped. */
export function useQueueDrag(sessionId: SessionId, queue: readonly QueuedMessage[]) {
  const [dragged, setDragged] = useState<MessageId>();
  const [dropIndex, setDropIndex] = useState<number>();
  const { moveQueued } = useActions();

  function end(): void {
    setDragged(undefined);
    setDropIndex(undefined);
  }

  return {
    /** How many rows lie above the place. */
    dropIndex,
    dragHandlers: {
      onDragStart(event: DragEvent) {
        event.dataTransfer.effectAllowed = 'move';
        const row = (event.target as Element).closest<HTMLElement>('[data-queued]');
        setDragged(queue.find(({ id }) => id === row?.dataset['queued'])?.id);
      },
      onDragOver(event: DragEvent<HTMLElement>) {
        if (dragged === undefined) return;
        event.preventDefault();
        setDropIndex(rowsAbove(event.currentTarget, event.clientY));
      },
      onDrop(event: DragEvent<HTMLElement>) {
        if (dragged === undefined) return;
        event.preventDefault();
        const from = queue.findIndex(({ id }) => id === dragged);
        const index = rowsAbove(event.currentTarget, event.clientY);
        const place = index > from ? index - 1 : index;
        // It may have been sent meanwhile.
        if (from >= 0 && place !== from) void moveQueued(sessionId, dragged, place);
        end();
      },
      onDragEnd: end,
    },
  };
}

function rowsAbove(list: HTMLElement, y: number): number {
  return [...list.children].filter((row) => {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;
}
