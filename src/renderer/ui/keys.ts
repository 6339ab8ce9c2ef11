/** A key or chord as `Mod+Shift+P`, the same everywhere or one for each kind of keyboard; `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
export type Keys = string | { readonly mac: string; readonly other: string };

/** The keyboard belongs to the machine that shows the page, which need not be the host. */
export const isMac = typeof navigator !== 'undefined' && /^Mac|^iP/.test(navigator.platform);

const MAC_CAPS: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Control: '⌃',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  Plus: '+',
  Minus: '−',
  Escape: 'Esc',
};
const OTHER_CAPS: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Control: 'Ctrl',
  Escape: 'Esc',
  Plus: '+',
  Minus: '−',
};

export function chordOf(keys: Keys, mac: boolean = isMac): string {
  return typeof keys === 'string' ? keys : mac ? keys.mac : keys.other;
}

/** What stands on the caps of a chord, in order. */
export function capsOf(keys: Keys, mac: boolean = isMac): string[] {
  const caps = mac ? MAC_CAPS : OTHER_CAPS;
  return chordOf(keys, mac)
    .split('+')
    .map((key) => caps[key] ?? key);
}

/** The chord in one line, for a tooltip. */
export function keysInWords(keys: Keys): string {
  return capsOf(keys).join(isMac ? '' : '+');
}
