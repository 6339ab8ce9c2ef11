import { useMemo, useSyncExternalStore } from 'react';
import type { TerminalSettings } from '../../../shared/app.ts';
import { findTheme } from '../../../shared/terminal-themes.ts';
import { zoomedFontSize } from '../../store/layout.ts';
import { useCarrel } from '../../store/store.ts';
import { lookOf, type RegionLook } from './terminal-theme.ts';

/** Settings of the terminal with this window's zoom and what the system says; undefined until they are known. */
export function useTerminalSettings(): TerminalSettings | undefined {
  const settings = useCarrel((state) => state.settings?.terminal);
  const hasScreenReader = useCarrel((state) => state.settings?.hasScreenReader);
  const zoom = useCarrel((state) => state.layout.terminalZoom);
  return useMemo(() => {
    if (!settings) return undefined;
    const { fontSize, screenReader } = settings;
    return {
      ...settings,
      fontSize: zoomedFontSize(fontSize, zoom),
      screenReader: screenReader === 'auto' && hasScreenReader ? 'on' : screenReader,
    };
  }, [settings, hasScreenReader, zoom]);
}

/** The look of the theme that is chosen, or just being looked at. */
export function useRegionLook(): RegionLook {
  const chosen = useThemeName();
  const previewed = useCarrel((state) => state.previewedTheme);
  const own = useCarrel((state) => state.settings?.ownThemes);
  return useMemo(
    () => lookOf(findTheme(previewed ?? chosen, own ?? []) ?? { colours: 'window' }),
    [previewed, chosen, own],
  );
}

/** Of the theme that is in force, as it stands in settings.toml. */
export function useThemeName(): string {
  const isLight = useIsWindowLight();
  return useCarrel(({ settings }) => {
    const { theme = '', themeLight = theme } = settings?.terminal ?? {};
    return isLight ? themeLight : theme;
  });
}

export function useIsWindowLight(): boolean {
  return useSyncExternalStore(onPageTheme, () => document.documentElement.dataset['theme'] === 'light');
}

function onPageTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
