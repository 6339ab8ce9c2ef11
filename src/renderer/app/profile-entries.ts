import { useMemo } from 'react';
import type { PaletteEntry } from '../features/palette/palette.tsx';
import { profileCommand } from '../store/keys.ts';
import { offeredProfiles } from '../store/selectors.ts';
import { useActions, useCarrel } from '../store/store.ts';

/** More would make the palette slow; the menu beside "New tab" has them all. */
const MOST_PROFILES = 100;

/** What the palette offers: a new tab with each profile that is offered. */
export function useProfileEntries(): PaletteEntry[] {
  const profiles = useCarrel((state) => state.settings?.profiles);
  const { openTab } = useActions();
  return useMemo(
    () =>
      offeredProfiles(profiles ?? [])
        .slice(0, MOST_PROFILES)
        .map(({ name }, index) => ({
          id: `tab.new.${name}`,
          title: `New tab: ${name}`,
          command: profileCommand(index),
          run: () => void openTab(name),
        })),
    [profiles, openTab],
  );
}
