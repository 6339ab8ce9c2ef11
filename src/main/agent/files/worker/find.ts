import { lstatSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { globMatcher } from '../glob.ts';
import { walk } from '../walk.ts';
import type { FindJob, Found, FoundEntry } from './types.ts';

export function find(job: FindJob): Found {
  const { folder, maxEntries, plainFilesUpToBytes } = job;
  const isMeant = job.glob === undefined ? () => true : globMatcher(job.glob);
  const entries: FoundEntry[] = [];
  const itself = lstatSync(folder);
  if (itself.isFile())
    return { entries: [{ path: folder, type: 'file', size: itself.size, isLeftOut: false }], isCut: false };
  for (const { path, type, isLeftOut } of walk(job)) {
    if (plainFilesUpToBytes !== undefined && (type !== 'file' || isLeftOut)) continue;
    if (!isMeant(relative(folder, path).split(sep).join('/'))) continue;
    if (entries.length === maxEntries) return { entries, isCut: true };
    const size = type === 'file' ? lstatSync(path, { throwIfNoEntry: false })?.size : undefined;
    if (plainFilesUpToBytes !== undefined && (size ?? Infinity) > plainFilesUpToBytes) continue;
    entries.push({ path, type, size, isLeftOut });
  }
  return { entries, isCut: false };
}
