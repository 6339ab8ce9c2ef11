import { join } from 'node:path';
import { ulid } from 'ulid';
import type { Undoable } from '../../../shared/undo.ts';
import { mapAtOnce } from './at-once.ts';
import { Blobs } from './blobs.ts';
import { CommandWatches, type Watch } from './command-watches.ts';
import { mergeEntries, undoableOf } from './merge-entries.ts';
import { Records } from './records.ts';
import { restore, type Restoration } from './restore.ts';
import { MISSING, readState, stateOfContent } from './states.ts';
import {
  changeRecord,
  type ChangeRecord,
  type Coverage,
  type Entry,
  type State,
  type UndoStore,
} from './types.ts';

const MAX_AGE_MS = 14 * 24 * 60 * 60 * 1000;
const MAX_BYTES = 1_000_000_000;

export type UndoStoreOptions = {
  /** Made, for the user alone, where it is missing. */
  readonly folder: string;
  /** Carrel's own folder, which is never looked into. */
  readonly home: string;
  readonly now?: () => number;
  /** Of all that is kept. */
  readonly maxBytes?: number;
};

/** Opens what is kept, finishes what a crash cut off, and removes what is too old. */
export async function openUndoStore(options: UndoStoreOptions): Promise<UndoStore> {
  const { folder, home, now = Date.now, maxBytes = MAX_BYTES } = options;
  const blobs = await Blobs.open(join(folder, 'contents'));
  const records = new Records(join(folder, 'turns'), changeRecord);
  const watches = new CommandWatches({ blobs, folder: join(folder, 'running'), hidden: home });
  const store = new KeptChanges({ blobs, records, watches, now, maxBytes });
  for (const watch of await watches.leftOver()) await store.finish(watch);
  await store.prune();
  return store;
}

type Parts = {
  readonly blobs: Blobs;
  readonly records: Records<ChangeRecord>;
  readonly watches: CommandWatches;
  readonly now: () => number;
  readonly maxBytes: number;
};

type Look = Restoration & { readonly undoable: Undoable };

