import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editToml } from './edit-toml.ts';
import { isTable, parseToml } from './parse-toml.ts';
import type { SettingsChange } from './types.ts';

const example = readFileSync(new URL('../../../settings.toml.example', import.meta.url), 'utf8');

/** Of `defaults.model = "a/b"`; undefined takes the key out. */
function change(path: string, value: SettingsChange['value']): SettingsChange {
  return { path: path.split('.'), value };
}

function edit(text: string, ...changes: SettingsChange[]): string {
  const edited = editToml(text, changes);
  if (!edited.ok) throw new Error(edited.error);
  return edited.value;
}

/** Lines that are new, and lines that are gone, each with its number. */
function difference(before: string, after: string): { added: string[]; removed: string[] } {
  const numbered = (text: string, other: string) =>
    text
      .split('\n')
      .flatMap((line, index) => (other.split('\n').includes(line) ? [] : [`${index + 1} ${line}`]));
  return { added: numbered(after, before), removed: numbered(before, after) };
}

const places: [name: string, before: string, changes: SettingsChange[], after: string][] = [
  [
    'behind the last key of its table, before comments of the next',
    '[providers.a]\nkind = "openai" # why\n\n# about b\n[providers.b]\n',
    [change('providers.a.enabled', false)],
    '[providers.a]\nkind = "openai" # why\nenabled = false\n\n# about b\n[providers.b]\n',
  ],
  [
    'below the comment that shows it',
    '[defaults]\n# Why.\n#model = "x/y"\nmode = "ask"\n\n#[providers.a]\n#kind = "openai"\n',
    [change('defaults.model', 'a/b'), change('defaults.kind', 'x')],
    '[defaults]\n# Why.\n#model = "x/y"\nmodel = "a/b"\nmode = "ask"\nkind = "x"\n\n#[providers.a]\n#kind = "openai"\n',
  ],
  [
    'in a new table after its siblings',
    '[providers.a]\nkind = "openai"\n# of a\n\n# about t\n[terminal]\nfont_size = 14\n',
    [change('providers.b.kind', 'xai'), change('providers.b.enabled', true)],
    '[providers.a]\nkind = "openai"\n# of a\n\n[providers.b]\nkind = "xai"\nenabled = true\n\n# about t\n[terminal]\nfont_size = 14\n',
  ],
  [
    'in a new table between tables without a line between them',
    '[providers.a]\nkind = "openai"\n# about t\n[terminal]\n',
    [change('providers.b.kind', 'xai')],
    '[providers.a]\nkind = "openai"\n\n[providers.b]\nkind = "xai"\n\n# about t\n[terminal]\n',
  ],
  [
    'in a new table at the end',
    '# Only a comment',
    [change('defaults.model', 'a/b')],
    '# Only a comment\n\n[defaults]\nmodel = "a/b"',
  ],
  ['in an empty file', '', [change('a.b', 1)], '[a]\nb = 1\n'],
  [
    'among dotted keys',
    'providers.a.kind = "openai" # x\n\n[defaults]\n',
    [change('providers.a.enabled', false), change('providers.b.kind', 'xai')],
    'providers.a.kind = "openai" # x\nproviders.a.enabled = false\nproviders.b.kind = "xai"\n\n[defaults]\n',
  ],
  [
    'in inline tables',
    'a = {}\nb = { x = 1 } # b\nc = {\n  x = 1, # x\n}\n',
    [change('a.y', 1), change('b.y', 2), change('c.y', 3), change('b.z.u', 4)],
    'a = { y = 1 }\nb = { x = 1, y = 2, z.u = 4 } # b\nc = {\n  x = 1, y = 3, # x\n}\n',
  ],
  [
    'beside a table that only its own tables name',
    '[providers.a.headers]\nX = "1"\n',
    [change('providers.a.kind', 'xai')],
    '[providers.a.headers]\nX = "1"\n\n[providers.a]\nkind = "xai"\n',
  ],
  [
    'with quotes where a name needs them',
    '[providers."my id"]\n"kind" = "xai"\n',
    [
      { path: ['providers', 'my id', 'enabled'], value: true },
      { path: ['providers', 'é', 'kind'], value: 'xai' },
    ],
    '[providers."my id"]\n"kind" = "xai"\nenabled = true\n\n[providers."é"]\nkind = "xai"\n',
  ],
  [
    'with the indentation and line ends of the file',
    '\uFEFF[a]\r\n  x = 1 # x\r\n  y = """\r\ntext"""',
    [change('a.z', 2)],
    '\uFEFF[a]\r\n  x = 1 # x\r\n  y = """\r\ntext"""\r\n  z = 2',
  ],
];

it.each(places)('writes a new key %s', (_name, before, changes, after) => {
  expect(edit(before, ...changes)).toBe(after);
});

