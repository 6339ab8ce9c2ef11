import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { walk } from '../../files/walk.ts';
import { matchPaths, searchable, type SearchablePath } from '../match-paths.ts';
import type { FindQuestion } from './types.ts';

/** Of one folder: more than a project has. What lies nearest comes first, so that a home folder shows what is at hand. */
const MAX_PATHS = 100_000;
/** A slow disk gives what it has given by then. */
const MAX_WALK_MS = 3_000;
/** What was found holds while someone types, and no longer: files come and go. */
const FRESH_MS = 5_000;

type Index = { readonly paths: readonly SearchablePath[]; usedAt: number };

/** Finds paths for one `@` after the other; of each folder it looks through the files once while someone types. */
export class PathFinder {
  readonly #indexes = new Map<string, Index>();

  find({ folder, query, limit, hidden, home }: FindQuestion): string[] {
    const literal = isWritten(query) ? listWritten(query, { folder, hidden, home }) : [];
    const found = /^[~/]|^\.\.?(?:\/|$)/.test(query)
      ? []
      : matchPaths(this.#pathsOf(folder, hidden), query, limit);
    return [...new Set([...literal, ...found])].slice(0, limit);
  }

  #pathsOf(folder: string, hidden: string): readonly SearchablePath[] {
    const now = performance.now();
    const known = this.#indexes.get(folder);
    if (known && now - known.usedAt < FRESH_MS) {
      known.usedAt = now;
      return known.paths;
    }
    const paths = listPaths(folder, hidden);
    this.#indexes.clear();
    this.#indexes.set(folder, { paths, usedAt: performance.now() });
    return paths;
  }
}

function listPaths(folder: string, hidden: string): SearchablePath[] {
  const paths: SearchablePath[] = [];
  const end = performance.now() + MAX_WALK_MS;
  for (const { path, type, isLeftOut } of walk({ folder, hidden })) {
    if (isLeftOut || type === 'other') continue;
    paths.push(searchable(relative(folder, path).split(sep).join('/') + (type === 'folder' ? '/' : '')));
    if (paths.length === MAX_PATHS || performance.now() > end) break;
  }
  return paths;
}

/** A path as one writes it, and no words to search for: what lies there is told even where an ignore file leaves it out. */
function isWritten(query: string): boolean {
  return query.includes('/') || /^[~.]/.test(query);
}

function listWritten(
  query: string,
  { folder, hidden, home }: Pick<FindQuestion, 'folder' | 'hidden' | 'home'>,
): string[] {
  const written = query === '~' || query === '..' ? `${query}/` : query;
  const cut = written.lastIndexOf('/') + 1;
  const [before, name] = [written.slice(0, cut), written.slice(cut).toLowerCase()];
  const place = resolve(folder, before.startsWith('~/') ? join(home, before.slice(1)) : before || '.');
  if (place === hidden || place.startsWith(hidden + sep)) return [];
  return entriesOf(place)
    .filter(
      (entry) => entry.name.toLowerCase().startsWith(name) && (name !== '' || !entry.name.startsWith('.')),
    )
    .filter((entry) => join(place, entry.name) !== hidden)
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((entry) => before + entry.name + (isFolder(place, entry) ? '/' : ''));
}

function entriesOf(place: string) {
  try {
    return readdirSync(place, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isFolder(place: string, entry: ReturnType<typeof entriesOf>[number]): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(join(place, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}
