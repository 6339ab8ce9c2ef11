import type { Role } from './types.ts';

/** What follows an option: nothing, perhaps a text in the same word, or a value of a role. */
export type OptionValue = 'none' | 'attached' | Role;

export type Options = ReadonlyMap<string, OptionValue>;

const cache = new Map<string, Options>();

const VALUES: Readonly<Record<string, OptionValue>> = {
  '': 'none',
  '?': 'attached',
  ':': 'text',
  '=': 'text',
  '@': 'reads',
  '/': 'within',
  '!': 'module',
  '>': 'writes',
};

/**
 * Reads a list of options: `-alh` three of one letter, `-an:` two of which the last has a value, `-U?` one that may have it in
 * the same word, `--color?` and `--sort=` the same for long ones. `@` in the place of `:` or `=` is a file that is read, `>` one that is
 * written, `/` a folder to work in, `!` a module that
 * is run. `-#` is a number.
 */
export function readOptions(list: string): Options {
  const known = cache.get(list);
  if (known) return known;
  const options = new Map<string, OptionValue>();
  for (const each of list.split(/\s+/)) {
    const [, name = '', sign = ''] = /^(.*?)([?:=@>/!]?)$/.exec(each) ?? [];
    const value = VALUES[sign] ?? 'none';
    if (name.startsWith('--')) options.set(name, value);
    else {
      for (const letter of name.slice(1)) options.set(`-${letter}`, 'none');
      options.set(`-${name.at(-1)}`, value);
    }
  }
  cache.set(list, options);
  return options;
}
