import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT_FOLDER = fileURLToPath(new URL('../..', import.meta.url));
export const MODULES_FOLDER = join(PROJECT_FOLDER, 'node_modules');
export const BIN_FOLDER = join(MODULES_FOLDER, '.bin');
/** Not in version control, and emptied by nobody. */
export const OUTPUT_FOLDER = join(PROJECT_FOLDER, 'out');
/** The Node that the project runs on, whichever one the machine has. */
export const NODE = join(MODULES_FOLDER, 'node/bin/node');

/**
 * Tells a person what goes on. On stderr, because the web host's stdout carries its address and nothing else.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs a program with this process's arguments and ends with its exit code. What a person can mend is thrown as a plain
 * `Error` and told in its own words; anything else is a bug and keeps its stack.
 * @param {(args: string[]) => Promise<number>} program
 */
export async function main(program) {
  try {
    process.exitCode = await program(process.argv.slice(2));
  } catch (error) {
    say(explain(error));
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
function explain(error) {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') return `The disk is full: free some space and try again. (${error.message})`;
  return error.constructor === Error && code === undefined ? error.message : (error.stack ?? error.message);
}

/**
 * @param {number} startedAt of `performance.now()`
 * @returns {string} as "1.2 s"
 */
export function elapsed(startedAt) {
  const seconds = (performance.now() - startedAt) / 1000;
  return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
}
