import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 200;
/** No task takes so long: the file is left over, though its process's number may be in use again. */
const LEFT_OVER_MS = 15 * 60_000;

/**
 * Runs `task` while no other process runs one under the same lock file. The file names its process, so that one that
 * was killed holds nobody up.
 * @template Value
 * @param {string} path
 * @param {() => Promise<Value>} task
 * @param {{ onWait?: (pid: number) => void }} [options] `onWait` runs once, before waiting for another process
 * @returns {Promise<Value>}
 */
export async function withLock(path, task, { onWait } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  for (let hasWaited = false; !tryLock(path); await wait(POLL_MS)) {
    const owner = readOwner(path);
    if (isLeftOver(path, owner)) rmSync(path, { force: true });
    else if (owner && !hasWaited) {
      hasWaited = true;
      onWait?.(owner);
    }
  }
  const unlock = () => rmSync(path, { force: true });
  process.once('exit', unlock);
  try {
    return await task();
  } finally {
    process.off('exit', unlock);
    unlock();
  }
}

/** @param {string} path */
function tryLock(path) {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {number | undefined} nothing when the file has gone or holds nothing yet
 */
function readOwner(path) {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} path
 * @param {number | undefined} owner
 */
function isLeftOver(path, owner) {
  const writtenAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - writtenAt > LEFT_OVER_MS || (owner !== undefined && !isAlive(owner));
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
