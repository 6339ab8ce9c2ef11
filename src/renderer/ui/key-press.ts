import { spell } from '../../shared/keys.ts';
import { isMac } from './keys.ts';

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing' | 'getModifierState'
>;

/**
 * The chords that a press may be meant as, the likeliest first: none while a word is composed, for AltGr, which writes, and for
 * a modifier alone.
 */
export function chordsOf(press: KeyPress, mac: boolean = isMac): string[] {
  const { ctrlKey, altKey, shiftKey, metaKey } = press;
  // A Mac's Option key may call itself AltGraph.
  if (press.isComposing || (!mac && press.getModifierState('AltGraph'))) return [];
  const held = { Ctrl: ctrlKey, Alt: altKey, Shift: shiftKey, Meta: metaKey };
  const modifiers = Object.entries(held).flatMap(([name, isHeld]) => (isHeld ? [name] : []));
  return keyNames(press, mac).map((key) => spell(modifiers, key));
}

/** A digit is known by its place; all else by what it writes, or by its place where the layout or a modifier writes something else. */
function keyNames(press: KeyPress, mac: boolean): string[] {
  const { key, code } = press;
  if (/^(F\d+|Arrow\w+|Page\w+|Home|End|Insert|Delete|Backspace|Enter|Escape|Tab)$/.test(key)) return [key];
  // What an input method takes for itself, and no more tells.
  if (key === 'Process' || key === 'Unidentified') return [];
  if (key === ' ' || code === 'Space') return ['Space'];
  const digit = /^Digit(\d)$/.exec(code)?.slice(1) ?? [];
  const written = nameOfWritten(key);
  if (written !== undefined) return [...digit, written];
  const isChanged = !/^[!-~]$/.test(key) || (mac && press.altKey);
  const letter = isChanged ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
  const sign = isChanged || press.shiftKey ? SIGN_PLACES[code] : undefined;
  return [...digit, letter, sign].filter((name) => name !== undefined);
}

function nameOfWritten(key: string): string | undefined {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  if (key === '+' || key === '=') return 'Plus';
  if (key === '-') return 'Minus';
  return /^[,./;'[\]\\`]$/.test(key) ? key : undefined;
}

/** What stands on most keyboards in these places. */
const SIGN_PLACES: Readonly<Record<string, string>> = {
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Backquote: '`',
  Equal: 'Plus',
  NumpadAdd: 'Plus',
  Minus: 'Minus',
  NumpadSubtract: 'Minus',
};
