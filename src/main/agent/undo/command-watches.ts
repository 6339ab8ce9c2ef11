import { realpath } from 'node:fs/promises';
import { ulid } from 'ulid';
import { z } from 'zod';
import { isWithin } from '../files/real-path.ts';
import type { Blobs } from './blobs.ts';
import { changesBetween } from './compare-scans.ts';
import { Records } from './records.ts';
import { isSameState } from './states.ts';
import { state, type Coverage, type Entry, type State } from './types.ts';
import { keepScan, scanFolder, type KeptScan, type Seen } from './workspace-scan.ts';

/** Folders whose contents are remembered, so that the next command in one has little to read. */
const REMEMBERED_FOLDERS = 4;

const SHARED = 'another command ran in the folder at the same time';
const CUT_OFF = 'Carrel ended while the command ran';

const pendingWatch = z.object({
  id: z.string(),
  turnId: z.string(),
  workspace: z.string(),
  seen: z.array(z.tuple([z.string(), z.object({ identity: z.string(), state })])),
  listed: z.array(z.string()),
  texts: z.array(z.tuple([z.string(), z.string()])),
});

export type Watch = {
  readonly id: string;
  readonly turnId: string;
  readonly workspace: string;
  kept: KeptScan;
  /** What tools wrote meanwhile, which is not the command's. */
  readonly written: Map<string, State>;
  doubt: string | undefined;
};

export type Watched = {
  readonly turnId: string;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly coverage: Coverage;
};

/** Folders in which commands run, as they lay before. What is watched is on disk, and is found again after a crash. */
export class CommandWatches {
  readonly #blobs: Blobs;
  readonly #pending: Records<z.infer<typeof pendingWatch>>;
  readonly #hidden: string;
  readonly #open = new Set<Watch>();
  readonly #remembered = new Map<string, ReadonlyMap<string, Seen>>();

  constructor({ blobs, folder, hidden }: { blobs: Blobs; folder: string; hidden: string }) {
    this.#blobs = blobs;
    this.#pending = new Records(folder, pendingWatch);
    this.#hidden = hidden;
  }

  async begin(turnId: string, folder: string, signal: AbortSignal): Promise<Watch> {
    const workspace = await realpath(folder).catch(() => folder);
    const watch: Watch = {
      id: ulid(),
      turnId,
      workspace,
      kept: NOTHING,
      written: new Map(),
      doubt: undefined,
    };
    for (const other of this.#open) {
      const isApart = !isWithin(other.workspace, workspace) && !isWithin(workspace, other.workspace);
      if (!isApart) watch.doubt = other.doubt = SHARED;
    }
    this.#open.add(watch);
    try {
      const scan = await scanFolder({ folder: workspace, hidden: this.#hidden, signal });
      const known = this.#remembered.get(workspace) ?? new Map<string, Seen>();
      watch.kept = await keepScan(scan, { blobs: this.#blobs, known, signal });
      await this.#pending.save(watch.id, toPending(watch));
    } catch (error) {
      this.#open.delete(watch);
      throw error;
    }
    this.#remember(workspace, watch.kept.seen);
    return watch;
  }

  /** Tells the watches of what a tool writes. */
  written(path: string, written: State): void {
    for (const watch of this.#open) {
      if (isWithin(path, watch.workspace)) watch.written.set(path, written);
    }
  }

  async end(watch: Watch): Promise<Watched> {
    const { turnId, workspace, kept, written } = watch;
    const { signal } = new AbortController();
    const look = { folder: workspace, hidden: this.#hidden, texts: kept.texts, signal };
    const scan = await scanFolder(look).finally(() => this.#open.delete(watch));
    const found = await changesBetween(kept, scan);
    const { doubt } = watch;
    const entries = new Map(
      [...found]
        .filter(([path, { after }]) => !isSameState(after, written.get(path) ?? NOT_WRITTEN))
        .map(([path, entry]) => [path, doubt === undefined ? entry : { ...entry, doubt }] as const),
    );
    const gaps = [...kept.gaps, ...(scan?.isCut === false ? [] : [UNKNOWN_NEW])];
    return { turnId, entries, coverage: { changed: [...entries.keys()], gaps } };
  }

  /** To be called when what `end` told is kept. */
  async forget({ id }: Watch): Promise<void> {
    await this.#pending.remove(id);
  }

  /** Watches that were open when the app ended. */
  async leftOver(): Promise<Watch[]> {
    const pending = await this.#pending.all();
    return pending.map(({ seen, listed, texts, ...watch }) => ({
      ...watch,
      kept: { seen: new Map(seen), listed: new Set(listed), texts: new Map(texts), gaps: [] },
      written: new Map(),
      doubt: CUT_OFF,
    }));
  }

  forgetContents(): void {
    this.#remembered.clear();
  }

  /** The one used last comes last. */
  #remember(workspace: string, seen: ReadonlyMap<string, Seen>): void {
    this.#remembered.delete(workspace);
    this.#remembered.set(workspace, seen);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > REMEMBERED_FOLDERS && oldest !== undefined) this.#remembered.delete(oldest);
  }
}

function toPending({ id, turnId, workspace, kept }: Watch): z.infer<typeof pendingWatch> {
  const { seen, listed, texts } = kept;
  return { id, turnId, workspace, seen: [...seen], listed: [...listed], texts: [...texts] };
}

const NOTHING: KeptScan = { seen: new Map(), listed: new Set(), texts: new Map(), gaps: [] };
const NOT_WRITTEN: State = { type: 'not-kept', reason: '' };
const UNKNOWN_NEW = 'The folder could not be looked through again whole: some new files may not be known.';
