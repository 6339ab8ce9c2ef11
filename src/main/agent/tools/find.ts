import { runJob } from '../files/worker/run-job.ts';
import type { FindJob, Found } from '../files/worker/types.ts';
import type { ToolContext } from './types.ts';

/** More names than anyone reads. */
export const MAX_ENTRIES = 1000;
const TIME_LIMIT_MS = 20_000;

/** What lies in a folder, as far as it is meant. */
export function find(
  { home, signal }: ToolContext,
  where: Omit<FindJob, 'type' | 'hidden' | 'maxEntries'>,
): Promise<Found> {
  const tooSlow = 'Looking through the folder took too long. Name a folder within, or a simpler pattern.';
  return runJob(
    { type: 'find', hidden: home, maxEntries: MAX_ENTRIES, ...where },
    { signal, timeoutMs: TIME_LIMIT_MS, tooSlow },
  );
}
