import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openWorkspace } from '../tools/testing/open-workspace.ts';
import { Blobs } from './blobs.ts';
import { restore } from './restore.ts';
import { MISSING, readState } from './states.ts';

it('leaves alone what changes while it is being restored', async () => {
  const { path, around } = openWorkspace({ 'a.txt': 'a', 'b.txt': 'b', 'kept.txt': 'kept' });
  const blobs = await Blobs.open(join(around, 'contents'));
  await blobs.keep(Buffer.from('kept'));
  const { state: kept } = await readState(path('kept.txt'));
  const restorations = [
    { path: path('a.txt'), from: (await readState(path('a.txt'))).state, to: kept },
    { path: path('b.txt'), from: (await readState(path('b.txt'))).state, to: MISSING },
    { path: path('c.txt'), from: MISSING, to: kept },
  ];
  for (const name of ['a.txt', 'b.txt', 'c.txt']) writeFileSync(path(name), 'mine');
  const { restored, failed } = await restore(restorations, blobs);
  expect(restored).toEqual([]);
  expect(Object.fromEntries(failed.map((failure) => [failure.path, failure.reason]))).toEqual({
    [path('a.txt')]: 'it changed while it was being restored',
    [path('b.txt')]: 'it changed while it was being restored',
    [path('c.txt')]: 'it is there already',
  });
  for (const name of ['a.txt', 'b.txt', 'c.txt']) expect(readFileSync(path(name), 'utf8')).toBe('mine');
});
