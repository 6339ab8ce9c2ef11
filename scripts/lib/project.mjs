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
    const isForAPerson = error instanceof Error && error.constructor === Error && !('code' in error);
    say(
      isForAPerson ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    process.exitCode = 1;
  }
}

/**
 * @param {number} startedAt of `performance.now()`
 * @returns {string} as "1.2 s"
 */
export function elapsed(startedAt) {
  const seconds = (performance.now() - startedAt) / 1000;
  return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
}
