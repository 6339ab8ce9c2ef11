import { distance } from 'fastest-levenshtein';

export type SlashText = { readonly name: string; readonly argument: string };

/**
 * Takes a text apart that is meant as a command: it begins with a slash and one word. A path such as `/etc/hosts` is none,
 * and neither is a text with a space before its slash.
 */
export function parseSlash(text: string): SlashText | undefined {
  const [, name, argument] = /^\/([a-z-]*)(?:\s+([^]*))?$/i.exec(text) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), argument: (argument ?? '').trim() };
}

const MAX_NEAREST = 3;

/** The names that a mistyped one may stand for, nearest first. */
export function nearestNames(wanted: string, names: readonly string[]): string[] {
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, away: name.startsWith(wanted) ? 0 : distance(wanted, name) }))
    .filter(({ away }) => away <= limit)
    .sort((one, other) => one.away - other.away)
    .slice(0, MAX_NEAREST)
    .map(({ name }) => name);
}

/** `/a, /b or /c` */
export function inWords(names: readonly string[]): string {
  const [others, last = ''] = [names.slice(0, -1), names.at(-1)];
  return others.length === 0 ? last : `${others.join(', ')} or ${last}`;
}
