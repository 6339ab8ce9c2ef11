import type { ITheme } from '@xterm/xterm';
import { isDark, type NamedTheme, type Palette } from '../../../shared/terminal-themes.ts';

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
  overviewRulerBorder: '--term-background',
  scrollbarSliderBackground: '--c-line-strong',
  scrollbarSliderHoverBackground: '--c-control',
  scrollbarSliderActiveBackground: '--c-control',
} as const satisfies ITheme;

/** In the order of a palette's sixteen. */
const ANSI_TOKENS = Object.values(TOKENS).slice(0, 16);

/** What a theme says that Carrel's own leave open. */
const OPTIONAL_TOKENS = {
  cursorAccent: '--term-cursor-text',
  selectionForeground: '--term-selection-text',
} as const satisfies ITheme;

/** Hexadecimal opacities of lines that are mixed from a theme's foreground. */
const LINE_ALPHA = '28';
const STRONG_LINE_ALPHA = '48';
const CONTROL_ALPHA = 'a0';

/** Attributes of the terminal's region, under which every design token in it is the theme's. */
export type RegionLook = {
  readonly 'data-theme'?: 'dark' | 'light';
  readonly style?: Readonly<Record<`--${string}`, string>>;
};

/** How a region looks in a theme. All that lies over the terminal follows, from its marks to its search. */
export function lookOf({ colours }: Pick<NamedTheme, 'colours'>): RegionLook {
  if (colours === 'window') return {};
  if (typeof colours === 'string') return { 'data-theme': colours };
  return { 'data-theme': isDark(colours.background) ? 'dark' : 'light', style: tokensOf(colours) };
}

function tokensOf(palette: Palette): Record<`--${string}`, string> {
  const { background, foreground, cursor = foreground, cursorText, selection, selectionText } = palette;
  return {
    ...Object.fromEntries(ANSI_TOKENS.map((name, index) => [name, palette.ansi[index] ?? foreground])),
    '--term-background': background,
    '--term-foreground': foreground,
    '--term-cursor': cursor,
    ...(cursorText !== undefined && { '--term-cursor-text': cursorText }),
    ...(selection !== undefined && { '--term-selection': selection }),
    ...(selectionText !== undefined && { '--term-selection-text': selectionText }),
    '--c-panel': background,
    '--c-line': foreground + LINE_ALPHA,
    '--c-line-strong': foreground + STRONG_LINE_ALPHA,
    '--c-control': foreground + CONTROL_ALPHA,
    // Faint text is measured on Carrel's own grounds, and many themes have a lighter one.
    '--c-faint': 'var(--c-muted)',
  };
}

/** A design token's value as it stands now in the page, or in a part of it. */
export function token(name: `--${string}`, within: Element = document.documentElement): string {
  return getComputedStyle(within).getPropertyValue(name).trim();
}

/** The terminal's colours from the tokens of the place it is drawn in. */
export function readTheme(host: Element): ITheme {
  const colours = Object.entries({ ...TOKENS, ...OPTIONAL_TOKENS }).map(
    ([colour, name]) => [colour, token(name, host)] as const,
  );
  const { cursorAccent } = TOKENS;
  return {
    cursorAccent: token(cursorAccent, host),
    ...Object.fromEntries(colours.filter(([, value]) => value)),
  };
}

/** Calls back when the theme of the page or of the host's region changes, until it is disposed. */
export function onThemeChange(host: Element, listener: () => void): Disposable {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const region = host.closest('.terminal-region');
  if (region) observer.observe(region, { attributes: true, attributeFilter: ['data-theme', 'style'] });
  return { [Symbol.dispose]: () => observer.disconnect() };
}
