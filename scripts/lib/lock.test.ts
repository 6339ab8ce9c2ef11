import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { withLock } from './lock.mjs';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A process that reads a number, waits, and writes the next one, under the lock. */
function countInProcess(lock: string, counter: string): Promise<string> {
  const program = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { setTimeout } from 'node:timers/promises';
    import { withLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.mjs'))};
    await withLock(${JSON.stringify(lock)}, async () => {
      const count = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
      await setTimeout(50);
      writeFileSync(${JSON.stringify(counter)}, String(count + 1));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return text(child.stderr);
}

it('lets one process at a time work', async () => {
  const folder = temporaryFolder();
  const [lock, counter] = [join(folder, 'lock'), join(folder, 'counter')];
  writeFileSync(counter, '0');
  const complaints = await Promise.all(Array.from({ length: 4 }, () => countInProcess(lock, counter)));
  expect({ complaints: complaints.join(''), count: readFileSync(counter, 'utf8') }).toEqual({
    complaints: '',
    count: '4',
  });
  expect(existsSync(lock)).toBe(false);
});

it('is not held up by a process that has gone', async () => {
  const lock = join(temporaryFolder(), 'lock');
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  writeFileSync(lock, `${gone.pid}\n`);
  expect(await withLock(lock, async () => 'done')).toBe('done');
});

it.each([`${process.pid}\n`, ''])('is not held up by a file that is an hour old: "%s"', async (content) => {
  const lock = join(temporaryFolder(), 'lock');
  writeFileSync(lock, content);
  const hourAgo = Date.now() / 1_000 - 3_600;
  utimesSync(lock, hourAgo, hourAgo);
  expect(await withLock(lock, async () => 'done')).toBe('done');
});

it('is free again when the task failed', async () => {
  const lock = join(temporaryFolder(), 'lock');
  await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});
