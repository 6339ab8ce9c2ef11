import { useState, type DragEvent } from 'react';

/** Drags an item of a list to another place; nothing changes until it is dropped. */
export function useListDrag<Id>({
  ids,
  idUnder,
  items,
  isVertical,
  allowedPlace = (index) => index,
  onMove,
  onLetGo,
}: {
  /** In order, as they stand. */
  readonly ids: readonly Id[];
  readonly idUnder: (event: DragEvent) => Id | undefined;
  /** A selector of the items within the list. */
  readonly items: string;
  readonly isVertical: boolean;
  /** The place that counts for the item at `from`, for one behind `index` items. */
  readonly allowedPlace?: (index: number, from: number) => number;
  readonly onMove: (id: Id, position: number) => void;
  /** It was not dropped in the list. */
  readonly onLetGo?: (id: Id, event: DragEvent) => void;
}) {
  const [dragged, setDragged] = useState<Id>();
  const [dropIndex, setDropIndex] = useState<number>();

  function end(): void {
    setDragged(undefined);
    setDropIndex(undefined);
  }

  function placeOf({ currentTarget, clientX, clientY }: DragEvent<HTMLElement>, from: number): number {
    const before = [...currentTarget.querySelectorAll(items)].filter((item) => {
      const { left, top, width, height } = item.getBoundingClientRect();
      return isVertical ? top + height / 2 < clientY : left + width / 2 < clientX;
    });
    return allowedPlace(before.length, from);
  }

  return {
    /** How many items lie before the place where it would be dropped. */
    dropIndex,
    dragHandlers: {
      onDragStart(event: DragEvent) {
        event.dataTransfer.effectAllowed = 'move';
        setDragged(idUnder(event));
      },
      onDragOver(event: DragEvent<HTMLElement>) {
        if (dragged === undefined) return;
        event.preventDefault();
        setDropIndex(placeOf(event, ids.indexOf(dragged)));
      },
      onDrop(event: DragEvent<HTMLElement>) {
        if (dragged === undefined) return;
        event.preventDefault();
        const from = ids.indexOf(dragged);
        const position = positionAt(placeOf(event, from), from);
        // It may have gone meanwhile.
        if (from !== -1 && position !== from) onMove(dragged, position);
        end();
      },
      onDragEnd(event: DragEvent) {
        if (dragged !== undefined) onLetGo?.(dragged, event);
        end();
      },
    },
  };
}

/** The position that the place means once the item is out of its old one. */
export function positionAt(place: number, from: number): number {
  return place > from ? place - 1 : place;
}
