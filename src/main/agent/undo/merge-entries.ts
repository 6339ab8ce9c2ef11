import type { Undoable } from '../../../shared/undo.ts';
import { isSameState } from './states.ts';
import type { ChangeRecord, Entry, State } from './types.ts';

const CHANGED_BETWEEN = 'something else changed it between two changes of this turn';

/** A turn's changes with later ones of the same turn. What came back to how it was is no change. */
export function mergeEntries(
  entries: ChangeRecord['entries'],
  next: Iterable<readonly [string, Entry]>,
): ChangeRecord['entries'] {
  const merged = new Map(Object.entries(entries));
  for (const [path, entry] of next) {
    const last = merged.get(path);
    const both = last ? inOne(last, entry) : entry;
    if (isSameState(both.before, both.after)) merged.delete(path);
    else merged.set(path, both);
  }
  return Object.fromEntries(merged);
}

function inOne(last: Entry, next: Entry): Entry {
  // The last one was kept and then not made.
  if (isSameState(last.before, next.before)) return { ...last, ...next };
  const between = isSameState(last.after, next.before) ? undefined : CHANGED_BETWEEN;
  const doubt = last.doubt ?? next.doubt ?? between;
  return { before: last.before, after: next.after, ...(doubt !== undefined && { doubt }) };
}

/** What undoing would do with a path that lies as `current`. */
export function undoableOf(path: string, { before, after, doubt }: Entry, current: State): Undoable {
  const change = changeOf(before, after);
  const told = { path, kind: kindOf([current, before, after]), change, ...sizesOf(current, before) };
  for (const state of [before, current]) {
    if (state.type === 'not-kept') return { ...told, status: 'not-kept', reason: state.reason };
  }
  if (isSameState(current, before)) return { ...told, status: 'same' };
  if (!isSameState(current, after))
    return { ...told, status: 'conflict', reason: changedSince(current, after) };
  return doubt === undefined ? { ...told, status: 'ready' } : { ...told, status: 'conflict', reason: doubt };
}

function changeOf(before: State, after: State): Undoable['change'] {
  if (before.type === 'missing') return 'created';
  return after.type === 'missing' ? 'removed' : 'changed';
}

/** As it is, or as the first of these that is anything was. */
function kindOf(states: readonly State[]): Undoable['kind'] {
  const known = states.find(({ type }) => type !== 'missing' && type !== 'not-kept')?.type;
  return known === 'folder' || known === 'link' ? known : 'file';
}

function sizesOf(now: State, then: State): Pick<Undoable, 'bytesNow' | 'bytesThen'> {
  return {
    ...(now.type === 'file' && { bytesNow: now.size }),
    ...(then.type === 'file' && { bytesThen: then.size }),
  };
}

function changedSince(current: State, after: State): string {
  if (current.type === 'missing') return 'it was removed since';
  return after.type === 'missing' ? 'it was made again since' : 'it was changed since';
}