const values: [name: string, before: string, path: string, value: SettingsChange['value'], after: string][] =
  [
    ['a text', 'a.b = "x"  # why', 'a.b', 'y', 'a.b = "y"  # why'],
    ['a literal text', "[a]\nb = 'x'", 'a.b', 'y"z', "[a]\nb = 'y\"z'"],
    ['a literal text that cannot hold it', "[a]\nb = 'x'", 'a.b', "y'z", '[a]\nb = "y\'z"'],
    ['a long text', '[a]\nb = """\nx\n"""\nc = 1', 'a.b', 'y', '[a]\nb = "y"\nc = 1'],
    ['a number', '[a]\nb = 1_000 # 1', 'a.b', 0.5, '[a]\nb = 0.5 # 1'],
    ['a list', '[a]\nb = [\n  "x",\n]\n', 'a.b', ['y', 'z'], '[a]\nb = ["y", "z"]\n'],
    ['a table', '[a]\nb = "x" # 1', 'a.b', { c: 'y', d: ['z'] }, '[a]\nb = { c = "y", d = ["z"] } # 1'],
    [
      'a list of tables',
      '[a]\nb = [{ c = 1 }, "x"]',
      'a.b',
      ['y', { c: 'z' }],
      '[a]\nb = ["y", { c = "z" }]',
    ],
    ['in an inline table', 'a = { b = { c = 1 }, d = 2 }', 'a.b.c', 3, 'a = { b = { c = 3 }, d = 2 }'],
  ];

it.each(values)('changes %s in its place', (_name, before, path, value, after) => {
  expect(edit(before, change(path, value))).toBe(after);
});

const removals: [name: string, before: string, path: string, after: string][] = [
  ['with its line', '[a]\n# x\nx = 1\ny = 2', 'a.x', '[a]\n# x\ny = 2'],
  ['but not the comment behind it', '[a]\n  x = 1 # x\ny = 2', 'a.x', '[a]\n  # x\ny = 2'],
  ['first in an inline table', 'a = { x = 1, y = 2 }', 'a.x', 'a = { y = 2 }'],
  ['last in an inline table', 'a = { x = 1, y = 2 }', 'a.y', 'a = { x = 1 }'],
  ['that was the only one', 'a.x = 1\nb = 2', 'a.x', 'b = 2'],
  ['that is not there', 'a.x = 1\nb = 2', 'a.y', 'a.x = 1\nb = 2'],
];

it.each(removals)('takes out a key %s', (_name, before, path, after) => {
  expect(edit(before, change(path, undefined))).toBe(after);
});

it('puts what Settings writes where the example shows it', () => {
  const edited = edit(
    example,
    change('defaults.model', 'a/b'),
    change('providers.anthropic.kind', 'anthropic'),
    change('providers.anthropic.api_key', 'keychain:anthropic'),
  );
  const { added, removed } = difference(example, edited);
  expect([added.map((line) => line.replace(/^\d+ /, '')), removed]).toEqual([
    ['model = "a/b"', '[providers.anthropic]', 'kind = "anthropic"', 'api_key = "keychain:anthropic"'],
    [],
  ]);
  expect(edited).toContain('#model = "anthropic/claude-sonnet-5-5"\nmodel = "a/b"\n');
});

const refused: [name: string, before: string, changes: SettingsChange[], error: RegExp][] = [
  ['TOML that is broken', '[a]\nb = "sk-secret\n', [change('a.b', 1)], /not TOML.*line 2, column 15/],
  ['a table over a value', 'a = 1', [change('a.b', 'sk-secret')], /^a\.b cannot be changed/],
  ['a value in a list of tables', '[[a]]\nb = 1', [change('a.b', 'sk-secret')], /^a\.b cannot be changed/],
  ['a list with comments in it', 'a.b = [ 1, # why\n]', [change('a.b', ['sk-secret'])], /^a\.b cannot/],
  ['text that is no Unicode', '', [change('a.b', '\uD800')], /^a\.b cannot be changed/],
  ['a number that there is not', '', [change('a.b', Infinity)], /^a\.b cannot be changed/],
  ['the second of two', '[a]\nb = 1', [change('a.c', 1), change('a.b.c', 1)], /^a\.b\.c cannot be changed/],
];

it.each(refused)('refuses %s, and names no value', (_name, before, changes, error) => {
  const edited = editToml(before, changes);
  expect(edited).toMatchObject({ ok: false, error: expect.stringMatching(error) as string });
  expect(JSON.stringify(edited)).not.toContain('sk-secret');
});

it('edits a file of 1 MB in moments', () => {
  const text = Array.from(
    { length: 10_000 },
    (_, index) => `[providers.p${index}]\nkind = "xai" # ${'x'.repeat(60)}\n`,
  );
  const edited = edit(text.join('\n'), change('defaults.model', 'a/b'));
  expect(edited.endsWith('\n\n[defaults]\nmodel = "a/b"\n')).toBe(true);
}, 30_000);

