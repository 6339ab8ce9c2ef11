import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { actionOf, openWorkspace, type Workspace } from './testing/open-workspace.ts';

/** Swaps the folder `in` for a link that leads out of the workspace, and back, while the test runs. */
async function swapping({ around, path }: Workspace) {
  const target = join(around, 'outside');
  mkdirSync(target);
  writeFileSync(join(target, 'a.txt'), 'one\n');
  const [swaps, stop] = [new Int32Array(new SharedArrayBuffer(4)), new Int32Array(new SharedArrayBuffer(4))];
  const workerData = { folder: path('in'), aside: path('aside'), target, swaps, stop };
  const worker = new Worker(new URL('./testing/swap-folder.ts', import.meta.url), {
    workerData,
    execArgv: [],
  });
  const before = stateOf(target);
  const end = async () => {
    Atomics.store(stop, 0, 1);
    if (worker.threadId > 0) await once(worker, 'exit');
  };
  onTestFinished(end);
  return {
    swaps: () => Atomics.load(swaps, 0),
    end,
    isUntouched: () => expect(stateOf(target)).toEqual(before),
  };
}

/** The folder's own time tells of each name that came or went, also when it is as it was. */
function stateOf(folder: string) {
  return {
    time: statSync(folder, { bigint: true }).mtimeNs,
    names: readdirSync(folder),
    text: readFileSync(join(folder, 'a.txt'), 'utf8'),
  };
}

it.runIf(process.platform === 'linux')(
  'writes nothing outside, and reads nothing there, over 1,000 swaps of a folder for a link',
  { timeout: 120_000 },
  async () => {
    const workspace = openWorkspace({ 'in/a.txt': 'inside\n' });
    const attack = await swapping(workspace);
    const counts = { written: 0, refused: 0 };
    for (let round = 0; attack.swaps() < 1000 || counts.written < 50; round++) {
      const calls = [
        workspace.prepare('write_file', { path: 'in/a.txt', content: `inside ${round}\n` }),
        workspace.prepare('write_file', { path: `in/new/${round}.txt`, content: 'new\n' }),
        workspace.prepare('read_file', { path: 'in/a.txt' }),
      ];
      for (const prepared of await Promise.all(calls)) {
        // What is seen to lie outside would be asked about.
        if (prepared.status === 'refused' || ('isOutside' in prepared.action && prepared.action.isOutside))
          continue;
        const { text, isError } = await prepared.run();
        expect(text).not.toContain('one');
        if (actionOf(prepared).type === 'change') counts[isError ? 'refused' : 'written']++;
      }
    }
    await attack.end();
    attack.isUntouched();
    expect(counts.refused).toBeGreaterThan(0);
  },
);
