import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** For the user alone: keys may stand in it. */
const PRIVATE = 0o600;

/**
 * Puts a new text in the place of an old one at one stroke: after a power cut the file holds the one or the other. Its mode
 * stays, and of a link the target is written. Refuses when the file no longer holds `before` (undefined: when there is one).
 */
export function replaceFile(path: string, before: string | undefined, after: string): 'replaced' | 'changed' {
  const target = before === undefined ? path : realpathSync(path);
  // Renaming would put a new file over one that was made read-only.
  if (before !== undefined) closeSync(openSync(target, 'r+'));
  const mode = before === undefined ? PRIVATE : statSync(target).mode & 0o777;
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.new`);
  try {
    writeFileSync(temporary, after, { mode, flush: true });
    chmodSync(temporary, mode);
    if (readIfThere(target) !== before) return 'changed';
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
  flushFolder(dirname(target));
  return 'replaced';
}

/** A link that leads nowhere is there too: reading it throws. */
function readIfThere(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false }) && readFileSync(path, 'utf8');
}

/** The new name is on disk only when the folder is. Windows has no such call. */
function flushFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
