import { isDeepStrictEqual } from 'node:util';
import { err, ok, type Result } from '../../shared/result.ts';
import { isTable, parseToml, type Table } from './parse-toml.ts';
import { pairsIn, readTree, type Pair, type Span, type TableNode } from './toml-tree.ts';
import type { SettingsChange, SettingsValue } from './types.ts';

type Path = readonly string[];

/**
 * Changes values in a TOML text and nothing else: each change is one splice, and the result is parsed and compared before it
 * is handed out. The error is for a person and names no value.
 *
 * @decimalturn/toml-patch could patch the text itself, but sets new keys far from their headers, moves comments to other keys
 * and takes a minute for a large file; so only its parser is used.
 */
export function editToml(text: string, changes: readonly SettingsChange[]): Result<string, string> {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const before = text.slice(mark.length);
  const parsed = parseToml(before);
  if (!parsed.ok) {
    const { line, column, message } = parsed.error;
    return err(`${message} (line ${line}, column ${column}) Mend it there first; nothing was written.`);
  }
  let after = before;
  for (const change of changes) {
    const next = applyChange(after, change);
    if (!isAsWanted(after, next, change)) return err(unsafe(change.path));
    after = next;
  }
  return ok(mark + after);
}

function unsafe(path: Path): string {
  return `${keyOf(path)} cannot be changed without touching something else, so nothing was written. Change it in the file itself.`;
}

/** The splice can be wrong for a text that nobody foresaw; then the texts differ in more than the one value. */
function isAsWanted(before: string, after: string, { path, value }: SettingsChange): boolean {
  const [wanted, found] = [parseToml(before), parseToml(after)];
  if (!wanted.ok || !found.ok || !set(wanted.value, path, value && parsedForm(value))) return false;
  if (value === undefined) for (const parsed of [wanted, found]) removeEmptyTables(parsed.value, path);
  return (
    isDeepStrictEqual(wanted.value, found.value) && isDeepStrictEqual(commentsIn(before), commentsIn(after))
  );
}

/** As the parser gives it: its tables have no prototype. */
function parsedForm(value: SettingsValue): unknown {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(parsedForm);
  const entries = Object.entries(value).map(([key, each]) => [key, parsedForm(each)]);
  return Object.assign(Object.create(null) as Table, Object.fromEntries(entries));
}

function set(table: Table, path: Path, value: unknown): boolean {
  const [key = '', ...rest] = path;
  if (rest.length > 0) {
    const child = (table[key] ??= Object.create(null) as Table);
    return isTable(child) && set(child, rest, value);
  }
  if (value === undefined) Reflect.deleteProperty(table, key);
  else table[key] = value;
  return true;
}

/** A table that only its last key made is gone with it. */
function removeEmptyTables(table: Table, [key = '', ...rest]: Path): void {
  const child = table[key];
  if (rest.length === 0 || !isTable(child)) return;
  removeEmptyTables(child, rest);
  if (Object.keys(child).length === 0) Reflect.deleteProperty(table, key);
}

function commentsIn(text: string): readonly string[] {
  return readTree(text).flatMap(({ comments }) => comments.map(({ start, end }) => text.slice(start, end)));
}

function applyChange(text: string, { path, value }: SettingsChange): string {
  const tables = readTree(text);
  const found = findPair(tables, path);
  if (found === undefined) return value === undefined ? text : insert(text, tables, path, written(value));
  if (value === undefined) return remove(text, found);
  return splice(text, found.pair.value, writtenAs(text.slice(found.pair.value.start), value));
}

type Found = {
  readonly pair: Pair;
  /** Those in the same inline table; undefined for a line of its own. */
  readonly neighbours: readonly Pair[] | undefined;
};

function findPair(tables: readonly TableNode[], path: Path): Found | undefined {
  const own = tables.filter(({ isListItem }) => !isListItem).flatMap(({ pairs }) => pairs);
  const line = own.find((pair) => isSame(pair.path, path));
  if (line) return { pair: line, neighbours: undefined };
  for (const { value } of pairsIn(own)) {
    const pairs = value.type === 'inline-table' ? value.pairs : [];
    const pair = pairs.find((each) => isSame(each.path, path));
    if (pair) return { pair, neighbours: pairs };
  }
  return undefined;
}

function remove(text: string, { pair, neighbours }: Found): string {
  const { start } = pair.key;
  const { end } = pair.value;
  if (neighbours) {
    const index = neighbours.indexOf(pair);
    const [previous, next] = [neighbours[index - 1], neighbours[index + 1]];
    if (next) return splice(text, { start, end: next.key.start }, '');
    return splice(text, { start: previous?.value.end ?? start, end }, '');
  }
  const lineEnd = endOfLine(text, end);
  // A comment behind it stays, in a line of its own.
  if (text.slice(end, lineEnd).trim() !== '') {
    return splice(text, { start, end: end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0) }, '');
  }
  return splice(text, { start: startOfLine(text, start), end: lineEnd }, '');
}

