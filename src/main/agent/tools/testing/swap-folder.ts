import { existsSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** Puts a link in a folder's place and takes it away again, as fast as it can, until it is told to stop. */
const { folder, aside, target, swaps, stop } = workerData as {
  folder: string;
  aside: string;
  target: string;
  /** How often it did; `stop` is not 0 when it is to end. */
  swaps: Int32Array;
  stop: Int32Array;
};

while (Atomics.load(stop, 0) === 0) {
  try {
    renameSync(folder, aside);
    symlinkSync(target, folder);
    unlinkSync(folder);
    renameSync(aside, folder);
    Atomics.add(swaps, 0, 1);
  } catch {
    putBack();
  }
}

/** A tool made the folder anew while there was none. */
function putBack(): void {
  try {
    rmSync(folder, { recursive: true, force: true });
    if (existsSync(aside)) renameSync(aside, folder);
  } catch {
    // It did so again; the next round mends that too.
  }
}
