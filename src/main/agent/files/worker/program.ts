import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '../../../../shared/result.ts';
import { find } from './find.ts';
import { markdown } from './markdown.ts';
import { scan } from './scan.ts';
import { search } from './search.ts';
import type { Job } from './types.ts';

function run(job: Job): unknown {
  switch (job.type) {
    case 'find':
      return find(job);
    case 'search':
      return search(job);
    case 'scan':
      return scan(job);
    case 'markdown':
      return markdown(job);
    default:
      return assertNever(job);
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window's
parentPort?.postMessage(run(workerData as Job));
