import { useMemo } from 'react';
import { isAppCommandId, type AppCommandId } from '../../shared/app-commands.ts';
import { bindingsOf, keysOf, type Binding, type OwnKeys } from '../../shared/key-bindings.ts';
import { isMac } from '../ui/keys.ts';
import { useCarrel } from './store.ts';

const NONE: OwnKeys = {};

/** The key that leads to a command now, to be shown beside it. */
export function useKeys(command: AppCommandId | undefined): string | undefined {
  const own = useCarrel(({ settings }) => settings?.keys ?? NONE);
  return useMemo(() => command && keysOf(command, own, isMac), [command, own]);
}

/** The command that opens a tab with the profile at this index of those that are offered; only the first have one. */
export function profileCommand(index: number): AppCommandId | undefined {
  const id = `tab.profile-${index + 1}`;
  return isAppCommandId(id) ? id : undefined;
}

/** All keys, those that win first. */
export function useBindings(): readonly Binding[] {
  const own = useCarrel(({ settings }) => settings?.keys ?? NONE);
  return useMemo(() => bindingsOf(own, isMac), [own]);
}

/** What of a key's condition never changes while the window is open. */
export function useKeyFacts(): { readonly mac: boolean; readonly desktop: boolean; readonly web: boolean } {
  const isDesktop = useCarrel(({ host }) => host?.kind === 'desktop');
  return useMemo(() => ({ mac: isMac, desktop: isDesktop, web: !isDesktop }), [isDesktop]);
}
