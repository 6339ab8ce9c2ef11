import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Scan } from '../files/worker/types.ts';
import { openWorkspace } from '../tools/testing/open-workspace.ts';
import { Blobs } from './blobs.ts';
import { changesBetween } from './compare-scans.ts';
import { keepScan, scanFolder } from './workspace-scan.ts';

const { signal } = new AbortController();

async function openScans(files: Record<string, string>) {
  const { folder, path, around, context } = openWorkspace(files);
  const blobs = await Blobs.open(join(around, 'contents'));
  const scan = async (): Promise<Scan> => {
    const scan = await scanFolder({ folder, hidden: context.home, signal });
    if (!scan) throw new Error('The scan took too long.');
    return scan;
  };
  const keep = (scan: Scan) => keepScan(scan, { blobs, known: new Map(), signal });
  return { path, folder, scan, keep };
}

it('takes nothing for new in a folder of which not all was known', async () => {
  const { path, folder, scan, keep } = await openScans({ 'known/a.txt': 'a', 'unknown/b.txt': 'b' });
  const before = await scan();
  const kept = await keep({
    ...before,
    stamps: new Map([...before.stamps].filter(([stamped]) => stamped !== path('unknown/b.txt'))),
    listed: new Set([folder, path('known')]),
  });
  writeFileSync(path('unknown/c.txt'), 'c');
  writeFileSync(path('known/d.txt'), 'd');
  mkdirSync(path('known/new'));
  writeFileSync(path('known/new/e.txt'), 'e');
  const changes = await changesBetween(kept, await scan());
  expect([...changes.keys()].sort()).toEqual([
    path('known/d.txt'),
    path('known/new'),
    path('known/new/e.txt'),
  ]);
});

it('looks again at what changed so near to the scan that a further change would not show', async () => {
  const { path, scan, keep } = await openScans({ 'a.txt': 'one' });
  const before = await scan();
  const changedAtMs = before.stamps.get(path('a.txt'))?.changedAtMs ?? 0;
  const kept = await keep({ ...before, startedAtMs: changedAtMs });
  const later = await keep({ ...before, startedAtMs: changedAtMs + 1000 });
  expect(kept.seen.get(path('a.txt'))?.identity).toBe('');
  expect(later.seen.get(path('a.txt'))?.identity).not.toBe('');
  expect((await changesBetween(kept, before)).size).toBe(0);
});
