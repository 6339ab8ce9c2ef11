import { parse } from '@decimalturn/toml-patch';
import { err, ok, type Result } from '../../shared/result.ts';
import { readTree, type Pair, type Value } from './toml-tree.ts';
import type { SettingsProblem } from './types.ts';

export type Table = { [key: string]: unknown };

/** `line` and `column` count from 1. */
export type Position = { readonly line: number; readonly column: number };

/** Reads TOML. Tables have no prototype, so that no name in the text means anything to a program. */
export function parseToml(text: string): Result<Table, SettingsProblem> {
  try {
    return ok(parse(text) as Table);
  } catch (error) {
    return err({ severity: 'error', ...problemOf(error, text) });
  }
}

/** Lists and dates are objects too, but have a prototype. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
}

function problemOf(error: unknown, text: string): Omit<SettingsProblem, 'severity'> {
  const { line, column, message } = error as Partial<Position> & { message: string };
  if (line === undefined || column === undefined) {
    // The parser's stack overflows at some thousand brackets within one another.
    return { message: 'This is not TOML: it cannot be read.', line: 1, column: 1 };
  }
  const [, words] = FAULTS.find(([pattern]) => pattern.test(message)) ?? [];
  const place = { line, column: column + 1 };
  return {
    message: `This is not TOML: ${words ?? 'something here cannot be read'}.`,
    ...(words === NO_VALUE ? endBefore(text, message.endsWith('EOF') ? undefined : place) : place),
  };
}

const NO_VALUE = 'a value is missing';

/** What the parser says, which may quote the text, in words that do not. The first that fits counts. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/already defined|already exists|redefine|duplicate/i, 'this is there twice'],
  [/Value must be on same line|Expected value/, NO_VALUE],
  [/Expected "=" for key-value|Missing key/, 'a key and its value stand on one line, as key = value'],
  [/Use '=' to separate/, 'a key and its value are parted by =, not by :'],
  [/not allowed in basic strings|Unterminated|Expected close of string/i, 'a text is not closed'],
  [/escape/i, 'a backslash in a text stands before a letter that it does not go with'],
  [/separated by a newline|Extra content/, 'the line goes on after its end'],
  [/comma/, 'a comma is missing or one too many'],
  [/closing|Expected "[\]}]|brackets/, 'a bracket is not closed'],
  [/day|month|year|hour|minute|second|time|date/i, 'this date or time does not exist'],
  [/integer|float|number|digit|underscore|zeros/i, 'this is no number; a text stands in quotes'],
  [/Control char|Standalone CR|Unexpected char/, 'a character that may not stand here'],
];

/** The parser stumbles over what follows; the value is missed where the text before it ends. */
function endBefore(text: string, place: Position | undefined): Position {
  const lines = text.split('\n').slice(0, place?.line);
  if (place) lines.push(lines.pop()?.slice(0, place.column - 1) ?? '');
  const before = lines.join('\n').trimEnd();
  return positionsIn(before)(before.length);
}

/** Orders by where in the text. */
export function byPosition(one: Position, other: Position): number {
  return one.line - other.line || one.column - other.column;
}

/** Where the last key of a path stands, and its value. A key that only table headers name has no value of its own. */
type Place = { readonly key: Position; readonly value?: Position };

/** The places of all keys and values, by their path as JSON. */
export function placesIn(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const positionOf = positionsIn(text);
  for (const { path, parts, pairs } of readTree(text)) {
    for (const [index, start] of parts.entries()) add(path.slice(0, index + 1), { key: positionOf(start) });
    for (const pair of pairs) visitPair(pair);
  }
  return places;

  function visitPair({ path, parts, value }: Pair): void {
    for (const [index, start] of parts.entries()) {
      const depth = path.length - parts.length + index + 1;
      const key = positionOf(start);
      add(path.slice(0, depth), depth === path.length ? { key, value: positionOf(value.start) } : { key });
    }
    visitValue(value, path);
  }

  function visitValue(value: Value, path: readonly (string | number)[]): void {
    if (value.type === 'inline-table') for (const pair of value.pairs) visitPair(pair);
    if (value.type !== 'array') return;
    for (const [index, item] of value.items.entries()) {
      const position = positionOf(item.start);
      add([...path, index], { key: position, value: position });
      visitValue(item, [...path, index]);
    }
  }

  /** The first mention of a table counts. */
  function add(path: readonly (string | number)[], place: Place): void {
    const name = JSON.stringify(path);
    if (!places.has(name)) places.set(name, place);
  }
}

/** From places in a text, counted from 0, to lines and columns. */
function positionsIn(text: string): (offset: number) => Position {
  const lineStarts = [0, ...text.matchAll(/\n/g).map(({ index }) => index + 1)];
  return (offset) => {
    let [low, high] = [0, lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
  };
}
