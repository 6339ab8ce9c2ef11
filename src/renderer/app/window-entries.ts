import { useMemo } from 'react';
import { MAIN_WINDOW } from '../../shared/ids.ts';
import type { PaletteEntry } from '../features/palette/palette.tsx';
import { otherWindows } from '../store/other-windows.ts';
import { useActions, useCarrel } from '../store/store.ts';

/** What the palette offers for the active tab as long as there are other windows. */
export function useWindowEntries(): PaletteEntry[] {
  const elsewhere = useCarrel((state) => state.elsewhere);
  const windowId = useCarrel((state) => state.windowId);
  const activeSessionId = useCarrel((state) => state.activeSessionId);
  const { moveTabToWindow } = useActions();
  return useMemo(() => {
    if (!activeSessionId) return [];
    const others = otherWindows(elsewhere).filter(({ id }) => id !== MAIN_WINDOW);
    return [
      ...(windowId === MAIN_WINDOW ? [] : [{ id: MAIN_WINDOW, title: 'Move tab to the main window' }]),
      ...others.map(({ id, title }) => ({ id, title: `Move tab to window: ${title}` })),
    ].map(({ id, title }) => ({
      id: `tab.to-window-${id}`,
      title,
      run: () => void moveTabToWindow(activeSessionId, id),
    }));
  }, [elsewhere, windowId, activeSessionId, moveTabToWindow]);
}
