import { dirname } from 'node:path';
import type { Scan, Stamp } from '../files/worker/types.ts';
import { mapAtOnce } from './at-once.ts';
import { isSameState, MISSING, readState } from './states.ts';
import type { Entry, State } from './types.ts';
import type { KeptScan } from './workspace-scan.ts';

/** What lies otherwise than before, by path. */
export async function changesBetween(before: KeptScan, after: Scan | undefined): Promise<Map<string, Entry>> {
  const stamps = after?.stamps ?? new Map<string, Stamp>();
  // Also what the second scan did not tell of: it may have come to its end before.
  const suspects = [...before.seen].filter(([path, { identity, state }]) => {
    const stamp = stamps.get(path);
    return !stamp || !isUnchanged(stamp, identity, state);
  });
  const old = suspects.map(([path, { state }]) => [path, state] as const);
  const made = newPaths(before, stamps).map((path) => [path, MISSING] as const);
  const entries = await mapAtOnce([...old, ...made], async ([path, was]): Promise<[string, Entry]> => {
    const { state } = await readState(path);
    return [path, { before: was, after: state }];
  });
  return new Map(entries.filter(([, entry]) => !isSameState(entry.before, entry.after)));
}

/** Whether something is new is known only in folders of which everything was known before, and in those that are new. */
function newPaths({ seen, listed }: KeptScan, stamps: ReadonlyMap<string, Stamp>): string[] {
  const paths: string[] = [];
  const newFolders = new Set<string>();
  // A folder comes before what is in it.
  for (const [path, { type }] of stamps) {
    const parent = dirname(path);
    const isNew = !seen.has(path) && (listed.has(parent) || newFolders.has(parent));
    if (isNew) paths.push(path);
    const was = seen.get(path)?.state.type;
    if (type === 'folder' && (isNew || (was !== undefined && was !== 'folder'))) newFolders.add(path);
  }
  return paths;
}

function isUnchanged({ type, mode, identity }: Stamp, known: string, state: State): boolean {
  if (type === 'folder') return state.type === 'folder' && state.mode === mode;
  return identity === known && (state.type !== 'file' || state.mode === mode);
}