describe('whatever the file looks like', { timeout: 60_000 }, () => {
  const space = fc.constantFrom('', ' ', '\t', '  ');
  const comment = fc.constantFrom('', ' # why', '# é 😀 "quotes" [x] = {', "#'''", '#b = 1');
  const name = fc.constantFrom('a', 'b', 'c', '"d e"', "'f.g'", '"\\u00e9"', 'constructor', '1');
  const scalar = fc.constantFrom(
    '1',
    '-0.0',
    '1_000',
    '0xDEAD',
    'nan',
    '-inf',
    '9223372036854775807',
    'true',
    '2020-01-01',
    '1979-05-27T07:32:00.5-07:00',
    '07:32:00',
    '"text # no comment"',
    "'literal \\ \"'",
    '"""\nmany # lines\n[x]\n"""',
    "'''\n#[a]\nb = 1'''",
    '[]',
    '[1, 2]',
    '[ # one\n  "x", # two\n\n  { y = 1 },\n]',
    '{}',
    '{ x = 1, "y z" = { u = "}" } }',
    '[[1], ["]"]]',
  );
  const line = fc
    .tuple(space, fc.array(name, { minLength: 1, maxLength: 3 }), scalar, comment)
    .map(([indent, names, value, note]) => `${indent}${names.join('.')} = ${value}${note}`);
  const header = fc
    .tuple(fc.boolean(), fc.array(name, { minLength: 1, maxLength: 3 }), comment)
    .map(([isList, names, note]) =>
      isList ? `[[${names.join(' . ')}]]${note}` : `[${names.join('.')}]${note}`,
    );
  const blank = fc.constantFrom('', '# alone', '   # indented');
  const text = fc
    .tuple(
      fc.constantFrom('', '\uFEFF'),
      fc.array(fc.oneof({ weight: 3, arbitrary: line }, header, blank), { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
    )
    .map(
      ([mark, lines, newline, isEnded]) =>
        mark + lines.join('\n').replaceAll('\n', newline) + (isEnded ? newline : ''),
    )
    .filter((each) => parseToml(each.replace('\uFEFF', '')).ok);
  const key = fc.constantFrom('a', 'b', 'c', 'd e', 'f.g', 'é', 'constructor', '1', 'new');
  const changed = fc.record({
    path: fc.array(key, { minLength: 2, maxLength: 3 }),
    value: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.constant(undefined),
    ),
  });

  const read = (each: string) => {
    const parsed = parseToml(each.replace('\uFEFF', ''));
    if (!parsed.ok) throw new Error(`${parsed.error.message} in ${each}`);
    return parsed.value;
  };
  const valueAt = (table: unknown, path: readonly string[]): unknown =>
    path.reduce<unknown>((value, part) => (isTable(value) ? value[part] : undefined), table);
  /** All that is left when the value at a path and the tables that hold nothing else are taken away. */
  const without = (table: unknown, [first = '', ...rest]: readonly string[]): unknown => {
    if (!isTable(table)) return table;
    const { [first]: child, ...others } = table;
    const left = rest.length > 0 && child !== undefined ? without(child, rest) : undefined;
    const isEmpty = left === undefined || (typeof left === 'object' && Object.keys(left ?? {}).length === 0);
    return isEmpty ? others : { ...others, [first]: left };
  };
  const nonBlank = (each: string) => each.split(/\r?\n/).filter((row) => row.trim() !== '');

  it('changes the one value and nothing else, or refuses', () => {
    let edits = 0;
    fc.assert(
      fc.property(text, changed, (before, wanted) => {
        const edited = editToml(before, [wanted]);
        if (!edited.ok) return;
        edits += 1;
        const after = edited.value;
        expect(valueAt(read(after), wanted.path)).toEqual(wanted.value);
        expect(without(read(after), wanted.path)).toEqual(without(read(before), wanted.path));
        expect(after.startsWith('\uFEFF')).toBe(before.startsWith('\uFEFF'));
        expect(before.includes('\r\n') && /(?<!\r)\n/.test(after)).toBe(false);
      }),
      { numRuns: 1500 },
    );
    expect(edits).toBeGreaterThan(1000);
  });

  it('keeps every other line, in its order, when a key is new', () => {
    fc.assert(
      fc.property(text, changed, (before, { path, value = 1 }) => {
        const wanted = { path: [...path, 'fresh'], value };
        const edited = editToml(before, [wanted]);
        if (!edited.ok) return;
        const rows = nonBlank(edited.value);
        // A line of an inline table is itself made longer.
        const kept = nonBlank(before).filter((row) => !/[{}]/.test(row));
        let from = 0;
        for (const row of kept) {
          const index = rows.indexOf(row, from);
          expect(index).toBeGreaterThanOrEqual(from);
          from = index + 1;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes a second edit after the first, as if both came at once', () => {
    fc.assert(
      fc.property(text, changed, changed, (before, one, other) => {
        const both = editToml(before, [one, other]);
        const first = editToml(before, [one]);
        expect(first.ok ? editToml(first.value, [other]) : first).toEqual(both);
      }),
      { numRuns: 500 },
    );
  });
});
