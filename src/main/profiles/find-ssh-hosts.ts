import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { glob, parse, type Line } from 'ssh-config';
import type { FileProblem } from './types.ts';

/** As ssh itself follows. */
const MAX_DEPTH = 16;
/** More is no file that a person wrote. */
const MAX_BYTES = 1_000_000;
const MAX_FILES = 200;

export type SshHosts = {
  readonly hosts: readonly { readonly name: string; readonly path: string }[];
  readonly problems: readonly FileProblem[];
  /** Files and folders that a change of would matter, also those that are not there. */
  readonly watched: readonly string[];
};

/**
 * The hosts that `config` in the folder names, and the files that it includes. Patterns name no host. A file that cannot be
 * read or is broken gives none, and the others give theirs.
 */
export function findSshHosts(folder: string, homeFolder: string): SshHosts {
  const hosts = new Map<string, string>();
  const problems: FileProblem[] = [];
  const files = new Set<string>();
  const folders = new Set<string>();

  function follow(path: string, depth: number, isReached: (host: string) => boolean): void {
    if (files.has(path) || files.size >= MAX_FILES) return;
    files.add(path);
    let lines: readonly Line[];
    try {
      const text = readConfig(path);
      if (text === undefined) return;
      lines = parse(text);
    } catch (error) {
      problems.push({ path, message: reasonOf(error) });
      return;
    }
    for (const line of lines) followLine(line, path, depth, isReached);
  }

  function followLine(line: Line, path: string, depth: number, isReached: (host: string) => boolean): void {
    if (!('param' in line)) return;
    const words = wordsOf(line);
    const name = line.param.toLowerCase();
    if (name === 'include' && depth < MAX_DEPTH) {
      for (const pattern of words.map((word) => absolutePath(word, folder, homeFolder))) {
        const isPattern = /[*?[]/.test(pattern);
        if (isPattern) folders.add(dirname(pattern));
        // In the order of their names, as ssh reads them.
        const included = isPattern ? globSync(pattern).sort() : [pattern];
        for (const file of included) follow(file, depth + 1, isReached);
      }
    }
    if (name === 'host') {
      for (const host of words.filter((word) => isHost(word) && isReached(word) && !hosts.has(word))) {
        hosts.set(host, path);
      }
    }
    if (!('config' in line)) return;
    // What stands below a Host line holds for its hosts only; what a Match line asks can be told when connecting only.
    const inside =
      name === 'host'
        ? (host: string) => isReached(host) && glob(words, host)
        : (host: string) => isReached(host) && words.join(' ').toLowerCase() === 'all';
    for (const inner of line.config) followLine(inner, path, depth, inside);
  }

  follow(join(folder, 'config'), 0, () => true);
  const watched = [...files, ...folders];
  return { hosts: [...hosts].map(([name, path]) => ({ name, path })), problems, watched };
}

/** Undefined where there is no file. */
function readConfig(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  if (!found.isFile()) throw new Error('It is not a plain file.');
  if (found.size > MAX_BYTES) throw new Error(`It is larger than ${MAX_BYTES / 1_000_000} MB.`);
  const text = readFileSync(path, 'utf8');
  if (/[\0\uFFFD]/.test(text)) throw new Error('It is not UTF-8 text.');
  return text;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== undefined) return `It cannot be read (${code}); check its permissions.`;
  // The parser quotes the file.
  return message.startsWith('It ')
    ? message
    : 'A quotation mark is not closed, or a Match line lacks a value.';
}

function wordsOf({ value }: { readonly value: string | { readonly val: string }[] }): string[] {
  return typeof value === 'string' ? [value] : value.map(({ val }) => val);
}

/** A name that can be connected to: no pattern, and nothing that ssh would take for an option. */
function isHost(word: string): boolean {
  return /^[^-!*?\s\p{Cc}][^!*?\s\p{Cc}]*$/u.test(word);
}

/** A path that is not absolute begins in ssh's own folder. */
function absolutePath(word: string, folder: string, homeFolder: string): string {
  const path = word.startsWith('~/') ? join(homeFolder, word.slice(2)) : word;
  return isAbsolute(path) ? path : join(folder, path);
}
