import { z } from 'zod';

const colour = z.string().regex(/^#[0-9a-f]{6}$/);

/** A terminal's colours, each `#rrggbb` in small letters; what is absent follows from the others. */
export const palette = z.object({
  background: colour,
  foreground: colour,
  cursor: colour.optional(),
  /** Of the character under a block cursor. */
  cursorText: colour.optional(),
  selection: colour.optional(),
  selectionText: colour.optional(),
  /** Black, red, green, yellow, blue, magenta, cyan, white, then the same, bright. */
  ansi: z.array(colour).length(16),
});
export type Palette = z.infer<typeof palette>;

export const terminalTheme = z.object({ name: z.string(), palette });
export type TerminalTheme = z.infer<typeof terminalTheme>;

/** A theme that can be chosen. A word in the place of colours means the window's own, as it is or in one of its two looks. */
export type NamedTheme = {
  readonly name: string;
  readonly colours: Palette | 'window' | 'dark' | 'light';
};

const CARREL_THEMES: readonly NamedTheme[] = [
  { name: 'Carrel', colours: 'window' },
  { name: 'Carrel Dark', colours: 'dark' },
  { name: 'Carrel Light', colours: 'light' },
];

/** Every theme there is, the user's own in the place of built-in ones of the same name. */
export function allThemes(own: readonly TerminalTheme[]): readonly NamedTheme[] {
  const named = (themes: readonly TerminalTheme[]) =>
    themes.map(({ name, palette }) => ({ name, colours: palette }));
  const ownKeys = new Set(own.map(({ name }) => themeKey(name)));
  const builtIn = [...CARREL_THEMES, ...named(BUILT_IN_THEMES)];
  return [...named(own), ...builtIn.filter(({ name }) => !ownKeys.has(themeKey(name)))];
}

export function findTheme(name: string, own: readonly TerminalTheme[]): NamedTheme | undefined {
  return allThemes(own).find((theme) => themeKey(theme.name) === themeKey(name));
}

/** What two names have in common that mean the same theme: `tokyo-night` is `Tokyo Night`. */
export function themeKey(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Whether a background wants light text on it. */
export function isDark(background: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(background.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

/** Colours without their `#`: background, foreground, cursor and selection, then the sixteen. */
function theme(
  name: string,
  [background, foreground, cursor, selection]: readonly [string, string, string, string],
  ansi: string,
): TerminalTheme {
  const hex = (digits: string) => `#${digits}`;
  return {
    name,
    palette: {
      background: hex(background),
      foreground: hex(foreground),
      cursor: hex(cursor),
      selection: hex(selection),
      ansi: ansi.split(' ').map(hex),
    },
  };
}

/**
 * Well-known themes by their authors' own values, each under the MIT licence: Catppuccin (Catppuccin), Dracula (Dracula Theme),
 * GitHub (GitHub, Primer), Gruvbox (Pavel Pertsev), Nord (Sven Greb), One Dark (GitHub, Atom), Rosé Pine (Rosé Pine),
 * Solarized (Ethan Schoonover), Tokyo Night (Enkia).
 */
const BUILT_IN_THEMES: readonly TerminalTheme[] = [
  theme(
    'Catppuccin Latte',
    ['eff1f5', '4c4f69', 'dc8a78', 'acb0be'],
    '5c5f77 d20f39 40a02b df8e1d 1e66f5 ea76cb 179299 acb0be 6c6f85 d20f39 40a02b df8e1d 1e66f5 ea76cb 179299 bcc0cc',
  ),
  theme(
    'Catppuccin Mocha',
    ['1e1e2e', 'cdd6f4', 'f5e0dc', '585b70'],
    '45475a f38ba8 a6e3a1 f9e2af 89b4fa f5c2e7 94e2d5 bac2de 585b70 f38ba8 a6e3a1 f9e2af 89b4fa f5c2e7 94e2d5 a6adc8',
  ),
  theme(
    'Dracula',
    ['282a36', 'f8f8f2', 'f8f8f2', '44475a'],
    '21222c ff5555 50fa7b f1fa8c bd93f9 ff79c6 8be9fd f8f8f2 6272a4 ff6e6e 69ff94 ffffa5 d6acff ff92df a4ffff ffffff',
  ),
  theme(
    'GitHub Dark',
    ['0d1117', 'e6edf3', '2f81f7', '1e4273'],
    '484f58 ff7b72 3fb950 d29922 58a6ff bc8cff 39c5cf b1bac4 6e7681 ffa198 56d364 e3b341 79c0ff d2a8ff 56d4dd ffffff',
  ),
  theme(
    'GitHub Light',
    ['ffffff', '1f2328', '0969da', 'bbdfff'],
    '24292f cf222e 116329 4d2d00 0969da 8250df 1b7c83 6e7781 57606a a40e26 1a7f37 633c01 218bff a475f9 3192aa 8c959f',
  ),
  theme(
    'Gruvbox Dark',
    ['282828', 'ebdbb2', 'ebdbb2', '504945'],
    '282828 cc241d 98971a d79921 458588 b16286 689d6a a89984 928374 fb4934 b8bb26 fabd2f 83a598 d3869b 8ec07c ebdbb2',
  ),
  theme(
    'Gruvbox Light',
    ['fbf1c7', '3c3836', '3c3836', 'd5c4a1'],
    'fbf1c7 cc241d 98971a d79921 458588 b16286 689d6a 7c6f64 928374 9d0006 79740e b57614 076678 8f3f71 427b58 3c3836',
  ),
  theme(
    'Nord',
    ['2e3440', 'd8dee9', 'd8dee9', '434c5e'],
    '3b4252 bf616a a3be8c ebcb8b 81a1c1 b48ead 88c0d0 e5e9f0 4c566a bf616a a3be8c ebcb8b 81a1c1 b48ead 8fbcbb eceff4',
  ),
  theme(
    'One Dark',
    ['282c34', 'abb2bf', '528bff', '3e4451'],
    '282c34 e06c75 98c379 e5c07b 61afef c678dd 56b6c2 abb2bf 5c6370 e06c75 98c379 e5c07b 61afef c678dd 56b6c2 ffffff',
  ),
  theme(
    'Rosé Pine',
    ['191724', 'e0def4', 'e0def4', '403d52'],
    '26233a eb6f92 31748f f6c177 9ccfd8 c4a7e7 ebbcba e0def4 6e6a86 eb6f92 31748f f6c177 9ccfd8 c4a7e7 ebbcba e0def4',
  ),
  theme(
    'Rosé Pine Dawn',
    ['faf4ed', '575279', '575279', 'dfdad9'],
    'f2e9e1 b4637a 286983 ea9d34 56949f 907aa9 d7827e 575279 9893a5 b4637a 286983 ea9d34 56949f 907aa9 d7827e 575279',
  ),
  theme(
    'Solarized Dark',
    ['002b36', '839496', '839496', '073642'],
    '073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3',
  ),
  theme(
    'Solarized Light',
    ['fdf6e3', '657b83', '657b83', 'eee8d5'],
    '073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3',
  ),
  theme(
    'Tokyo Night',
    ['1a1b26', 'c0caf5', 'c0caf5', '283457'],
    '15161e f7768e 9ece6a e0af68 7aa2f7 bb9af7 7dcfff a9b1d6 414868 f7768e 9ece6a e0af68 7aa2f7 bb9af7 7dcfff c0caf5',
  ),
];
