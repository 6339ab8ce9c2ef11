import type { StoreApi } from 'zustand/vanilla';
import type { State } from '../store/state.ts';

/** Keeps `data-theme` of the page at what settings.toml says, or at the system's taste where it says `system` or nothing yet. */
export function showTheme(store: StoreApi<State>): void {
  const light = window.matchMedia('(prefers-color-scheme: light)');
  function show(): void {
    const chosen = store.getState().settings?.appearance.theme ?? 'system';
    const theme = chosen === 'system' ? (light.matches ? 'light' : 'dark') : chosen;
    if (document.documentElement.dataset['theme'] !== theme)
      document.documentElement.dataset['theme'] = theme;
  }
  light.addEventListener('change', show);
  store.subscribe((state, previous) => state.settings !== previous.settings && show());
  show();
}
