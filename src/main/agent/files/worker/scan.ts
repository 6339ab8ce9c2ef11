import { lstatSync, type BigIntStats } from 'node:fs';
import { walk } from '../walk.ts';
import type { Scan, ScanJob, Stamp } from './types.ts';

/** How everything lies in a folder, ignored files and what is no file, folder or link left out. */
export function scan({ folder, hidden, maxEntries, texts: known }: ScanJob): Scan {
  const startedAtMs = Date.now();
  const stamps = new Map<string, Stamp>();
  const listed = new Set<string>();
  const texts = new Map(known);
  let listing: string | undefined;
  const isListed = (path: string) => {
    listing = path;
    listed.add(path);
  };
  for (const { path, isLeftOut } of walk({ folder, hidden, texts, listed: isListed })) {
    if (isLeftOut) continue;
    if (stamps.size === maxEntries) {
      if (listing !== undefined) listed.delete(listing);
      return { startedAtMs, stamps, listed, texts, isCut: true };
    }
    const stamp = stampOf(path);
    if (stamp) stamps.set(path, stamp);
  }
  return { startedAtMs, stamps, listed, texts, isCut: false };
}

/** Undefined for what is gone, and for devices, pipes and sockets. */
function stampOf(path: string): Stamp | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  const type = stats && typeOf(stats);
  if (!type) return undefined;
  const { ino, size, mtimeNs, ctimeNs, mode, ctimeMs } = stats;
  return {
    type,
    mode: Number(mode) & 0o7777,
    size: Number(size),
    // A folder's times change with what lies in it.
    identity: type === 'folder' ? `${ino}` : `${ino} ${size} ${mtimeNs} ${ctimeNs}`,
    changedAtMs: Number(ctimeMs),
  };
}

function typeOf(stats: BigIntStats): Stamp['type'] | undefined {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : undefined;
}
