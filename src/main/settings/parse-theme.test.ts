import { expect, it } from 'vitest';
import type { Palette } from '../../shared/terminal-themes.ts';
import { parseTheme } from './parse-theme.ts';

/** A colour for each of the sixteen, as red as its number. */
const ansi = Array.from({ length: 16 }, (_, index) => `#${(index * 17).toString(16).padStart(2, '0')}00ff`);
const expected: Palette = { background: '#102030', foreground: '#ffeedd', ansi };

function iTerm(colours: Record<string, string>): string {
  const component = (name: string, hex: string) =>
    `<key>${name} Component</key>\n<real>${parseInt(hex, 16) / 255}</real>\n`;
  const entries = Object.entries(colours).map(
    ([name, colour]) =>
      `<key>${name}</key>\n\t<dict>\n<key>Alpha Component</key><real>1</real>` +
      component('Blue', colour.slice(5)) +
      '<key>Color Space</key><string>sRGB</string>' +
      component('Green', colour.slice(3, 5)) +
      `${component('Red', colour.slice(1, 3))}</dict>`,
  );
  return `<?xml version="1.0"?>\n<plist version="1.0"><dict>${entries.join('\n')}</dict></plist>`;
}

const iTermColours = {
  'Background Color': '#102030',
  'Foreground Color': '#ffeedd',
  ...Object.fromEntries(ansi.map((colour, index) => [`Ansi ${index} Color`, colour])),
};

const WINDOWS = ['black', 'red', 'green', 'yellow', 'blue', 'purple', 'cyan', 'white'];
const bright = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Purple', 'Cyan', 'White'].map(
  (name) => `bright${name}`,
);
const windowsColours = {
  name: 'Mine',
  background: '#102030',
  foreground: '#FFEEDD',
  ...Object.fromEntries([...WINDOWS, ...bright].map((name, index) => [name, ansi[index]])),
};

const ghostty = [
  '# mine',
  'background = 102030',
  'foreground="#FFEEDD"',
  ...ansi.map((colour, index) => `palette = ${index}=${colour}`),
  'palette = 200=#000000',
  'font-size = 14',
].join('\r\n');

it('reads a theme of iTerm2', () => {
  const text = iTerm({
    ...iTermColours,
    'Cursor Color': '#010203',
    'Badge Color': '#000000',
    'Selected Text Color': '#040506',
  });
  expect(parseTheme('a.itermcolors', text)).toEqual({
    ok: true,
    value: { ...expected, cursor: '#010203', selectionText: '#040506' },
  });
});

it('reads a theme of Windows Terminal', () => {
  const text = JSON.stringify({ ...windowsColours, cursorColor: '#010203', selectionBackground: '#040506' });
  expect(parseTheme('a.JSON', `\uFEFF${text}`)).toEqual({
    ok: true,
    value: { ...expected, cursor: '#010203', selection: '#040506' },
  });
});

it('reads a theme of Ghostty', () => {
  const more =
    'cursor-color = 010203\ncursor-text = 040506\nselection-background = 070809\nselection-foreground = 0a0b0c';
  expect(parseTheme('a', `${ghostty}\n${more}`)).toEqual({
    ok: true,
    value: {
      ...expected,
      cursor: '#010203',
      cursorText: '#040506',
      selection: '#070809',
      selectionText: '#0a0b0c',
    },
  });
});

it.each([
  ['a.itermcolors', '', 'It is not a property list of iTerm2.'],
  [
    'a.itermcolors',
    iTerm({ ...iTermColours, 'Ansi 3 Color': '#zz0000' }),
    'Its colour for number 3 is not written "#rrggbb".',
  ],
  ['a.json', '{', 'It is not a JSON object.'],
  ['a.json', '[]', 'It is not a JSON object.'],
  [
    'a.json',
    JSON.stringify({ ...windowsColours, brightPurple: undefined }),
    'It has no colour for number 13.',
  ],
  [
    'a.json',
    JSON.stringify({ ...windowsColours, red: { toString: 1 } }),
    'Its colour for number 1 is not written "#rrggbb".',
  ],
  [
    'a.json',
    JSON.stringify({ ...windowsColours, cursorColor: 'red' }),
    'Its colour for cursor is not written "#rrggbb".',
  ],
  ['a', ghostty.replace('102030', 'black'), 'Its colour for background is not written "#rrggbb".'],
  [
    'a',
    'background = 102030',
    `It has no colour for foreground, ${ansi.map((_, index) => `number ${index}`).join(', ')}.`,
  ],
  [
    'notes.txt',
    'Buy milk',
    'It is no theme of Ghostty; those of iTerm2 end in ".itermcolors", of Windows Terminal in ".json".',
  ],
])('says what is wrong with %s: %#', (file, text, message) => {
  expect(parseTheme(file, text)).toEqual({ ok: false, error: message });
});

it('is not held up by a file that goes on for ever', () => {
  const startedAt = performance.now();
  parseTheme('a.itermcolors', `<plist>${'<key>Ansi 0 Color</key><dict>'.repeat(4500)}`);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
