import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runJob } from './run-job.ts';
import type { SearchJob } from './types.ts';

it('ends a pattern that would take for ever, and keeps the thread of the app free meanwhile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-job-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.txt'), `${'a'.repeat(60)}!`);
  const job: SearchJob = {
    type: 'search',
    folder,
    hidden: '/nowhere',
    pattern: '^(a+)+$',
    isLiteral: false,
    isCaseSensitive: true,
    context: 0,
    maxMatches: 10,
    maxFileBytes: 1000,
  };
  let ticks = 0;
  const ticking = setInterval(() => ticks++, 10);
  const { signal } = new AbortController();
  const outcome = runJob(job, { signal, timeoutMs: 1000, tooSlow: 'It takes too long.' });
  await expect(outcome).rejects.toThrow('It takes too long.');
  clearInterval(ticking);
  expect(ticks).toBeGreaterThan(10);
});
