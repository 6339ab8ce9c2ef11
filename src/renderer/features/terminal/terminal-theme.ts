import type { ITheme } from '@xterm/xterm';

const TOKENS = {
  black: '--ansi-black',
  red: '--ansi-red',
  green: '--ansi-green',
  yellow: '--ansi-yellow',
  blue: '--ansi-blue',
  magenta: '--ansi-magenta',
  cyan: '--ansi-cyan',
  white: '--ansi-white',
  brightBlack: '--ansi-bright-black',
  brightRed: '--ansi-bright-red',
  brightGreen: '--ansi-bright-green',
  brightYellow: '--ansi-bright-yellow',
  brightBlue: '--ansi-bright-blue',
  brightMagenta: '--ansi-bright-magenta',
  brightCyan: '--ansi-bright-cyan',
  brightWhite: '--ansi-bright-white',
  background: '--term-background',
  foreground: '--term-foreground',
  cursor: '--term-cursor',
  cursorAccent: '--term-background',
  selectionBackground: '--term-selection',
  scrollbarSliderBackground: '--c-line-strong',
  scrollbarSliderHoverBackground: '--c-control',
  scrollbarSliderActiveBackground: '--c-control',
} as const satisfies ITheme;

/** A design token's value as it stands now. */
export function token(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The terminal's colours from the page's tokens. */
export function readTheme(): ITheme {
  return Object.fromEntries(Object.entries(TOKENS).map(([colour, name]) => [colour, token(name)]));
}

/** Calls back when the page's theme changes, until it is disposed. */
export function onThemeChange(listener: () => void): Disposable {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return { [Symbol.dispose]: () => observer.disconnect() };
}
