import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { appCommandIds, isAppCommandId } from '../../shared/app-commands.ts';
import type { KeyBinding } from '../../shared/key-bindings.ts';
import { parseKeys, type TextFault } from '../../shared/keys.ts';
import { parseWhen } from '../../shared/when.ts';
import { isTable } from './parse-toml.ts';

const MOST_NEAREST = 3;

/** The id of a command, as a key of `[keys]`. */
export const commandName = z.string().superRefine((id, context) => {
  if (!isAppCommandId(id)) context.addIssue({ code: 'custom', message: unknownCommand(id) });
});

function unknownCommand(id: string): string {
  // `tab.new = …` without quotes makes a table "tab".
  const part = appCommandIds.find((known) => known.startsWith(`${id}.`));
  if (part !== undefined) return `The name of a command stands in quotes, as "${part}".`;
  const nearest = appCommandIds
    .toSorted((one, other) => distance(id, one) - distance(id, other))
    .slice(0, MOST_NEAREST)
    .map((known) => `"${known}"`);
  return `There is no command of this name; the nearest are ${nearest.join(', ')}.`;
}

/** The keys of a command: a text, a table with `key` and `when`, a list of them, or an empty text for none. */
export const keySetting = z.unknown().transform((value, context): KeyBinding[] => {
  const report: Report = (message, path) => context.addIssue({ code: 'custom', message, path: [...path] });
  if (value === '') return [];
  if (!Array.isArray(value)) return [readBinding(value, [], report)];
  return value.map((each: unknown, index) => readBinding(each, [index], report));
});

type Path = readonly (string | number)[];
type Report = (message: string, path: Path) => void;

const EXPECTED = 'a text as "Ctrl+Shift+T", or a table as { key = "Ctrl+Shift+T", when = "terminal" }';

function readBinding(value: unknown, path: Path, report: Report): KeyBinding {
  if (typeof value === 'string') return { key: readKey(value, path, report) };
  const { key, when, ...others }: Record<string, unknown> = isTable(value) ? value : {};
  const unknown = Object.keys(others);
  if (typeof key !== 'string') report(`A key is ${EXPECTED}.`, path);
  else if (unknown[0] !== undefined) report('Beside a key stands only "when".', [...path, unknown[0]]);
  else if (when !== undefined && typeof when !== 'string') report('A "when" is a text.', [...path, 'when']);
  else {
    const read = { key: readKey(key, [...path, 'key'], report) };
    if (when === undefined) return read;
    const parsed = parseWhen(when);
    if (!parsed.ok) report(inWords(parsed.error), [...path, 'when']);
    return { ...read, when };
  }
  return { key: '' };
}

function readKey(text: string, path: Path, report: Report): string {
  const parsed = parseKeys(text);
  if (parsed.ok) return parsed.value;
  report(inWords(parsed.error), path);
  return '';
}

function inWords({ message, unknown }: TextFault): string {
  return unknown ? `${message} The nearest is "${closest(unknown.word, [...unknown.known])}".` : message;
}
