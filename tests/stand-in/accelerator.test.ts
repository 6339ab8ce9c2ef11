import { expect, it } from 'vitest';
import { matchesAccelerator } from './accelerator.ts';
import type { KeyPress } from './page/messages.ts';

/** As the DOM tells it: `Control+Shift+P` with the key it writes and the place it has. */
function press(modifiers: string, key: string, code: string): KeyPress {
  const has = (name: string) => modifiers.split('+').includes(name);
  return { key, code, control: has('control'), shift: has('shift'), alt: has('alt'), meta: has('meta') };
}

it.each<[string, KeyPress, NodeJS.Platform, boolean]>([
  ['CmdOrCtrl+Shift+P', press('control+shift', 'P', 'KeyP'), 'linux', true],
  ['CmdOrCtrl+Shift+P', press('control', 'p', 'KeyP'), 'linux', false],
  ['CmdOrCtrl+Shift+P', press('control+shift+alt', 'P', 'KeyP'), 'linux', false],
  ['CmdOrCtrl+Shift+P', press('meta+shift', 'P', 'KeyP'), 'darwin', true],
  ['CmdOrCtrl+Shift+P', press('control+shift', 'P', 'KeyP'), 'darwin', false],
  ['Alt+1', press('alt', '1', 'Digit1'), 'linux', true],
  ['Shift+1', press('shift', '!', 'Digit1'), 'linux', true],
  ['F11', press('', 'F11', 'F11'), 'linux', true],
  ['Control+Left', press('control', 'ArrowLeft', 'ArrowLeft'), 'linux', true],
  ['CmdOrCtrl+Plus', press('control+shift', '+', 'Equal'), 'linux', true],
  ['CmdOrCtrl+Plus', press('control', '=', 'Equal'), 'linux', true],
  ['CmdOrCtrl+Plus', press('control', '-', 'Minus'), 'linux', false],
  ['CmdOrCtrl+-', press('control', '-', 'Minus'), 'linux', true],
])('%s, %o on %s: %s', (accelerator, keyPress, platform, expected) => {
  expect(matchesAccelerator(accelerator, keyPress, platform)).toBe(expected);
});

it('refuses a modifier it does not know', () => {
  expect(() => matchesAccelerator('AltGr+A', press('', 'a', 'KeyA'), 'linux')).toThrow(
    "'altgr' is not implemented",
  );
});