/** Beside what is nearest to it: in its own table, however that is written, else in a new one after its siblings. */
function insert(text: string, tables: readonly TableNode[], path: Path, value: string): string {
  const own = tables.filter(({ isListItem }) => !isListItem);
  const parent = path.slice(0, -1);
  const header = own.find((table) => table.header && isSame(table.path, parent));
  if (header) return insertLine(text, header, path, value);
  for (let depth = parent.length; depth > 0; depth -= 1) {
    const prefix = parent.slice(0, depth);
    const inline = pairsIn(own.flatMap(({ pairs }) => pairs)).find((pair) => isSame(pair.path, prefix));
    if (inline?.value.type === 'inline-table') {
      const last = inline.value.pairs.at(-1)?.value.end;
      const entry = `${keyOf(path.slice(depth))} = ${value}`;
      if (last === undefined) return splice(text, at(inline.value.start + 1), ` ${entry} `);
      return splice(text, at(last), `, ${entry}`);
    }
    // A dotted key such as `providers.a.kind` makes tables without a header.
    const dotted = own.find(
      (table) => table.path.length < depth && table.pairs.some((pair) => startsWith(pair.path, prefix)),
    );
    if (dotted) {
      const siblings = dotted.pairs.filter((pair) => startsWith(pair.path, prefix));
      return insertLine(text, { ...dotted, pairs: siblings, comments: [] }, path, value);
    }
  }
  return insertTable(text, tables, path, value);
}

/** After the comment that shows the key switched off, as the example has them, else after the table's last key. */
function insertLine(text: string, table: TableNode, path: Path, value: string): string {
  const key = keyOf(path.slice(table.path.length));
  const last = table.pairs.at(-1);
  const shown = table.comments.find((comment) => isShown(text, table, comment, key));
  const place = shown ?? (last && { start: last.key.start, end: last.value.end }) ?? table.header ?? at(0);
  const indent = /^[ \t]*/.exec(text.slice(startOfLine(text, place.start)))?.[0] ?? '';
  return addLines(text, place.end, [`${indent}${key} = ${value}`]);
}

/** Comments show keys of this table up to where they show another table, and not within a list. */
function isShown(text: string, { comments, pairs }: TableNode, { start, end }: Span, key: string): boolean {
  const shownTable = comments.find((comment) => text.startsWith('#[', comment.start));
  if (shownTable && shownTable.start < start) return false;
  if (pairs.some(({ value }) => value.start < start && start < value.end)) return false;
  const comment = text.slice(start, end);
  return comment.startsWith(`#${key}`) && /^\s*=/.test(comment.slice(key.length + 1));
}

/** After the table that shares most of its path, else at the end. */
function insertTable(text: string, tables: readonly TableNode[], path: Path, value: string): string {
  const parent = path.slice(0, -1);
  const shared = tables.map((table) => sharedLength(table.path, parent));
  const most = Math.max(...shared);
  const index = shared.lastIndexOf(most);
  const sibling = most > 0 ? tables[index] : undefined;
  const place = sibling ? endOfTable(text, sibling, tables[index + 1]) : text.length;
  const above = text.slice(0, place).trimEnd();
  const isAfterBlank = above === '' || text.slice(above.length, place).split('\n').length > 2;
  const isBeforeBlank = /^[ \t]*(\r?\n|$)/.test(text.slice(endOfLine(text, place)));
  const lines = [`[${keyOf(parent)}]`, `${keyOf(path.slice(-1))} = ${value}`];
  return addLines(text, place, [...(isAfterBlank ? [] : ['']), ...lines, ...(isBeforeBlank ? [] : [''])]);
}

/** Comments right below a table belong to it, unless the next header stands right below them. */
function endOfTable(text: string, { header, pairs }: TableNode, next: TableNode | undefined): number {
  const own = pairs.at(-1)?.value.end ?? header?.end ?? 0;
  const below = /^(?:[^\S\n]*#[^\n]*\n?)*/.exec(text.slice(endOfLine(text, own)))?.[0] ?? '';
  const end = endOfLine(text, own) + below.length;
  const isNextHeaders = next?.header && end === startOfLine(text, next.header.start);
  return below === '' || isNextHeaders ? own : end - 1;
}

/** After the line that holds the place, with the text's own line ends. */
function addLines(text: string, place: number, lines: readonly string[]): string {
  const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
  const end = endOfLine(text, place);
  const isWhole = end === 0 || text[end - 1] === '\n';
  const block = lines.join(newline);
  return splice(text, at(end), isWhole ? block + newline : newline + block);
}

function written(value: SettingsValue): string {
  if (typeof value !== 'object') return typeof value === 'string' ? quoted(value) : String(value);
  if (isList(value)) return `[${value.map(written).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${keyOf([key])} = ${written(each)}`)
    .join(', ')} }`;
}

const isList = (value: SettingsValue): value is readonly SettingsValue[] => Array.isArray(value);

/** In single quotes where the old value was, if they can hold it. */
function writtenAs(old: string, value: SettingsValue): string {
  const isLiteral = /^'(?!'')/.test(old) && typeof value === 'string' && /^[^'\p{Cc}]*$/u.test(value);
  return isLiteral ? `'${value}'` : written(value);
}

function keyOf(path: Path): string {
  return path.map((part) => (/^[\w-]+$/.test(part) ? part : quoted(part))).join('.');
}

/** What JSON quotes is a TOML text too, but for one character. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u007F', '\\u007f');
}

function splice(text: string, { start, end }: Span, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

const at = (offset: number): Span => ({ start: offset, end: offset });

const startOfLine = (text: string, offset: number) => text.slice(0, offset).lastIndexOf('\n') + 1;

/** Behind its line end. */
function endOfLine(text: string, offset: number): number {
  const index = text.indexOf('\n', offset);
  return index < 0 ? text.length : index + 1;
}

const isSame = (one: Path, other: Path) => one.length === other.length && startsWith(one, other);

const startsWith = (path: Path, prefix: Path) => prefix.every((part, index) => path[index] === part);

function sharedLength(one: Path, other: Path): number {
  const differing = one.findIndex((part, index) => part !== other[index]);
  return differing < 0 ? one.length : differing;
}
