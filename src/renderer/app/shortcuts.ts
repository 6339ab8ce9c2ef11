import { chordOf, isMac, type Keys } from '../ui/keys.ts';

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a key press is this chord. A letter is known by its place where the layout writes no Latin letters, a digit always. */
export function matches(keys: Keys, press: KeyPress, mac: boolean = isMac): boolean {
  const names = chordOf(keys, mac).split('+');
  const key = names.pop() ?? '';
  const has = (name: string) => names.includes(name);
  return (
    press.ctrlKey === (has('Control') || (has('Mod') && !mac)) &&
    press.metaKey === (has('Mod') && mac) &&
    press.shiftKey === has('Shift') &&
    press.altKey === has('Alt') &&
    isKey(key, press)
  );
}

/** What is written where a chord could not have the sign itself, and where it stands on most keyboards. */
const SIGNS: Readonly<Record<string, { readonly written: string; readonly codes: readonly string[] }>> = {
  Plus: { written: '+', codes: ['Equal', 'NumpadAdd'] },
  Minus: { written: '-', codes: ['Minus', 'NumpadSubtract'] },
};

function isKey(key: string, press: KeyPress): boolean {
  const sign = SIGNS[key];
  if (sign) return press.key === sign.written || sign.codes.includes(press.code);
  if (/^\d$/.test(key)) return press.code === `Digit${key}`;
  if (/^[A-Z]$/.test(key) && !/^[a-z]$/i.test(press.key)) return press.code === `Key${key}`;
  return press.key.toLowerCase() === key.toLowerCase();
}
