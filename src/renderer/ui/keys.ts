import { keysInWords as inWords } from '../../shared/keys.ts';

/** The keyboard belongs to the machine that shows the page, which need not be the host. */
export const isMac = typeof navigator !== 'undefined' && /^Mac|^iP/.test(navigator.platform);

/** A key in one line, for a tooltip. */
export function keysInWords(keys: string): string {
  return inWords(keys, isMac);
}
