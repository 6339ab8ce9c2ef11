import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindingsOf } from '../../shared/key-bindings.ts';
import { parseKeys, resolveKeys } from '../../shared/keys.ts';
import { chordsOf, type KeyPress } from './key-press.ts';

type Held = 'ctrl' | 'alt' | 'shift' | 'meta' | 'altgraph' | 'composing';

function press(key: string, code: string, ...held: Held[]): KeyPress {
  return {
    key,
    code,
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    shiftKey: held.includes('shift'),
    altKey: held.includes('alt'),
    isComposing: held.includes('composing'),
    getModifierState: (name) => held.includes(name.toLowerCase() as Held),
  };
}

describe('chordsOf', () => {
  it.each<[what: string, pressed: KeyPress, chords: string[]]>([
    ['a letter', press('T', 'KeyT', 'ctrl', 'shift'), ['Ctrl+Shift+T']],
    ['a letter elsewhere (Dvorak)', press('T', 'KeyK', 'ctrl', 'shift'), ['Ctrl+Shift+T']],
    ['another letter in its place', press('Y', 'KeyT', 'ctrl'), ['Ctrl+Y']],
    ['a sign in the place of a letter (Dvorak)', press(',', 'KeyW', 'ctrl'), ['Ctrl+,']],
    ['a Cyrillic letter', press('е', 'KeyT', 'ctrl', 'shift'), ['Ctrl+Shift+T']],
    ['a Cyrillic letter in the place of a sign', press('б', 'Comma', 'ctrl'), ['Ctrl+,']],
    ['a Greek letter by itself', press('τ', 'KeyT'), ['T']],
    ['a digit', press('1', 'Digit1', 'alt'), ['Alt+1']],
    ['a digit where the layout writes a sign (French)', press('&', 'Digit1', 'alt'), ['Alt+1']],
    [
      'a sign above a digit (German)',
      press('/', 'Digit7', 'ctrl', 'shift'),
      ['Ctrl+Shift+7', 'Ctrl+Shift+/'],
    ],
    ['what Shift writes on a sign', press('<', 'Comma', 'ctrl', 'shift'), ['Ctrl+Shift+,']],
    ['plus by its sign (German)', press('+', 'BracketRight', 'ctrl', 'shift'), ['Ctrl+Shift+Plus']],
    ['plus by its place', press('=', 'Equal', 'ctrl'), ['Ctrl+Plus']],
    ['plus on the number pad', press('+', 'NumpadAdd', 'ctrl', 'shift'), ['Ctrl+Shift+Plus']],
    ['minus with Shift', press('_', 'Minus', 'ctrl', 'shift'), ['Ctrl+Shift+Minus']],
    ['a digit with Shift', press(')', 'Digit0', 'ctrl', 'shift'), ['Ctrl+Shift+0']],
    ['a digit of the number pad, which writes', press('1', 'Numpad1', 'alt'), []],
    ['the number pad without NumLock', press('Home', 'Numpad7', 'ctrl', 'shift'), ['Ctrl+Shift+Home']],
    ['Enter of the number pad', press('Enter', 'NumpadEnter'), ['Enter']],
    ['a dead key', press('Dead', 'KeyE', 'alt'), ['Alt+E']],
    ['AltGr, which writes (Linux)', press('@', 'KeyQ', 'altgraph'), []],
    ['AltGr, which writes (Polish, Windows)', press('ą', 'KeyA', 'ctrl', 'alt', 'altgraph'), []],
    ['AltGr, which writes (German, Windows)', press('\\', 'Minus', 'ctrl', 'alt', 'altgraph'), []],
    ['a word being composed', press('a', 'KeyA', 'ctrl', 'composing'), []],
    ['what an input method takes', press('Process', 'KeyA', 'ctrl'), []],
    ['a modifier alone', press('Control', 'ControlLeft', 'ctrl'), []],
    ['Space', press(' ', 'Space', 'ctrl'), ['Ctrl+Space']],
    ['a function key', press('F11', 'F11'), ['F11']],
  ])('knows %s', (_what, pressed, chords) => {
    expect(chordsOf(pressed, false)).toEqual(chords);
  });

  it('knows letters and signs by their place under Option on a Mac', () => {
    const presses = [
      press('π', 'KeyP', 'alt', 'altgraph'),
      press('@', 'KeyL', 'alt'),
      press('\u00a0', 'Space', 'alt'),
    ];
    expect(presses.map((pressed) => chordsOf(pressed, true))).toEqual([['Alt+P'], ['Alt+L'], ['Alt+Space']]);
  });

  it('spells each chord as settings do', () => {
    const key = fc.constantFrom(
      'a',
      'Z',
      '1',
      '+',
      '-',
      '=',
      ',',
      '/',
      '\\',
      '`',
      ' ',
      'F5',
      'ArrowUp',
      'ß',
      'Dead',
      '_',
    );
    const code = fc.constantFrom(
      'KeyA',
      'Digit4',
      'Equal',
      'Minus',
      'Slash',
      'Backquote',
      'Space',
      'F5',
      'IntlBackslash',
    );
    const held = fc.uniqueArray(fc.constantFrom<Held[]>('ctrl', 'alt', 'shift', 'meta'));
    fc.assert(
      fc.property(key, code, held, fc.boolean(), (key, code, held, mac) => {
        for (const chord of chordsOf(press(key, code, 'ctrl', ...held), mac))
          expect(parseKeys(chord)).toEqual({ ok: true, value: resolveKeys(chord, mac) });
      }),
    );
  });
});

it('leaves plain Ctrl+letter to the shell on every keyboard', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  const taken = [true, false].flatMap((mac) => {
    const keys = new Set(bindingsOf({}, mac).map((binding) => binding.keys.split(' ')[0]));
    return letters.filter((letter) =>
      chordsOf(press(letter, `Key${letter.toUpperCase()}`, 'ctrl'), mac).some((chord) => keys.has(chord)),
    );
  });
  expect(taken).toEqual([]);
});
