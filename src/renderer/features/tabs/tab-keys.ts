import type { Keys } from '../../ui/keys.ts';

/** The keys that tabs and their menu tell of. */
export type TabKeys = {
  readonly newTab: Keys;
  readonly closeTab: Keys;
  readonly renameTab: Keys;
  readonly moveTabToNewWindow: Keys;
  readonly needsMe: Keys;
};
