import { mkdirSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { err, ok, type Result } from '../../shared/result.ts';
import { editToml } from './edit-toml.ts';
import { defaultSettings, loadSettings } from './load-settings.ts';
import { replaceFile } from './replace-file.ts';
import type { LoadedSettings, ModeSettings, SettingsChange, SettingsFile } from './types.ts';

/** Editors write in several steps; the file is read when they have ended. */
const DEBOUNCE_MS = 100;

/** Finds what the folder's events do not tell: a link's target elsewhere, a network folder, a folder made later. */
const LOOK_INTERVAL_MS = 2_000;

/** More than any person writes; reading it would hold up every tab. */
const MAX_BYTES = 2_000_000;

export type SettingsFileOptions = {
  readonly path: string;
  readonly builtInModes: Readonly<Record<string, ModeSettings>>;
  /** Text of settings.toml.example. */
  readonly example: string;
};

/** Reads settings.toml and watches it, whether it is there or not. Never throws. */
export function openSettingsFile(options: SettingsFileOptions): SettingsFile {
  return new WatchedSettingsFile(options);
}

class WatchedSettingsFile implements SettingsFile {
  readonly path: string;
  readonly #options: SettingsFileOptions;
  readonly #listeners = new Set<(loaded: LoadedSettings) => void>();
  readonly #resources = new DisposableStack();
  #content: Content;
  #current: LoadedSettings;

  constructor(options: SettingsFileOptions) {
    this.path = options.path;
    this.#options = options;
    this.#content = readContent(this.path);
    this.#current = this.#load();
    this.#watch();
  }

  get current(): LoadedSettings {
    return this.#current;
  }

  onChange(listener: (loaded: LoadedSettings) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  ensureExists(): void {
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(this.path, this.#options.example, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    this.#readAgain();
  }

  edit(changes: readonly SettingsChange[]): Result<void, string> {
    const content = readContent(this.path);
    if (content.status === 'unreadable') return err(content.message);
    const present = content.status === 'text' ? content.text : undefined;
    const before = present ?? this.#options.example;
    const edited = editToml(before, changes);
    if (!edited.ok) return edited;
    const fault = this.#newFault(before, edited.value);
    if (fault !== undefined) return err(fault);
    try {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      if (edited.value !== present && replaceFile(this.path, present, edited.value) === 'changed') {
        return err(
          'It was changed by another program at the same moment, so nothing was written. Try again.',
        );
      }
    } catch (error) {
      return err(`It may not be written (${(error as NodeJS.ErrnoException).code}); check its permissions.`);
    }
    this.#readAgain();
    return ok();
  }

  /** What would be wrong with a new value, in the words that a hand-written one gets. */
  #newFault(before: string, after: string): string | undefined {
    const errorsIn = (text: string) =>
      loadSettings(text, this.#options.builtInModes)
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ message }) => message);
    const known = new Set(errorsIn(before));
    return errorsIn(after).find((message) => !known.has(message));
  }

  [Symbol.dispose](): void {
    this.#listeners.clear();
    this.#resources.dispose();
  }

  #watch(): void {
    let timer: NodeJS.Timeout | undefined;
    const readSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#readAgain(), DEBOUNCE_MS);
    };
    this.#resources.defer(() => clearTimeout(timer));
    const looks = setInterval(() => this.#readAgain(), LOOK_INTERVAL_MS).unref();
    this.#resources.defer(() => clearInterval(looks));
    try {
      const watcher = watch(dirname(this.path), { persistent: false }, (_event, name) => {
        // The archive lies in the same folder and is written all the time.
        if (name === null || name === basename(this.path)) readSoon();
      });
      this.#resources.defer(() => watcher.close());
      watcher.on('error', () => watcher.close());
    } catch {
      // Without the folder's events a change is found at the next look.
    }
  }

  #readAgain(): void {
    const content = readContent(this.path);
    if (isDeepStrictEqual(content, this.#content)) return;
    this.#content = content;
    this.#current = this.#load();
    for (const listener of this.#listeners) listener(this.#current);
  }

  #load(): LoadedSettings {
    const { builtInModes } = this.#options;
    const content = this.#content;
    if (content.status === 'text') return loadSettings(content.text, builtInModes);
    if (content.status === 'missing') return { ...defaultSettings(builtInModes, []), exists: false };
    const problem = { severity: 'error', message: content.message, line: 1, column: 1 } as const;
    return defaultSettings(builtInModes, [problem]);
  }
}

type Content =
  | { readonly status: 'text'; readonly text: string }
  | { readonly status: 'missing' }
  | { readonly status: 'unreadable'; readonly message: string };

/** A byte order mark is kept, so that it can be written again. */
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readContent(path: string): Content {
  const unreadable = (message: string): Content => ({ status: 'unreadable', message });
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return { status: 'missing' };
    if (found.isDirectory()) return unreadable('A folder lies in the place of settings.toml; move it away.');
    if (!found.isFile()) return unreadable('settings.toml is not a plain file.');
    if (found.size > MAX_BYTES)
      return unreadable(`settings.toml is larger than ${MAX_BYTES / 1_000_000} MB.`);
    return { status: 'text', text: UTF_8.decode(readFileSync(path)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return unreadable('settings.toml is not UTF-8 text; save it as UTF-8.');
    }
    return unreadable(`settings.toml cannot be read (${code}); check its permissions.`);
  }
}
