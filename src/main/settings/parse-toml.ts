import { parse } from '@iarna/toml';
import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SettingsProblem } from './types.ts';

export type Table = { [key: string]: unknown };

/** `line` and `column` count from 1. */
export type Position = { readonly line: number; readonly column: number };

/** Reads TOML. The problem is told in the parsers' own fixed words, which hold nothing of the text. */
export function parseToml(text: string): Result<Table, SettingsProblem> {
  try {
    return ok(parse(text));
  } catch (error) {
    const stumbles = [stumbleOfTheOther(text), stumbleOf(error)].filter((stumble) => stumble !== undefined);
    const [first] = stumbles.sort(byPosition);
    const { words, ...position } = first ?? { words: 'Something in it cannot be read', line: 1, column: 1 };
    return err({ severity: 'error', message: `This is not TOML: ${words}.`, ...position });
  }
}

type Stumble = Position & { readonly words: string };

/**
 * @iarna/toml counts from 0, but the columns of the first line from 1, adds the lines around to its words, and has no place
 * for what it did not foresee.
 */
function stumbleOf(error: unknown): Stumble | undefined {
  const { line, col, message } = error as { line?: number; col?: number; message: string };
  if (line === undefined || col === undefined) return undefined;
  return { words: message.replace(/ at row [^]*/, ''), line: line + 1, column: line === 0 ? col : col + 1 };
}

/** Asked too because now the one and now the other goes on for a line before it sees a fault: the first is the nearer one. */
function stumbleOfTheOther(text: string): Stumble | undefined {
  try {
    parseTOML(text, { tomlVersion: '1.0' });
  } catch (error) {
    if (error instanceof ParseError) {
      return { words: error.message, line: error.lineNumber, column: error.column + 1 };
    }
  }
  return undefined;
}

/** Orders by where in the text. */
export function byPosition(one: Position, other: Position): number {
  return one.line - other.line || one.column - other.column;
}

/** Where the last key of a path stands, and its value. A key that only table headers name has no value of its own. */
type Place = { readonly key: Position; readonly value?: Position };

/** The places of all keys and values, by their path as JSON; empty where toml-eslint-parser cannot read the text. */
export function placesIn(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  try {
    const [top] = parseTOML(text, { tomlVersion: '1.0' }).body;
    for (const node of top.body) {
      if (node.type === 'TOMLKeyValue') visitKeyValue(node, []);
      else visitTable(node);
    }
  } catch {
    // A text of more than about 100,000 characters overflows its stack, which @iarna/toml reads without trouble.
  }
  return places;

  function visitTable(table: AST.TOMLTable): void {
    const names = table.key.keys.values();
    let key = positionOf(table);
    for (const [index, segment] of table.resolvedKey.entries()) {
      // A number counts the tables of an array and has no place of its own.
      if (typeof segment === 'string') key = positionOf(names.next().value ?? table);
      add(table.resolvedKey.slice(0, index + 1), { key });
    }
    for (const pair of table.body) visitKeyValue(pair, table.resolvedKey);
  }

  function visitKeyValue(pair: AST.TOMLKeyValue, parent: readonly (string | number)[]): void {
    const names = pair.key.keys.map((name) => (name.type === 'TOMLBare' ? name.name : name.value));
    const path = [...parent, ...names];
    for (const [index, name] of pair.key.keys.entries()) {
      const isLast = index === names.length - 1;
      const place = { key: positionOf(name), ...(isLast && { value: positionOf(pair.value) }) };
      add(path.slice(0, parent.length + index + 1), place);
    }
    visitValue(pair.value, path);
  }

  function visitValue(value: AST.TOMLContentNode, path: readonly (string | number)[]): void {
    if (value.type === 'TOMLInlineTable') for (const pair of value.body) visitKeyValue(pair, path);
    if (value.type !== 'TOMLArray') return;
    for (const [index, element] of value.elements.entries()) {
      add([...path, index], { key: positionOf(element), value: positionOf(element) });
      visitValue(element, [...path, index]);
    }
  }

  /** The first mention of a table counts. */
  function add(path: readonly (string | number)[], place: Place): void {
    const name = JSON.stringify(path);
    if (!places.has(name)) places.set(name, place);
  }
}

function positionOf({ loc: { start } }: AST.HasLocs): Position {
  return { line: start.line, column: start.column + 1 };
}
