import { constants } from 'node:fs';
import { open, readlink } from 'node:fs/promises';
import { MAX_FILE_BYTES } from '../files/change-file.ts';
import { runJob } from '../files/worker/run-job.ts';
import type { Scan, Stamp } from '../files/worker/types.ts';
import { mapAtOnce } from './at-once.ts';
import type { Blobs } from './blobs.ts';
import { reasonOf } from './states.ts';
import type { State } from './types.ts';

const MAX_ENTRIES = 20_000;
const SCAN_TIME_LIMIT_MS = 10_000;
/** Bytes that one scan may add: the first command in a large folder should not have to wait for long. */
const MAX_NEW_BYTES = 200_000_000;
/** Below the steps of a file system's clock, two changes can bear the same time. */
const CLOCK_STEP_MS = 100;

/** How something lay when it was last read; without an identity where a change in that moment would not show. */
export type Seen = { readonly identity: string; readonly state: State };

/** A folder as it lay at one time, with the contents of its files kept. */
export type KeptScan = {
  readonly seen: ReadonlyMap<string, Seen>;
  readonly listed: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, string>;
  /** For a person. */
  readonly gaps: readonly string[];
};

export type ScanOptions = {
  readonly folder: string;
  readonly hidden: string;
  readonly texts?: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
};

/** Undefined when it takes too long. */
export async function scanFolder(options: ScanOptions): Promise<Scan | undefined> {
  const { signal, ...where } = options;
  try {
    const job = { type: 'scan', maxEntries: MAX_ENTRIES, ...where } as const;
    return await runJob(job, { signal, timeoutMs: SCAN_TIME_LIMIT_MS, tooSlow: '' });
  } catch (error) {
    signal.throwIfAborted();
    reasonOf(error);
    return undefined;
  }
}

/** Keeps the contents of all files of a scan; `known` are those that need not be read again. */
export async function keepScan(
  scan: Scan | undefined,
  { blobs, known, signal }: { blobs: Blobs; known: ReadonlyMap<string, Seen>; signal: AbortSignal },
): Promise<KeptScan> {
  if (!scan) {
    const gaps = ['The folder takes too long to look through: nothing in it was kept.'];
    return { seen: new Map(), listed: new Set(), texts: new Map(), gaps };
  }
  let newBytes = 0;
  let notKept = 0;
  const seen = await mapAtOnce(scan.stamps, async ([path, stamp]): Promise<[string, Seen]> => {
    signal.throwIfAborted();
    const last = known.get(path);
    if (last?.state.type === 'file' && last.identity === stamp.identity) return [path, last];
    const bytes = stamp.type === 'file' && stamp.size <= MAX_FILE_BYTES ? stamp.size : 0;
    const isTooMuch = bytes > 0 && newBytes + bytes > MAX_NEW_BYTES;
    if (!isTooMuch) newBytes += bytes;
    const state = isTooMuch ? TOO_MUCH : await keep(path, stamp, blobs);
    if (state.type === 'not-kept') notKept++;
    const isCertain = state.type === 'not-kept' || isSettled(stamp, scan);
    return [path, { identity: isCertain ? stamp.identity : '', state }];
  });
  const gaps: string[] = [];
  if (scan.isCut)
    gaps.push(`Of more than ${MAX_ENTRIES} entries in the folder, those deepest in it were left out.`);
  if (notKept > 0)
    gaps.push(
      `Not kept, being too long, too much in all or not readable: ${notKept === 1 ? '1 file' : `${notKept} files`}.`,
    );
  return { seen: new Map(seen), listed: scan.listed, texts: scan.texts, gaps };
}

const TOO_MUCH: State = { type: 'not-kept', reason: 'there was too much in the folder to keep all of it' };
const TOO_LONG: State = { type: 'not-kept', reason: `it is longer than ${MAX_FILE_BYTES / 1e6} MB` };

/** Whether a later change would show in its times. */
function isSettled({ changedAtMs }: Stamp, { startedAtMs }: Scan): boolean {
  return changedAtMs < startedAtMs - CLOCK_STEP_MS;
}

async function keep(path: string, { type, mode, size }: Stamp, blobs: Blobs): Promise<State> {
  if (type === 'folder') return { type, mode };
  try {
    if (type === 'link') return { type, target: await readlink(path) };
    if (size > MAX_FILE_BYTES) return TOO_LONG;
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    await using file = await open(path, flags);
    const bytes = await file.readFile();
    return { type, mode, hash: await blobs.keep(bytes), size: bytes.length };
  } catch (error) {
    return { type: 'not-kept', reason: reasonOf(error) };
  }
}
