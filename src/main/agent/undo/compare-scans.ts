import { dirname } from 'node:path';
import type { Scan, Stamp } from '../files/worker/types.ts';
import { isSameState, MISSING, readState } from './states.ts';
import type { Entry, State } from './types.ts';
import type { KeptScan } from './workspace-scan.ts';

/** What lies otherwise than before, by path. */
export async function changesBetween(before: KeptScan, after: Scan | undefined): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const add = (path: string, was: State, is: State) => {
    if (!isSameState(was, is)) entries.set(path, { before: was, after: is });
  };
  for (const [path, seen] of before.seen) {
    const stamp = after?.stamps.get(path);
    if (stamp && isUnchanged(stamp, seen.identity, seen.state)) continue;
    // Also what the second scan did not tell of: it may have come to its end before.
    const { state } = await readState(path);
    add(path, seen.state, state);
  }
  // Whether something is new is known only where everything was known before; nearest first, so that a new folder comes before what is in it.
  for (const path of after?.stamps.keys() ?? []) {
    const parent = dirname(path);
    const above = entries.get(parent);
    const isParentNew = above?.after.type === 'folder' && above.before.type !== 'folder';
    if ((isParentNew || before.listed.has(parent)) && !before.seen.has(path))
      add(path, MISSING, (await readState(path)).state);
  }
  return entries;
}

function isUnchanged({ type, mode, identity }: Stamp, known: string, state: State): boolean {
  if (type === 'folder') return state.type === 'folder' && state.mode === mode;
  return identity === known && (state.type !== 'file' || state.mode === mode);
}
