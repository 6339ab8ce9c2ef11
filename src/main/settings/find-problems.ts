import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import {
  modelReference,
  OFFLINE_GUIDE,
  splitReference,
  type ModelReference,
  type ProviderKind,
} from '../../shared/models.ts';
import { byPosition, isTable, placesIn, type Table } from './parse-toml.ts';
import { fileSchema, schemaAt, type FileContent, type Path } from './schema.ts';
import type { SettingsProblem } from './types.ts';

/** A problem before its place is looked up. Its message names keys that Carrel knows, and nothing else of the file. */
type Finding = Pick<SettingsProblem, 'severity' | 'message'> & {
  readonly path: Path;
  readonly at: 'key' | 'value';
};

/**
 * Without these a provider would ask another server, or a profile run another program, than the person meant: when one is
 * wrong, the whole table is left out.
 */
const DECISIVE: Readonly<Record<string, readonly PropertyKey[]>> = {
  providers: ['kind', 'api_key', 'base_url', 'enabled', 'region', 'project', 'api_version'],
  profiles: ['command', 'args', 'env'],
};

/** Each has its own server or resource, which only the person knows. */
const KINDS_WITHOUT_ADDRESS: ReadonlySet<ProviderKind> = new Set(['openai-compatible', 'azure']);

const MOST_NEAREST = 3;

/** What holds when all that is wrong or unknown is taken out of the table, and what that was. Changes the table. */
export function findProblems(
  text: string,
  table: Table,
  builtInModes: readonly string[],
): { content: FileContent; problems: SettingsProblem[] } {
  const schema = fileSchema.superRefine((content, context) => {
    for (const { path, message } of [...modeFaults(content, builtInModes), ...aliasFaults(content)]) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });
  let findings = removeReservedNames(table);
  const writtenProviders = Object.keys(table['providers'] ?? {});
  for (;;) {
    const parsed = schema.safeParse(table);
    if (parsed.success) {
      const all = findings.concat(providerFaults(parsed.data, writtenProviders));
      return { content: parsed.data, problems: locate(text, all) };
    }
    const { issues } = parsed.error;
    findings = findings.concat(issues.flatMap((issue) => describe(issue, table)));
    for (const path of issues.flatMap((issue) => pathsToRemove(issue, table))) remove(table, path);
  }
}

/** Names that every object has mean something to programs, and none of them is a setting's. */
function removeReservedNames(table: Table, parent: Path = []): Finding[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const path = [...parent, key];
    if (key in Object.prototype) {
      Reflect.deleteProperty(table, key);
      return [{ severity: 'error', message: 'This name cannot be used; choose another.', path, at: 'key' }];
    }
    return isTable(value) ? removeReservedNames(value, path) : [];
  });
}

function describe(issue: z.core.$ZodIssue, table: Table): Finding[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      return { severity: 'warning', message: unknownKey(path, key), path: [...path, key], at: 'key' };
    });
  }
  if (issue.code === 'invalid_key') {
    const [own] = issue.issues;
    if (path[0] === 'keys' && own) return [{ severity: 'warning', message: own.message, path, at: 'key' }];
    return [{ severity: 'error', message: wrongName(path.slice(0, -1)), path, at: 'key' }];
  }
  const message = issue.code === 'custom' ? issue.message : wrongValue(settingOf(path), table);
  return [{ severity: 'error', message, path, at: 'value' }];
}

/** An unknown key is not named: it may be a value that slipped. */
function unknownKey(path: Path, key: string): string {
  const schema = schemaAt(path);
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const where = path.length === 0 ? 'Unknown table' : `Unknown key in ${nameOf(path)}`;
  return `${where}; the nearest known one is "${closest(key, known)}".`;
}

/** Nor is a name that is not allowed. */
function wrongName(path: Path): string {
  const schema = schemaAt(path);
  const expected = schema instanceof z.ZodRecord ? descriptionOf(schema.keyType) : 'another';
  return `A name in ${nameOf(path)} must be ${expected}.`;
}

function wrongValue(path: Path, table: Table): string {
  const missing = valueAt(table, path) === undefined ? 'is missing; it ' : '';
  return `${nameOf(path)} ${missing}must be ${descriptionOf(schemaAt(path))}.`;
}

function descriptionOf(schema: z.core.$ZodType): string {
  return z.globalRegistry.get(schema)?.description ?? 'a table';
}

function modeFaults({ defaults, modes, profiles }: FileContent, builtInModes: readonly string[]) {
  const names = [...new Set([...builtInModes, ...Object.keys(modes)])];
  const unusable = names.filter((name) => !builtInModes.includes(name) && modes[name]?.prompt === undefined);
  const faults = unusable.map((name) => {
    const path = ['modes', name];
    return {
      path,
      message: `${nameOf([...path, 'prompt'])} is missing; only a built-in mode can do without.`,
    };
  });
  const named = Object.entries(profiles).map(([name, { mode }]) => ({
    path: ['profiles', name, 'mode'],
    mode,
  }));
  const unknown = [{ path: ['defaults', 'mode'], mode: defaults.mode }, ...named].flatMap(
    ({ path, mode }) => {
      if (mode === undefined || names.includes(mode)) return [];
      const nearest = closest(mode, names);
      return [
        { path, message: `${nameOf(path)} must be the name of a mode; the nearest one is "${nearest}".` },
      ];
    },
  );
  return [...faults, ...unknown];
}

