import { useEffect, useEffectEvent } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { State } from '../store/state.ts';
import type { AppCommand } from './commands.ts';
import { matches } from './shortcuts.ts';

/** Runs commands by their keys, before xterm or a field sees them. An open dialog keeps all keys but those of other dialogs. */
export function useShortcuts(commands: readonly AppCommand[], store: StoreApi<State>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const command = commands.find(
        ({ keys, isLocalKey }) => keys !== undefined && isLocalKey !== true && matches(keys, event),
      );
      if (!command || (store.getState().dialog && command.opensDialog !== true)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat || command.id.startsWith('tab.move')) command.run();
    }
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [commands, store]);
}

/** Calls back when the keys that were held are let go, or the window is left. */
export function useKeysReleased(onReleased: () => void): void {
  const released = useEffectEvent(onReleased);
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    // Not captured: an element that loses the focus is no window that does.
    window.addEventListener('blur', released, { signal });
    window.addEventListener(
      'keyup',
      ({ ctrlKey, altKey, metaKey }) => {
        if (!ctrlKey && !altKey && !metaKey) released();
      },
      { signal, capture: true },
    );
    return () => listening.abort();
  }, []);
}
