import { describe, expect, it } from 'vitest';
import { keys } from '../ui/key-bindings.ts';
import { matches, type KeyPress } from './shortcuts.ts';

function press(key: string, ...held: string[]): KeyPress {
  return {
    key,
    code: /^\d$/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`,
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    shiftKey: held.includes('shift'),
    altKey: held.includes('alt'),
  };
}

describe('matches', () => {
  it.each([
    [keys.newTab, press('T', 'ctrl', 'shift'), false],
    [keys.newTab, press('t', 'meta'), true],
    [keys.palette, press('P', 'meta', 'shift'), true],
    [keys.settings, press(',', 'ctrl'), false],
  ])('%j', (chord, pressed, mac) => {
    expect(matches(chord, pressed, mac)).toBe(true);
    expect(matches(chord, pressed, !mac)).toBe(false);
  });

  it('knows a letter by its place where the layout writes others', () => {
    const cyrillic = { ...press('е', 'ctrl', 'shift'), code: 'KeyT' };
    expect(matches(keys.newTab, cyrillic, false)).toBe(true);
  });

  it('knows a letter by what it writes on a Latin layout', () => {
    const dvorak = { ...press('T', 'ctrl', 'shift'), code: 'KeyK' };
    expect(matches(keys.newTab, dvorak, false)).toBe(true);
    expect(matches(keys.newTab, { ...press('Y', 'ctrl', 'shift'), code: 'KeyT' }, false)).toBe(false);
  });

  it('knows plus and minus by what they write or by their place, on the number pad too', () => {
    const held = ['ctrl', 'shift'];
    const presses = [
      { ...press('+', ...held), code: 'BracketRight' },
      { ...press('+', ...held), code: 'Equal' },
      { ...press('+', ...held), code: 'NumpadAdd' },
      { ...press('_', ...held), code: 'Minus' },
      { ...press(')', ...held), code: 'Digit0' },
    ];
    const { zoomIn, zoomOut, zoomReset } = keys;
    const chords = presses.map((pressed) =>
      [zoomIn, zoomOut, zoomReset].map((chord) => matches(chord, pressed, false)),
    );
    expect(chords).toEqual([
      [true, false, false],
      [true, false, false],
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
  });

  it('knows a digit by its place', () => {
    expect(matches({ mac: 'Mod+1', other: 'Alt+1' }, { ...press('&', 'alt'), code: 'Digit1' }, false)).toBe(
      true,
    );
  });
});

it('leaves plain Ctrl+letter to the shell on every keyboard', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  for (const chord of Object.values(keys)) {
    const taken = letters.filter(
      (letter) => matches(chord, press(letter, 'ctrl'), false) || matches(chord, press(letter, 'ctrl'), true),
    );
    expect(taken).toEqual([]);
  }
});
