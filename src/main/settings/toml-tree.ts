import { TomlDocument } from '@decimalturn/toml-patch';

/** Where something stands in a text, in UTF-16 units. */
export type Span = { readonly start: number; readonly end: number };

/** A key with its value. `path` is whole, from the top of the file. */
export type Pair = {
  readonly path: readonly string[];
  /** Where each part of the key as written begins; `a.b` has two. */
  readonly parts: readonly number[];
  readonly key: Span;
  readonly value: Value;
};

export type Value = Span &
  (
    | { readonly type: 'plain' }
    | { readonly type: 'array'; readonly items: readonly Value[] }
    | { readonly type: 'inline-table'; readonly pairs: readonly Pair[] }
  );

/** A header with what follows it up to the next one. The first table has no header: it is the top of the file. */
export type TableNode = {
  readonly path: readonly string[];
  readonly parts: readonly number[];
  readonly header: Span | undefined;
  /** Written `[[path]]`. */
  readonly isListItem: boolean;
  readonly pairs: readonly Pair[];
  /** In the order of the text, those within arrays too. */
  readonly comments: readonly Span[];
};

/** The structure of a TOML text that can be parsed. Throws where it cannot. */
export function readTree(text: string): readonly TableNode[] {
  // The library marks the tree as internal, so its shape is written down below; its version is pinned, and tests would see a change.
  const blocks = new TomlDocument(text).cst as unknown as readonly Block[];
  const lineStarts = [0, ...text.matchAll(/\n/g).map(({ index }) => index + 1)];
  const spanOf = ({ loc: { start, end } }: Node): Span => ({
    start: (lineStarts[start.line - 1] ?? 0) + start.column,
    end: (lineStarts[end.line - 1] ?? 0) + end.column,
  });
  const partsOf = (key: KeyNode) =>
    [...key.raw.matchAll(KEY_PART)].map((part) => spanOf(key).start + part.index);

  function toPair(node: KeyValueNode, parent: readonly string[]): Pair {
    const path = [...parent, ...node.key.value];
    return { path, parts: partsOf(node.key), key: spanOf(node.key), value: toValue(node.value, path) };
  }

  function toValue(node: ValueNode, path: readonly string[]): Value {
    const items = node.items?.map(({ item }) => item) ?? [];
    if (node.type === 'InlineTable') {
      const pairs = items.filter((item) => 'key' in item).map((item) => toPair(item, path));
      return { ...spanOf(node), type: 'inline-table', pairs };
    }
    if (node.type !== 'InlineArray') return { ...spanOf(node), type: 'plain' };
    const values = items.filter((item) => !('key' in item));
    return { ...spanOf(node), type: 'array', items: values.map((item) => toValue(item, path)) };
  }

  function toTable(rows: readonly RowNode[], header?: HeaderNode): TableNode {
    const path = header?.key.item.value ?? [];
    return {
      path,
      parts: header ? partsOf(header.key.item) : [],
      header: header && spanOf(header.key),
      isListItem: header?.type === 'TableArray',
      pairs: rows.flatMap((row) => (row.type === 'KeyValue' ? [toPair(row, path)] : [])),
      comments: rows.flatMap((row) => (row.type === 'Comment' ? [spanOf(row)] : [])).sort(byStart),
    };
  }

  const isHeader = (block: Block) => block.type === 'Table' || block.type === 'TableArray';
  const top = toTable(blocks.filter((block): block is RowNode => !isHeader(block)));
  const headed = blocks.flatMap((block) => ('items' in block ? [toTable(block.items, block)] : []));
  return [top, ...headed];
}

/** A pair and all that lie in its inline tables. */
export function pairsIn(pairs: readonly Pair[]): readonly Pair[] {
  return pairs.flatMap((pair) => [
    pair,
    ...(pair.value.type === 'inline-table' ? pairsIn(pair.value.pairs) : []),
  ]);
}

const byStart = (one: Span, other: Span) => one.start - other.start;

/** A part of a dotted key: in double quotes, in single quotes, or bare. */
const KEY_PART = /"(?:[^"\\]|\\.)*"|'[^']*'|[^\s."']+/g;

/* What is read of the library's tree. Lines count from 1, columns from 0. */
type Place = { readonly line: number; readonly column: number };
type Node = { readonly loc: { readonly start: Place; readonly end: Place } };
type KeyNode = Node & { readonly raw: string; readonly value: readonly string[] };
type KeyValueNode = Node & {
  readonly type: 'KeyValue';
  readonly key: KeyNode;
  readonly value: ValueNode;
};
type ValueNode = Node & {
  readonly type: string;
  readonly items?: readonly { readonly item: ValueNode | KeyValueNode }[];
};
type RowNode = KeyValueNode | (Node & { readonly type: 'Comment' });
type HeaderNode = Node & {
  readonly type: 'Table' | 'TableArray';
  readonly key: Node & { readonly item: KeyNode };
  readonly items: readonly RowNode[];
};
type Block = RowNode | HeaderNode;