/** What a model's name in settings stands for; undefined for an alias that there is not. */
export function modelOf(
  name: string,
  aliases: Readonly<Record<string, ModelReference>>,
): ModelReference | undefined {
  return modelReference.safeParse(name).data ?? (Object.hasOwn(aliases, name) ? aliases[name] : undefined);
}

function modelsIn(table: 'modes' | 'profiles', entries: Readonly<Record<string, { model?: string }>>) {
  return Object.entries(entries).map(([name, { model }]) => ({ path: [table, name, 'model'], model }));
}

function aliasFaults({ defaults, modes, profiles, aliases }: FileContent) {
  const named = [...modelsIn('modes', modes), ...modelsIn('profiles', profiles)];
  return [{ path: ['defaults', 'model'], model: defaults.model }, ...named].flatMap(({ path, model }) => {
    if (model === undefined || modelOf(model, aliases) !== undefined) return [];
    const names = Object.keys(aliases)
      .sort((one, other) => distance(model, one) - distance(model, other))
      .slice(0, MOST_NEAREST)
      .map((name) => `"${name}"`);
    const hint = names.length > 0 ? `the nearest: ${names.join(', ')}` : 'none is defined in [aliases]';
    return [{ path, message: `${nameOf(path)} must be ${descriptionOf(schemaAt(path))}; ${hint}.` }];
  });
}

/** What is reported and kept: a model or provider that cannot be used yet is shown with the reason. */
function providerFaults(content: FileContent, writtenProviders: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  const ids = new Set([...writtenProviders, splitReference(OFFLINE_GUIDE).provider]);
  const check = (name: string | undefined, path: Path) => {
    const model = modelReference.safeParse(name).data;
    if (model === undefined || ids.has(splitReference(model).provider)) return;
    const message = `${nameOf(path)} names a provider that is not configured.`;
    findings.push({ severity: 'warning', message, path, at: 'value' });
  };
  check(content.defaults.model, ['defaults', 'model']);
  const named = [...modelsIn('modes', content.modes), ...modelsIn('profiles', content.profiles)];
  for (const { path, model } of named) check(model, path);
  for (const [name, model] of Object.entries(content.aliases)) check(model, ['aliases', name]);
  for (const [id, { kind, base_url: baseUrl }] of Object.entries(content.providers)) {
    if (!KINDS_WITHOUT_ADDRESS.has(kind) || baseUrl !== undefined) continue;
    const path = ['providers', id, 'base_url'];
    const message = `${nameOf(path)} is missing; the kind "${kind}" has no address of its own.`;
    findings.push({ severity: 'error', message, path, at: 'value' });
  }
  return findings;
}

/** An element of a list stands and falls with the list. */
function settingOf(path: Path): Path {
  const element = path.findIndex((key) => typeof key === 'number');
  return element < 0 ? path : path.slice(0, element);
}

/** What is wrong goes; a table goes with a key that it cannot do without. So each pass takes something away, and an end comes. */
function pathsToRemove(issue: z.core.$ZodIssue, table: Table): Path[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...issue.path, key]);
  const setting = settingOf(issue.path);
  const [top, , key = ''] = setting;
  // Half of a key would count where the person did not mean it to.
  if (top === 'keys' || DECISIVE[String(top)]?.includes(key)) return [setting.slice(0, 2)];
  return [valueAt(table, setting) === undefined ? setting.slice(0, -1) : setting];
}

function remove(table: Table, path: Path): void {
  const parent = valueAt(table, path.slice(0, -1));
  if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, path.at(-1) ?? '');
}

function valueAt(table: Table, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Table | undefined)?.[String(key)], table);
}

/** A path as one writes it in TOML. */
function nameOf(path: Path): string {
  return path
    .map(String)
    .map((key) => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key)))
    .join('.');
}

/** In the order of the file. What is missing is placed where its table begins. */
function locate(text: string, findings: readonly Finding[]): SettingsProblem[] {
  if (findings.length === 0) return [];
  const places = placesIn(text);
  const placeOf = (path: Path) => places.get(JSON.stringify(path));
  return findings
    .map(({ severity, message, path, at }) => {
      const found = placeOf(path);
      const parents = path.map((_, index) => placeOf(path.slice(0, path.length - 1 - index))?.key);
      const nearest = parents.find((position) => position !== undefined) ?? { line: 1, column: 1 };
      const position = (at === 'value' ? found?.value : undefined) ?? found?.key ?? nearest;
      return { severity, message, ...position };
    })
    .sort(byPosition);
}
