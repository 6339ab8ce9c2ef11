import { extname } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Palette } from '../../shared/terminal-themes.ts';

/** Colours as a file has them, by our names for them; `0` to `15` are the sixteen. */
type Written = Readonly<Record<string, string | undefined>>;

const ANSI = Array.from({ length: 16 }, (_, index) => String(index));

/**
 * A theme of iTerm2 (`.itermcolors`), Windows Terminal (`.json`) or Ghostty (any other name). The error is for a person and
 * begins with what is wrong.
 */
export function parseTheme(fileName: string, text: string): Result<Palette, string> {
  const written = readColours(extname(fileName).toLowerCase(), text);
  if (!written.ok) return written;
  const colours = written.value;
  const missing = ['background', 'foreground', ...ANSI].filter((name) => colours[name] === undefined);
  if (missing.length > 0) return err(`It has no colour for ${missing.map(inWords).join(', ')}.`);
  const wrong = Object.keys(colours).find((name) => !isColour(colours[name]));
  if (wrong !== undefined) return err(`Its colour for ${inWords(wrong)} is not written "#rrggbb".`);
  const hex = (name: string) => `#${colours[name]?.replace('#', '').toLowerCase() ?? ''}`;
  const optional = (['cursor', 'cursorText', 'selection', 'selectionText'] as const).filter(
    (name) => colours[name] !== undefined,
  );
  return ok({
    background: hex('background'),
    foreground: hex('foreground'),
    ...Object.fromEntries(optional.map((name) => [name, hex(name)])),
    ansi: ANSI.map(hex),
  });
}

function readColours(extension: string, text: string): Result<Written, string> {
  if (extension === '.itermcolors') return readITerm(text);
  return extension === '.json' ? readWindowsTerminal(text) : readGhostty(text);
}

function isColour(text: string | undefined): boolean {
  return text === undefined || /^#?[0-9a-f]{6}$/i.test(text);
}

function inWords(name: string): string {
  return /^\d/.test(name) ? `number ${name}` : name.replace('Text', ' text');
}

/** A property list of colours, each with three components from 0 to 1. */
function readITerm(text: string): Result<Written, string> {
  if (!text.includes('<plist')) return err('It is not a property list of iTerm2.');
  const names: Readonly<Record<string, string>> = {
    'Background Color': 'background',
    'Foreground Color': 'foreground',
    'Cursor Color': 'cursor',
    'Cursor Text Color': 'cursorText',
    'Selection Color': 'selection',
    'Selected Text Color': 'selectionText',
    ...Object.fromEntries(ANSI.map((index) => [`Ansi ${index} Color`, index])),
  };
  const entries = text.matchAll(/<key>([\w ]{1,40})<\/key>\s{0,40}<dict>([^]{0,2000}?)<\/dict>/g);
  const colours = entries.flatMap(([, key = '', components = '']) => {
    const name = names[key];
    return name === undefined ? [] : [[name, hexOf(components)] as const];
  });
  return ok(Object.fromEntries(colours));
}

function hexOf(components: string): string {
  return ['Red', 'Green', 'Blue']
    .map((name) => {
      const [, written] =
        new RegExp(`<key>${name} Component</key>\\s*<(?:real|integer)>([^<]+)<`).exec(components) ?? [];
      const level = Math.round(Math.min(Math.max(Number(written ?? Number.NaN), 0), 1) * 255);
      return level.toString(16).padStart(2, '0');
    })
    .join('');
}

const WINDOWS_TERMINAL = {
  background: 'background',
  foreground: 'foreground',
  cursorColor: 'cursor',
  selectionBackground: 'selection',
} as const;

/** In the order of the sixteen; what others call magenta is purple there. */
const WINDOWS_COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'purple', 'cyan', 'white'];

function readWindowsTerminal(text: string): Result<Written, string> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(parseJson(text));
  if (!parsed.success) return err('It is not a JSON object.');
  const bright = WINDOWS_COLOURS.map((name) => `bright${name[0]?.toUpperCase()}${name.slice(1)}`);
  const names = {
    ...WINDOWS_TERMINAL,
    ...Object.fromEntries([...WINDOWS_COLOURS, ...bright].map((name, index) => [name, String(index)])),
  };
  const colours = Object.entries(names).flatMap(([key, name]) => {
    const value = parsed.data[key];
    return value === undefined ? [] : [[name, typeof value === 'string' ? value : ''] as const];
  });
  return ok(Object.fromEntries(colours));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

const GHOSTTY: Readonly<Record<string, string>> = {
  background: 'background',
  foreground: 'foreground',
  'cursor-color': 'cursor',
  'cursor-text': 'cursorText',
  'selection-background': 'selection',
  'selection-foreground': 'selectionText',
};

/** Lines as `background = #282a36` and `palette = 0=#21222c`; other keys are no colours. */
function readGhostty(text: string): Result<Written, string> {
  const colours = text.split(/\r?\n/).flatMap((line) => {
    const [, key = '', value = ''] = /^\s*([\w-]+)\s*=\s*"?(.*?)"?\s*$/.exec(line) ?? [];
    const [, index, colour = ''] = /^(\d+)\s*=\s*(.*)$/.exec(value) ?? [];
    if (key === 'palette')
      return index !== undefined && ANSI.includes(index) ? [[index, colour] as const] : [];
    const name = GHOSTTY[key];
    return name === undefined ? [] : [[name, value] as const];
  });
  return colours.length > 0
    ? ok(Object.fromEntries(colours))
    : err(
        'It is no theme of Ghostty; those of iTerm2 end in ".itermcolors", of Windows Terminal in ".json".',
      );
}
