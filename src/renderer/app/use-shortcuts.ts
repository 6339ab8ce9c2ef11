import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { appCommands } from '../../shared/app-commands.ts';
import type { Binding } from '../../shared/key-bindings.ts';
import { isWhen } from '../../shared/when.ts';
import { useClient } from '../client/context.ts';
import { useBindings } from '../store/keys.ts';
import type { State } from '../store/state.ts';
import { chordsOf } from '../ui/key-press.ts';
import { isKeyField } from '../ui/key-field.tsx';
import type { AppCommandRuns } from './commands.ts';
import { isContext } from './contexts.ts';

/** The second of two chords is waited for so long. */
const PATIENCE_MS = 5_000;

/** The system pastes at these by itself, which needs no permission to read the clipboard. */
const SYSTEM_PASTE = new Set(['Ctrl+V', 'Ctrl+Shift+V', 'Meta+V', 'Shift+Insert']);

/** Runs commands by their keys, before xterm or a field sees them. Gives the first of two chords while the second is waited for. */
export function useShortcuts(runs: AppCommandRuns, store: StoreApi<State>): string | undefined {
  const bindings = useBindings();
  const byChord = useMemo(() => Map.groupBy(bindings, ({ keys }) => keys.split(' ')[0] ?? ''), [bindings]);
  const [shown, setShown] = useState<string>();

  useEffect(() => {
    let begun: string | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function begin(chord: string | undefined): void {
      clearTimeout(timer);
      begun = chord;
      setShown(chord);
      if (chord !== undefined) timer = setTimeout(() => begin(undefined), PATIENCE_MS);
    }

    function holds({ condition }: Binding): boolean {
      return isWhen(condition, (name) => isContext(name, store.getState()));
    }

    function onKeyDown(event: KeyboardEvent): void {
      if (isKeyField(event.target)) return;
      const chords = chordsOf(event);
      if (chords.length === 0) return;
      const wanted = chords.map((chord) => (begun === undefined ? chord : `${begun} ${chord}`));
      const found = chords
        .flatMap((chord) => byChord.get(begun ?? chord) ?? [])
        .find((binding) => wanted.some((keys) => isBegunBy(binding.keys, keys)) && holds(binding));
      if (begun === undefined && !found) return;
      begin(undefined);
      event.stopPropagation();
      if (found?.command === 'terminal.paste' && SYSTEM_PASTE.has(found.keys)) return;
      event.preventDefault();
      if (!found) return;
      if (!wanted.includes(found.keys)) begin(found.keys.split(' ')[0]);
      else if (!event.repeat || appCommands[found.command].repeats) runs[found.command]();
    }
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      begin(undefined);
      window.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [byChord, runs, store]);

  usePicks(runs, store);
  return shown;
}

function isBegunBy(keys: string, pressed: string): boolean {
  return keys === pressed || keys.startsWith(`${pressed} `);
}

/** Runs what is picked in the host's own menu. An open dialog keeps out what a key could not do either. */
function usePicks(runs: AppCommandRuns, store: StoreApi<State>): void {
  const client = useClient();
  useEffect(() => {
    return client.onEvents((envelopes) => {
      for (const { event } of envelopes) {
        if (event.type !== 'command-picked' || event.windowId !== store.getState().windowId) continue;
        if (isContext('dialog', store.getState()) && !appCommands[event.command].inDialogs) continue;
        runs[event.command]();
      }
    });
  }, [client, runs, store]);
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
