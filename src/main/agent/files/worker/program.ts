import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../../../shared/result.ts';
import { find } from './find.ts';
import { scan } from './scan.ts';
import { search } from './search.ts';
import type { Job } from './types.ts';

async function run(job: Job): Promise<unknown> {
  switch (job.type) {
    case 'find':
      return find(job);
    case 'search':
      return search(job);
    case 'scan':
      return scan(job);
    case 'markdown':
      // Slow to load, and seldom needed.
      return (await import('./markdown.ts')).markdown(job);
    default:
      return assertNever(job);
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window's
parentPort?.postMessage(await run(workerData as Job));
