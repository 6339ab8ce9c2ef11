import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ToolError } from '../tool-error.ts';
import type { Job, ResultOf } from './types.ts';

/** Beside this file; in the built app, the script that the bundler made of it. */
const PROGRAM_PATH = import.meta.env?.PROD
  ? (await import('./program.ts?modulePath')).default
  : join(import.meta.dirname, 'program.ts');

export type RunJobOptions = {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Said to the model when the time was not enough. */
  readonly tooSlow: string;
};

/** Does a job in a thread of its own, which is ended with the signal or when it takes too long, whatever it is doing then. */
export async function runJob<Of extends Job>(job: Of, options: RunJobOptions): Promise<ResultOf<Of>> {
  const { signal, timeoutMs, tooSlow } = options;
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  const worker = new Worker(PROGRAM_PATH, { workerData: job, execArgv: [], env: {} });
  try {
    const [result] = await once(worker, 'message', { signal: AbortSignal.any([signal, timeout]) });
    return result as ResultOf<Of>;
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) throw new ToolError(tooSlow);
    throw error;
  } finally {
    await worker.terminate();
  }
}
