import {
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openWorkspace } from './testing/open-workspace.ts';

const DAY_S = 24 * 60 * 60;

it('leaves a text alone that is not too long', async () => {
  const { context } = openWorkspace();
  expect(await context.outputs.limit('short')).toBe('short');
});

it('keeps head and tail, says what is left out, and keeps the whole where read_file goes on', async () => {
  const { context, call } = openWorkspace();
  const text = Array.from({ length: 10_000 }, (_, index) => `line ${index + 1}`).join('\n');
  const limited = await context.outputs.limit(text);
  expect(limited.length).toBeLessThan(30_000);
  expect(limited).toMatch(/^line 1\nline 2\n/);
  expect(limited).toMatch(/\nline 10000$/);
  const [, count, path = '', offset] =
    /\[… \d+ characters in (\d+) lines are left out here\. The whole is in (.+): read it with read_file from offset (\d+)\. …\]/.exec(
      limited,
    ) ?? [];
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(context.outputs.folder).mode & 0o777).toBe(0o700);
  const next = await call('read_file', { path, offset: Number(offset), limit: 1 });
  const shown = limited.split('\n').filter((line) => line.startsWith('line '));
  expect(next.text).toContain(`${offset}\tline ${offset}\n`);
  expect(shown).not.toContain(`line ${offset}`);
  expect(shown).toContain(`line ${Number(offset) - 1}`);
  expect(shown).toHaveLength(10_000 - Number(count) + 1);
});

it('cuts a single line too, and no character in half', async () => {
  const { context } = openWorkspace();
  const limited = await context.outputs.limit(`x${'😀'.repeat(40_000)}`);
  expect(limited.length).toBeLessThan(30_000);
  expect(limited.isWellFormed()).toBe(true);
});

it('removes outputs that are old, and the oldest of too many', async () => {
  const { context } = openWorkspace();
  const { folder } = context.outputs;
  mkdirSync(folder);
  const made = { old: '01A.txt', large: '01B.txt', recent: '01C.txt', other: 'notes.md' };
  for (const name of Object.values(made)) writeFileSync(join(folder, name), '');
  const old = Date.now() / 1000 - 8 * DAY_S;
  utimesSync(join(folder, made.old), old, old);
  truncateSync(join(folder, made.large), 210 * 1024 * 1024);
  await context.outputs.limit('x'.repeat(40_000));
  const names = readdirSync(folder);
  expect(names).toHaveLength(3);
  expect(names).toEqual(expect.arrayContaining([made.recent, made.other]));
});

it('cuts also where nothing can be kept', async () => {
  const { context } = openWorkspace();
  writeFileSync(context.outputs.folder, 'no folder');
  expect(await context.outputs.limit('x'.repeat(40_000))).toContain('The whole could not be kept.');
});
