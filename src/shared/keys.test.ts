import { expect, it } from 'vitest';
import { keysInWords, parseKeys, resolveKeys } from './keys.ts';

it.each([
  ['Ctrl+Shift+T', 'Ctrl+Shift+T'],
  [' shift+CONTROL+t ', 'Ctrl+Shift+T'],
  ['Cmd+option+Up', 'Alt+Meta+ArrowUp'],
  ['Mod+-', 'Mod+Minus'],
  ['ctrl+=', 'Ctrl+Plus'],
  ['Alt+/', 'Alt+/'],
  ['esc', 'Escape'],
  ['F24', 'F24'],
  ['Shift+Tab', 'Shift+Tab'],
  ['Ctrl+Space', 'Ctrl+Space'],
  ['Ctrl+K   s', 'Ctrl+K S'],
])('spells %j as %j', (text, keys) => {
  expect(parseKeys(text)).toEqual({ ok: true, value: keys });
});

it.each([
  ['Ctrl+Shft+T', 'Part 2 of this key is none that Carrel knows.'],
  ['AltGr+Q', 'Part 1 of this key is none that Carrel knows.'],
  ['Ctrl+ß', 'Part 2 of this key is none that Carrel knows.'],
  ['F25', 'Part 1 of this key is none that Carrel knows.'],
  ['', 'A part of this key is missing; the plus key is written Plus.'],
  ['Ctrl++', 'A part of this key is missing; the plus key is written Plus.'],
  ['Ctrl+Shift', 'A key is missing behind the modifiers.'],
  ['Ctrl+Control+A', 'A modifier is there twice.'],
  [
    'Ctrl+K+S',
    'Before the last part stand only Ctrl, Alt, Shift, Meta and Mod; keys after one another are parted by a space.',
  ],
  ['Ctrl+A Ctrl+B Ctrl+C', 'A key is one chord, or two after one another.'],
  ['a', 'This key is needed to write; add Ctrl, Alt or Meta.'],
  ['Shift+/', 'This key is needed to write; add Ctrl, Alt or Meta.'],
  ['Space Ctrl+A', 'This key is needed to write; add Ctrl, Alt or Meta.'],
])('refuses %j', (text, message) => {
  const parsed = parseKeys(text);
  expect(parsed.ok || parsed.error.message).toBe(message);
});

it('says what Mod is, and shows a key as its keyboard has it', () => {
  const keys = 'Mod+Shift+Plus Ctrl+Mod+Escape';
  const shown = [true, false].map((mac) => keysInWords(resolveKeys(keys, mac), mac));
  expect(shown).toEqual(['⇧⌘+ ⌃⌘Esc', 'Ctrl+Shift++ Ctrl+Esc']);
});
