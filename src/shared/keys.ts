import { err, ok, type Result } from './result.ts';

/*
 * A key as a person writes it and as the app compares it: chords such as "Ctrl+Shift+P", one, or two after one another. The
 * written form has one spelling each: modifiers in the order below, then the key. "Mod" is Meta (⌘) on a Mac and Ctrl elsewhere.
 */

const MODIFIERS = ['Mod', 'Ctrl', 'Alt', 'Shift', 'Meta'];

const SIGNS = [',', '.', '/', ';', "'", '[', ']', '\\', '`'];

/** Keys that write nothing. */
const NAMED_KEYS = [
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Insert',
  'Delete',
  'Backspace',
  'Enter',
  'Escape',
  'Tab',
];

/** Keys that write a character. */
const WRITING_KEYS = [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.split(''),
  ...SIGNS,
  'Plus',
  'Minus',
  'Space',
];

const ALIASES: Readonly<Record<string, string>> = {
  control: 'Ctrl',
  option: 'Alt',
  cmd: 'Meta',
  command: 'Meta',
  super: 'Meta',
  win: 'Meta',
  esc: 'Escape',
  return: 'Enter',
  up: 'ArrowUp',
  down: 'ArrowDown',
  left: 'ArrowLeft',
  right: 'ArrowRight',
  del: 'Delete',
  ins: 'Insert',
  '-': 'Minus',
  // Plus and the equals sign share a key on most keyboards.
  '=': 'Plus',
};

const NAMES: ReadonlyMap<string, string> = new Map([
  ...[...MODIFIERS, ...NAMED_KEYS, ...WRITING_KEYS].map((name) => [name.toLowerCase(), name] as const),
  ...Object.entries(ALIASES),
]);

/** What is wrong with a text, in a whole sentence that quotes nothing of it, and the word that a near one may be found for. */
export type TextFault = {
  readonly message: string;
  readonly unknown?: { readonly word: string; readonly known: readonly string[] };
};

/** More chords would be a second keyboard to learn. */
const MOST_CHORDS = 2;

/** A key in its one spelling. */
export function parseKeys(text: string): Result<string, TextFault> {
  const written = text.trim().split(/\s+/);
  if (written.length > MOST_CHORDS) return fault('A key is one chord, or two after one another.');
  const chords: string[] = [];
  for (const [index, chord] of written.entries()) {
    const parsed = parseChord(chord, index === 0);
    if (!parsed.ok) return parsed;
    chords.push(parsed.value);
  }
  return ok(chords.join(' '));
}

function parseChord(text: string, isFirst: boolean): Result<string, TextFault> {
  const parts = text.split('+');
  const names = parts.map((part) => NAMES.get(part.toLowerCase()));
  const unknown = names.indexOf(undefined);
  if (unknown >= 0) {
    const word = parts[unknown] ?? '';
    if (word === '') return fault('A part of this key is missing; the plus key is written Plus.');
    const message = `Part ${unknown + 1} of this key is none that Carrel knows.`;
    return err({ message, unknown: { word, known: [...MODIFIERS, ...NAMED_KEYS, ...WRITING_KEYS] } });
  }
  const modifiers = names.slice(0, -1).map(String);
  const key = String(names.at(-1));
  if (MODIFIERS.includes(key)) return fault('A key is missing behind the modifiers.');
  if (modifiers.some((name) => !MODIFIERS.includes(name)))
    return fault(
      'Before the last part stand only Ctrl, Alt, Shift, Meta and Mod; keys after one another are parted by a space.',
    );
  if (new Set(modifiers).size < modifiers.length) return fault('A modifier is there twice.');
  const writes = WRITING_KEYS.includes(key) && modifiers.every((name) => name === 'Shift');
  if (isFirst && writes) return fault('This key is needed to write; add Ctrl, Alt or Meta.');
  return ok(spell(modifiers, key));
}

function fault(message: string): Result<never, TextFault> {
  return err({ message });
}

/** The modifiers in their order, then the key. */
export function spell(modifiers: readonly string[], key: string): string {
  return [...MODIFIERS.filter((name) => modifiers.includes(name)), key].join('+');
}

/** Says what `Mod` is on this kind of keyboard. */
export function resolveKeys(keys: string, mac: boolean): string {
  const resolve = (name: string) => (name === 'Mod' ? (mac ? 'Meta' : 'Ctrl') : name);
  return keys
    .split(' ')
    .map((chord) => {
      const names = chord.split('+').map(resolve);
      return spell(names.slice(0, -1), names.at(-1) ?? '');
    })
    .join(' ');
}

const SIGN_CAPS = { Plus: '+', Minus: '−', Escape: 'Esc' };
const MAC_CAPS: Readonly<Record<string, string>> = {
  ...SIGN_CAPS,
  Mod: '⌘',
  Meta: '⌘',
  Ctrl: '⌃',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
};
const OTHER_CAPS: Readonly<Record<string, string>> = { ...SIGN_CAPS, Mod: 'Ctrl' };

/** What stands on the caps of each chord, in order. */
export function capsOf(keys: string, mac: boolean): string[][] {
  const caps = mac ? MAC_CAPS : OTHER_CAPS;
  return keys.split(' ').map((chord) => chord.split('+').map((name) => caps[name] ?? name));
}

/** The key in one line, as a manual has it. */
export function keysInWords(keys: string, mac: boolean): string {
  return capsOf(keys, mac)
    .map((caps) => caps.join(mac ? '' : '+'))
    .join(' ');
}
