import { useState, type DragEvent, type SyntheticEvent } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { useActions } from '../../store/store.ts';
import { dropPlace, positionAt } from './drop-place.ts';

/** Drags a tab to another place, or out of the window; nothing changes until it is dropped. */
export function useTabDrag({
  order,
  pinned,
  isVertical,
}: {
  readonly order: readonly SessionId[];
  /** How many tabs are pinned. */
  readonly pinned: number;
  readonly isVertical: boolean;
}) {
  const [dragged, setDragged] = useState<SessionId>();
  const [dropIndex, setDropIndex] = useState<number>();
  const { moveTab, dropTabOutside } = useActions();

  function end(): void {
    setDragged(undefined);
    setDropIndex(undefined);
  }

  function placeOf(event: DragEvent<HTMLElement>, from: number): number {
    const index = tabsBefore(event.currentTarget, isVertical ? event.clientY : event.clientX, isVertical);
    return dropPlace(index, { isPinned: from < pinned, pinned });
  }

  return {
    dropIndex,
    dragHandlers: {
      onDragStart(event: DragEvent) {
        event.dataTransfer.effectAllowed = 'move';
        setDragged(sessionUnder(event));
      },
      onDragOver(event: DragEvent<HTMLElement>) {
        if (dragged === undefined) return;
        event.preventDefault();
        setDropIndex(placeOf(event, order.indexOf(dragged)));
      },
      onDrop(event: DragEvent<HTMLElement>) {
        if (dragged === undefined) return;
        event.preventDefault();
        const from = order.indexOf(dragged);
        const position = positionAt(placeOf(event, from), from);
        if (position !== from) void moveTab(dragged, position);
        end();
      },
      /** Let go outside of the window, the tab gets a window of its own. */
      onDragEnd(event: DragEvent) {
        if (dragged !== undefined) dropTabOutside(dragged, event);
        end();
      },
    },
  };
}

function tabsBefore(tabs: HTMLElement, point: number, isVertical: boolean): number {
  return [...tabs.querySelectorAll('[role=tab]')].filter((tab) => {
    const { left, top, width, height } = tab.getBoundingClientRect();
    return (isVertical ? top + height / 2 : left + width / 2) < point;
  }).length;
}

export function sessionUnder({ target }: Pick<SyntheticEvent, 'target'>): SessionId | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-session]') : undefined;
  return element?.dataset['session'] as SessionId | undefined;
}
