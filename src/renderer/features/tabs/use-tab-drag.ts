import type { SyntheticEvent } from 'react';
import type { SessionId } from '../../../shared/ids.ts';
import { useActions } from '../../store/store.ts';
import { useListDrag } from '../../ui/use-list-drag.ts';
import { dropPlace } from './drop-place.ts';

/** Drags a tab to another place, or out of the window. */
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
  const { moveTab, dropTabOutside } = useActions();
  return useListDrag({
    ids: order,
    idUnder: sessionUnder,
    items: '[role=tab]',
    isVertical,
    allowedPlace: (index, from) => dropPlace(index, { isPinned: from < pinned, pinned }),
    onMove: (id, position) => void moveTab(id, position),
    // Let go outside of the window, the tab gets a window of its own.
    onLetGo: dropTabOutside,
  });
}

export function sessionUnder({ target }: Pick<SyntheticEvent, 'target'>): SessionId | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-session]') : undefined;
  return element?.dataset['session'] as SessionId | undefined;
}
