import { useEffect } from 'react';
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
