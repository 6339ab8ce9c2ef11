import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { loadSettings } from './load-settings.ts';
import { parseToml } from './parse-toml.ts';
import { fileSchema, schemaAt, type Path } from './schema.ts';

const builtInModes = Object.fromEntries(
  ['code', 'ask', 'plan', 'debug'].map((name) => [name, { description: name, prompt: name }]),
);
const root = new URL('../../../', import.meta.url);
const example = readFileSync(new URL('settings.toml.example', root), 'utf8');
/** Its tables are padded. */
const guide = readFileSync(new URL('docs/guide/settings.md', root), 'utf8').replaceAll(/ +/g, ' ');
/** The example with all that is switched off switched on. */
const whole = example.replaceAll(/^#(?=\S)/gm, '');

/** Every setting that the schema knows; ID stands for the names that a person chooses. */
function settingPaths(path: Path = []): Path[] {
  const schema = schemaAt(path);
  if (schema instanceof z.ZodObject)
    return Object.keys(schema.shape).flatMap((key) => settingPaths([...path, key]));
  const isNamedTable = schema instanceof z.ZodRecord && path.length === 1;
  return isNamedTable ? settingPaths([...path, 'ID']) : [path];
}

function valuesAt(table: unknown, path: Path): unknown[] {
  return path.reduce<unknown[]>(
    (values, key) => {
      const tables = values.filter((value) => typeof value === 'object' && value !== null);
      if (key === 'ID') return tables.flatMap((table) => Object.values(table));
      return tables.flatMap((table) => (key in table ? [(table as Record<PropertyKey, unknown>)[key]] : []));
    },
    [table],
  );
}

/** What the text says, without defaults. */
function parse(text: string): Record<string, unknown> {
  const parsed = parseToml(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

const paths = settingPaths();

it('knows the settings', () => {
  expect(paths.map((path) => path.join('.'))).toContain('providers.ID.base_url');
});

it('has an example without a problem that changes no default', () => {
  expect(loadSettings(example, builtInModes)).toEqual(loadSettings('', builtInModes));
});

it('has an example without a problem when everything in it is switched on', () => {
  const { settings, problems } = loadSettings(whole, builtInModes);
  const kinds = Object.values(settings.providers).map(({ kind }) => kind);
  expect([problems, kinds.toSorted()]).toEqual([
    [],
    ['anthropic', 'azure', 'google', 'ollama', 'openai', 'openai-compatible', 'openrouter', 'vertex'],
  ]);
});

const content = fileSchema.parse({
  providers: { ID: { kind: 'openai' } },
  modes: { ID: {} },
  profiles: { ID: {} },
});
/** Everything that has a default, which the kind of a provider has not. */
const defaults = { ...content, providers: { ID: { ...content.providers['ID'], kind: undefined } } };

const named = paths.map((path) => [path.join('.'), path] as const);

it.each(named)('shows %s in the example, with its default', (_name, path) => {
  expect([valuesAt(parse(whole), path).length > 0, valuesAt(parse(example), path)]).toEqual([
    true,
    valuesAt(fileSchema.parse({}), path),
  ]);
});

it.each(named)('explains %s in the guide, with its default', (name, path) => {
  const shown = name.replace(/^(modes|aliases|profiles)\.ID/, '$1.NAME').replace('keys.ID', 'keys.COMMAND');
  const start = `| \`${shown}\` | `;
  const rows = guide.split('\n').filter((line) => line.startsWith(start));
  const told = rows.flatMap((row) => /^`(.+?)` \|/.exec(row.slice(start.length))?.[1] ?? []);
  const values = told.map((value) => parse(`value = ${value}`)['value']);
  const expected = valuesAt(defaults, path).filter((value) => value !== undefined);
  expect([rows.length, values]).toEqual([1, expected]);
});
