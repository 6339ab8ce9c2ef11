import type { Terminal } from '@xterm/xterm';

/**
 * What fonts for code draw as one sign. The page cannot look into the font, so all that might be one is handed to it whole;
 * where it has no sign for it, nothing changes.
 */
const MAYBE_ONE_SIGN = /[-=<>!|&+*/:.~#?]{2,6}/g;

/** From each first column to the one behind the last. */
export function ligatureRanges(text: string): [number, number][] {
  return Array.from(text.matchAll(MAYBE_ONE_SIGN), ({ index, 0: { length } }) => [index, index + length]);
}

/** Has the terminal draw ligatures until it is disposed. The DOM draws them where CSS turns on the font's `calt`. */
export function drawLigatures(terminal: Terminal): Disposable {
  const joiner = terminal.registerCharacterJoiner(ligatureRanges);
  terminal.element?.classList.add('with-ligatures');
  return {
    [Symbol.dispose]() {
      terminal.deregisterCharacterJoiner(joiner);
      terminal.element?.classList.remove('with-ligatures');
    },
  };
}
