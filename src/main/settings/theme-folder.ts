import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { TerminalTheme } from '../../shared/terminal-themes.ts';
import { parseTheme } from './parse-theme.ts';

/** Between two looks at the folder, which may also be made later. */
const LOOK_INTERVAL_MS = 2_000;

const MAX_FILES = 500;

/** A theme has some kilobytes. */
const MAX_BYTES = 128 * 1024;

export type ThemeFiles = {
  readonly themes: readonly TerminalTheme[];
  /** What is wrong with files that cannot be used. */
  readonly problems: readonly { readonly file: string; readonly message: string }[];
};

export type ThemeFolder = Disposable & {
  readonly path: string;
  readonly current: ThemeFiles;
  onChange(listener: () => void): void;
};

/** Reads the user's own themes, each named by its file, and looks for changes for its whole life. Never throws. */
export function openThemeFolder(path: string): ThemeFolder {
  const listeners = new Set<() => void>();
  let seen = look(path);
  let current = readThemes(path, seen);
  const timer = setInterval(() => {
    const found = look(path);
    if (found.join('\n') === seen.join('\n')) return;
    seen = found;
    current = readThemes(path, seen);
    for (const listener of listeners) listener();
  }, LOOK_INTERVAL_MS).unref();
  return {
    path,
    get current() {
      return current;
    },
    onChange: (listener) => void listeners.add(listener),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** The folder's files, each with what changes when it does. */
function look(path: string): readonly string[] {
  try {
    return readdirSync(path)
      .filter((name) => !name.startsWith('.'))
      .sort()
      .slice(0, MAX_FILES)
      .flatMap((name) => {
        const found = statSync(join(path, name), { throwIfNoEntry: false });
        return found?.isFile() ? [`${name}/${found.size}/${found.mtimeMs}`] : [];
      });
  } catch {
    // There need not be a folder.
    return [];
  }
}

function readThemes(path: string, seen: readonly string[]): ThemeFiles {
  const read = seen.map((entry) => {
    const [file = '', size] = entry.split('/');
    const { name } = parse(file);
    if (Number(size) > MAX_BYTES) return { file, name, message: `It is larger than ${MAX_BYTES / 1024} kB.` };
    try {
      const parsed = parseTheme(file, readFileSync(join(path, file), 'utf8'));
      return parsed.ok ? { name, palette: parsed.value } : { file, name, message: parsed.error };
    } catch (error) {
      return { file, name, message: `It cannot be read (${(error as NodeJS.ErrnoException).code}).` };
    }
  });
  return {
    themes: read.flatMap(({ name, palette }) => (palette ? [{ name, palette }] : [])),
    problems: read.flatMap(({ file, message }) => (file === undefined ? [] : [{ file, message }])),
  };
}
