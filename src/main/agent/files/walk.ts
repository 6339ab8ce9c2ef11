import { readdirSync, type Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { isIgnored, rulesAround, rulesOf, type IgnoreRules, type IgnoreTexts } from './ignore-rules.ts';

/** Left out wherever they lie, unless the walk starts within: not the person's own work, and huge. */
const LEFT_OUT = new Set(['.git', '.hg', '.svn', 'node_modules']);

export type Entry = {
  /** Absolute. */
  readonly path: string;
  /** Folders between it and the start, from 1. */
  readonly depth: number;
  readonly type: 'file' | 'folder' | 'link' | 'other';
  /** Left out by an ignore file or by name: told with a folder's entries, never entered. */
  readonly isLeftOut: boolean;
};

export type WalkOptions = {
  readonly folder: string;
  readonly maxDepth?: number;
  /** Absolute path of a folder that is never told. */
  readonly hidden: string;
  readonly texts?: IgnoreTexts;
  /** Called for each folder whose entries could be read, before they are told. */
  readonly listed?: (folder: string) => void;
};

/** All that lies in a folder, nearest first and by name, links told and never followed. Folders that cannot be read are passed over. */
export function* walk(options: WalkOptions): Generator<Entry, void, undefined> {
  const { folder, maxDepth = Infinity, hidden, texts = new Map(), listed } = options;
  let level: { path: string; rules: IgnoreRules | undefined }[] = [
    { path: folder, rules: rulesAround(folder, texts) },
  ];
  for (let depth = 1; level.length > 0 && depth <= maxDepth; depth++) {
    const next: typeof level = [];
    for (const { path: parent, rules } of level) {
      const children = listFolder(parent);
      if (!children) continue;
      listed?.(parent);
      for (const child of children) {
        const path = join(parent, child.name);
        if (path === hidden) continue;
        const type = typeOf(child);
        const isLeftOut = LEFT_OUT.has(basename(path)) || isIgnored(path, type === 'folder', rules);
        yield { path, depth, type, isLeftOut };
        if (type === 'folder' && !isLeftOut) next.push({ path, rules: rulesOf(path, rules, texts) });
      }
    }
    level = next;
  }
}

function listFolder(path: string): Dirent[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

function typeOf(entry: Dirent): Entry['type'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
