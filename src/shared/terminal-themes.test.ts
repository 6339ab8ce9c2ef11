import { expect, it } from 'vitest';
import {
  allThemes,
  findTheme,
  isDark,
  palette,
  type Palette,
  type TerminalTheme,
} from './terminal-themes.ts';

const palettes = allThemes([]).flatMap(({ name, colours }) =>
  typeof colours === 'string' ? [] : [[name, colours] as const],
);

it.each(palettes)('has all colours of %s', (_name, colours) => {
  expect(palette.parse(colours)).toEqual(colours);
});

it('tells light themes from dark ones', () => {
  const light = palettes.filter(([, { background }]) => !isDark(background));
  expect(light.map(([name]) => name)).toEqual([
    'Catppuccin Latte',
    'GitHub Light',
    'Gruvbox Light',
    'Rosé Pine Dawn',
    'Solarized Light',
  ]);
});

it('finds a theme however its name is written, and no other', () => {
  const names = ['tokyo-night', 'ROSE PINE', 'carrel', 'GitHubLight', 'nort', '', '-'];
  expect(names.map((name) => findTheme(name, [])?.name)).toEqual([
    'Tokyo Night',
    'Rosé Pine',
    'Carrel',
    'GitHub Light',
    undefined,
    undefined,
    undefined,
  ]);
});

it("has the user's own in the place of a built-in one", () => {
  const [, colours] = palettes[0] as readonly [string, Palette];
  const own: TerminalTheme = { name: 'nord', palette: colours };
  expect([findTheme('Nord', [own])?.colours, allThemes([own]).length]).toEqual([
    colours,
    allThemes([]).length,
  ]);
});
