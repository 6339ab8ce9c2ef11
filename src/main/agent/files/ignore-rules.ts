import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** What a later file says goes before what an earlier one says. */
const IGNORE_FILES = ['.gitignore', '.ignore'];

/** As git does by default. */
const ignoreCase = process.platform !== 'linux';

/** Rules of one folder and those of the folders around it. */
export type IgnoreRules = {
  readonly folder: string;
  readonly own: Ignore;
  readonly outer: IgnoreRules | undefined;
};

/** Texts of ignore files by their folder: those read so far, and those that are to be used in place of what lies there now. */
export type IgnoreTexts = Map<string, string>;

/** The rules that hold in `folder`, with those of its repository above it. */
export function rulesAround(folder: string, texts: IgnoreTexts): IgnoreRules | undefined {
  const top = repositoryOf(folder) ?? folder;
  const between = relative(top, folder).split(sep).filter(Boolean);
  let rules = rulesOf(top, undefined, texts);
  let path = top;
  for (const part of between) {
    path = join(path, part);
    // What is looked at although it is ignored is looked at whole.
    rules = isIgnored(path, true, rules) ? undefined : rulesOf(path, rules, texts);
  }
  return rules;
}

/** The rules that hold in a folder, given those around it. */
export function rulesOf(
  folder: string,
  outer: IgnoreRules | undefined,
  texts: IgnoreTexts,
): IgnoreRules | undefined {
  const text = texts.get(folder) ?? readRules(folder);
  texts.set(folder, text);
  return text === '' ? outer : { folder, own: ignore({ ignoreCase }).add(text), outer };
}

export function isIgnored(path: string, isFolder: boolean, rules: IgnoreRules | undefined): boolean {
  for (let level = rules; level; level = level.outer) {
    const inside = relative(level.folder, path).split(sep).join('/');
    const { ignored, unignored } = level.own.test(isFolder ? `${inside}/` : inside);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function repositoryOf(folder: string): string | undefined {
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(join(path, '.git'))) return path;
    if (dirname(path) === path) return undefined;
  }
}

function readRules(folder: string): string {
  return [join('.git', 'info', 'exclude'), ...IGNORE_FILES]
    .map((name) => readIfThere(join(folder, name)))
    .filter((text) => text !== '')
    .join('\n');
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
