import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { holdLock } from './hold-lock.ts';

it('is held by one at a time and free again after disposal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'lock');
  const first = holdLock(path);
  const second = holdLock(path);
  first?.[Symbol.dispose]();
  const third = holdLock(path);
  expect([first, second, third].map((lock) => lock !== undefined)).toEqual([true, false, true]);
  third?.[Symbol.dispose]();
});
