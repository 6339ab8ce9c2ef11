// oxlint-disable unicorn/require-post-message-target-origin -- Electron's, not a window's
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { utilityProcess } from './utility-process.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'carrel-utility-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('runs a program with a line to the app, as bytes and values, until it ends or is ended', async () => {
  const program = join(folder, 'program.mjs');
  writeFileSync(
    program,
    `process.parentPort.on('message', ({ data }) => {
      if (data === 'end') process.exit(3);
      process.parentPort.postMessage({ twice: [data, data] });
    });`,
  );
  const child = utilityProcess.fork(program, [], { serviceName: 'Test' });
  await once(child, 'spawn');
  expect(child.pid).toBeGreaterThan(0);
  child.postMessage(new Uint8Array([1, 2, 255]));
  const [{ twice }] = (await once(child, 'message')) as [{ twice: Uint8Array[] }];
  expect(twice.map((bytes) => [...bytes])).toEqual([
    [1, 2, 255],
    [1, 2, 255],
  ]);
  child.postMessage('end');
  expect(await once(child, 'exit')).toEqual([3]);

  const ended = utilityProcess.fork(program);
  await once(ended, 'spawn');
  ended.kill();
  await once(ended, 'exit');
});
