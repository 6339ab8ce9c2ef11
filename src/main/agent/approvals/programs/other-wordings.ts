import type { Word } from '../types.ts';
import { readOptions } from './read-options.ts';
import { specOf } from './specs.ts';

/** Other names of the same subcommand. */
const SYNONYMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  npm: {
    i: 'install',
    in: 'install',
    add: 'install',
    isntall: 'install',
    t: 'test',
    tst: 'test',
    'run-script': 'run',
    rum: 'run',
    urn: 'run',
    x: 'exec',
    un: 'uninstall',
    rm: 'uninstall',
    remove: 'uninstall',
    r: 'uninstall',
    up: 'update',
    s: 'search',
    v: 'view',
    info: 'view',
    show: 'view',
    ln: 'link',
    c: 'config',
    set: 'config',
  },
  pnpm: { i: 'install', t: 'test', rm: 'remove', un: 'remove', up: 'update' },
  cargo: { b: 'build', c: 'check', t: 'test', r: 'run', rm: 'remove' },
  git: { stage: 'add', annotate: 'blame' },
};

/** How else a command could have been written: without the options before its subcommand, and by its usual name. */
export function otherWordings(words: readonly Word[]): (readonly Word[])[] {
  const [program] = words;
  const spec = program && specOf(program.text);
  if (!program || !spec?.subcommands) return [];
  const options = readOptions(spec.options ?? '');
  let at = 1;
  for (let text = words[at]?.text; text?.startsWith('-'); text = words[at]?.text) {
    const value = options.get(text);
    at += value !== undefined && value !== 'none' && value !== 'attached' ? 2 : 1;
  }
  const [name, ...rest] = words.slice(at);
  if (!name) return [];
  const usual = Object.hasOwn(SYNONYMS, program.text) ? SYNONYMS[program.text]?.[name.text] : undefined;
  return [
    [program, name, ...rest],
    [program, { ...name, text: usual ?? name.text }, ...rest],
  ];
}