class KeptChanges implements UndoStore {
  readonly #parts: Parts;
  /** Records are read, changed and written one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  /** While contents are kept that no record names yet, none is removed. */
  #keeping = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  beforeChange: UndoStore['beforeChange'] = (turnId, { path, before, after, madeFolders }) =>
    this.#whileKeeping(async () => {
      const { blobs, watches } = this.#parts;
      if (before) await blobs.keep(before.bytes);
      const written = stateOfContent(after);
      watches.written(path, written);
      const mode = 0o777 & ~process.umask();
      const made = madeFolders.map(
        (made) => [made, { before: MISSING, after: { type: 'folder', mode } }] as const,
      );
      const change = { before: before ? stateOfContent(before) : MISSING, after: written };
      await this.#add(turnId, [...made, [path, change]]);
    });

  beforeCommand: UndoStore['beforeCommand'] = async (turnId, workspace, signal) => {
    this.#keeping++;
    try {
      const watch = await this.#parts.watches.begin(turnId, workspace, signal);
      return { finish: () => this.#finishKeeping(watch) };
    } catch (error) {
      this.#keeping--;
      throw error;
    }
  };

  async #finishKeeping(watch: Watch): Promise<Coverage> {
    const coverage = await this.finish(watch).finally(() => {
      this.#keeping--;
    });
    await this.#pruneTooMuch();
    return coverage;
  }

  async #pruneTooMuch(): Promise<void> {
    const { blobs, maxBytes } = this.#parts;
    if (blobs.totalBytes > maxBytes) await this.prune();
  }

  async finish(watch: Watch): Promise<Coverage> {
    const { watches } = this.#parts;
    const { turnId, entries, coverage } = await watches.end(watch);
    await this.#add(turnId, entries, coverage.gaps);
    await watches.forget(watch);
    return coverage;
  }

  preview: UndoStore['preview'] = async (id) => {
    const looks = await this.#look(id, async () => {});
    return looks.map(({ undoable }) => undoable);
  };

  gaps: UndoStore['gaps'] = async (id) => (await this.#parts.records.load(id))?.gaps ?? [];

  versions: UndoStore['versions'] = async (id, path) => {
    const before = (await this.#parts.records.load(id))?.entries[path]?.before;
    const kept = before?.type === 'file' ? await this.#parts.blobs.read(before.hash) : undefined;
    return { kept, current: (await readState(path)).bytes };
  };

  undo: UndoStore['undo'] = (id, { chosen = [] } = {}) =>
    this.#whileKeeping(async () => {
      const { blobs } = this.#parts;
      const isChosen = new Set(chosen);
      const isTaken = ({ status, path }: Undoable) =>
        status === 'ready' || (status === 'conflict' && isChosen.has(path));
      const looks = await this.#look(id, async (undoable, bytes) => {
        if (bytes && isTaken(undoable)) await blobs.keep(bytes);
      });
      const restorations = looks.filter(({ undoable }) => isTaken(undoable));
      const undoId = `undo-${ulid(this.#parts.now())}`;
      // Before anything is restored, so that a crash in the middle can be undone too.
      await this.#add(
        undoId,
        restorations.map(({ path, from, to }) => [path, { before: from, after: to }]),
      );
      const restored = await restore(restorations, blobs);
      const conflicts = looks
        .map(({ undoable }) => undoable)
        .filter((undoable) => undoable.status === 'conflict' && !isTaken(undoable));
      return { ...restored, conflicts, ...(restored.restored.length > 0 && { undoId }) };
    });

  /** How each path lies now and what undoing would do with it; `see` is given what it holds, one look for both. */
  async #look(
    id: string,
    see: (undoable: Undoable, bytes: Buffer | undefined) => Promise<void>,
  ): Promise<Look[]> {
    const record = await this.#parts.records.load(id);
    const entries = Object.entries(record?.entries ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
    return mapAtOnce(entries, async ([path, entry]) => {
      const { state, bytes } = await readState(path);
      const undoable = undoableOf(path, entry, state);
      await see(undoable, bytes);
      return { path, undoable, from: state, to: entry.before };
    });
  }

  forget: UndoStore['forget'] = async (ids) => {
    await this.#oneByOne(async () => {
      for (const id of ids) await this.#parts.records.remove(id);
    });
    await this.prune();
  };

  prune: UndoStore['prune'] = () =>
    this.#oneByOne(async () => {
      const { records, blobs, watches, now, maxBytes } = this.#parts;
      if (this.#keeping > 0) return;
      const newestFirst = (await records.all()).sort((one, other) => other.startedAt - one.startedAt);
      const kept = new Set<string>();
      let bytes = 0;
      for (const { id, startedAt, entries } of newestFirst) {
        const hashes = new Set(Object.values(entries).flatMap(({ before }) => hashesOf(before)));
        bytes += [...hashes.difference(kept)].reduce((total, hash) => total + blobs.sizeOf(hash), 0);
        if (startedAt < now() - MAX_AGE_MS || bytes > maxBytes) await records.remove(id);
        else hashes.forEach((hash) => kept.add(hash));
      }
      watches.forgetContents();
      await blobs.removeExcept(kept);
    });

  /** Adds to what is kept of a turn. */
  #add(
    id: string,
    changes: Iterable<readonly [string, Entry]>,
    newGaps: readonly string[] = [],
  ): Promise<void> {
    return this.#oneByOne(async () => {
      const { records, now } = this.#parts;
      const last = (await records.load(id)) ?? { id, startedAt: now(), entries: {}, gaps: [] };
      const entries = mergeEntries(last.entries, changes);
      const gaps = [...new Set([...last.gaps, ...newGaps])];
      const isAny = Object.keys(entries).length > 0;
      await (isAny ? records.save(id, { ...last, entries, gaps }) : records.remove(id));
    });
  }

  #oneByOne<Value>(act: () => Promise<Value>): Promise<Value> {
    const next = this.#last.then(act);
    this.#last = next.catch(() => {});
    return next;
  }

  async #whileKeeping<Value>(act: () => Promise<Value>): Promise<Value> {
    this.#keeping++;
    const value = await act().finally(() => {
      this.#keeping--;
    });
    await this.#pruneTooMuch();
    return value;
  }
}

function hashesOf(kept: State): string[] {
  return kept.type === 'file' ? [kept.hash] : [];
}
