import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes after which the log is renamed to `carrel.log.old`; two files at most are kept. */
const MAX_LOG_BYTES = 1_000_000;

export type ReportError = (what: string, error: unknown) => void;

/**
 * Appends failures that no person waits for to `logs/carrel.log`, a line each. Only what failed and the error's own words
 * are written: no settings, no conversation, no key.
 */
export function createErrorLog(folder: string, now: () => Date = () => new Date()): ReportError {
  const path = join(folder, 'carrel.log');
  return (what, error) => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES)
        renameSync(path, `${path}.old`);
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      appendFileSync(path, `${now().toISOString()} ${what}: ${reason.replaceAll('\n', ' ')}\n`, {
        mode: 0o600,
      });
    } catch {
      // A log that cannot be written must not stop what it reports on.
    }
  };
}
