import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** What this process was told to end with, once it was.
 * @type {NodeJS.Signals | undefined} */
let ending;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

// A signal to the process group, as a terminal's Ctrl-C, reaches our children too. Programs that end in order at the first
// signal of a kind are killed by the second of that kind, so children get another kind than we did, once.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (ending) return;
    ending = signal;
    if (running.size === 0) exitAsTold(signal);
    for (const child of running) child.kill(signal === 'SIGTERM' ? 'SIGINT' : 'SIGTERM');
  });
}

/** @param {NodeJS.Signals} signal @returns {never} */
function exitAsTold(signal) {
  process.exit(128 + constants.signals[signal]);
}

/**
 * Starts a program that ends when this process is told to.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function startChild(command, args, options = {}) {
  if (ending) exitAsTold(ending);
  const child = spawn(command, args, options);
  running.add(child);
  /** @type {Promise<number>} */
  const exitCode = new Promise((resolve, reject) => {
    child.once('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
  return { child, exitCode };
}

/**
 * Runs a program to its end, with our own stdio unless `options` say otherwise.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 and the signal's number when one ended it
 */
export async function runChild(command, args, options = {}) {
  return await startChild(command, args, { stdio: 'inherit', ...options }).exitCode;
}

/**
 * Runs a program to its end and keeps what it writes, stdout and stderr in one.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
export async function captureChild(command, args, { onOutput, env = process.env, ...options } = {}) {
  // What it writes is shown where we write, though it sees a pipe.
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const { child, exitCode } = startChild(command, args, {
    ...options,
    env: { ...env, ...colour },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
      onOutput?.(text);
    });
  }
  const code = await exitCode;
  // Cut off half-way, its output says nothing.
  if (ending) exitAsTold(ending);
  return { exitCode: code, output };
}
