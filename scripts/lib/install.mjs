import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { captureChild } from './child.mjs';
import { withLock } from './lock.mjs';
import { elapsed, MODULES_FOLDER, NODE, OUTPUT_FOLDER, PROJECT_FOLDER, say } from './project.mjs';

/** How often a silent installation says that it still runs. */
const HEARTBEAT_MS = 15_000;

/** Of all packages, unpacked. */
const NEEDED_BYTES = 500e6;

/** Installs the packages unless node_modules holds what package-lock.json names. Throws an error for a person when it fails. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const onWait = (/** @type {number} */ pid) =>
    say(`Waiting for process ${pid}, which installs the packages …`);
  await withLock(
    join(OUTPUT_FOLDER, '.installing'),
    async () => {
      if (!isInstalled()) await install();
    },
    { onWait },
  );
}

function isInstalled() {
  const wanted = readLock(join(PROJECT_FOLDER, 'package-lock.json'));
  const found = readLock(join(MODULES_FOLDER, '.package-lock.json'));
  return existsSync(NODE) && wanted !== undefined && found !== undefined && matches(wanted, found);
}

/**
 * @typedef {{ packages: Record<string, { version?: string, integrity?: string, optional?: boolean }> }} Lock
 * @param {string} path
 * @returns {Lock | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Absent, or cut off in the middle.
    return undefined;
  }
}

/**
 * Whether every wanted package was installed; optional ones, for other systems, may be absent.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} found node_modules/.package-lock.json, which npm writes when it is done
 */
export function matches(wanted, found) {
  return Object.entries(wanted.packages).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const there = found.packages[path];
    return there ? there.version === version && there.integrity === integrity : Boolean(optional);
  });
}

async function install() {
  const startedAt = performance.now();
  const { bavail, bsize } = statfsSync(PROJECT_FOLDER);
  say('Installing the packages (npm install) …');
  const heartbeat = setInterval(() => say(`… still installing (${elapsed(startedAt)})`), HEARTBEAT_MS);
  // Not `npm ci`: it refuses a lock file that lacks a package for another system. `npm run --silent` and
  // NODE_ENV=production would reach this npm too.
  const args = ['install', '--no-save', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'];
  const [command, commandArgs] = npm(args);
  const { exitCode, output } = await captureChild(command, commandArgs, {
    cwd: PROJECT_FOLDER,
    onOutput: (text) => process.stderr.write(text),
  }).finally(() => clearInterval(heartbeat));
  if (exitCode !== 0)
    throw new Error(`Installing the packages failed. ${explainInstallFailure(output, bavail * bsize)}`);
  if (!existsSync(NODE)) {
    throw new Error(
      'The packages are installed, but their install scripts did not run, so that Node 24 and the PTY module are missing. ' +
        'Check that npm is not told to ignore them (npm config get ignore-scripts).',
    );
  }
  if (!isInstalled()) {
    throw new Error(
      'package-lock.json does not name what package.json asks for: run "npm install" and keep the result.',
    );
  }
  say(`Packages installed in ${elapsed(startedAt)}.`);
}

/**
 * The npm that runs us, else the one on PATH.
 * @param {string[]} args
 * @returns {[command: string, args: string[]]}
 */
function npm(args) {
  const running = process.env.npm_execpath;
  return running?.endsWith('npm-cli.js') ? [process.execPath, [running, ...args]] : ['npm', args];
}

const COMPILER = {
  darwin: 'Xcode’s command line tools: xcode-select --install',
  linux: 'Python 3, make and a C++ compiler; on Debian and Ubuntu: apt-get install -y python3 make g++',
};

/**
 * What a person can do about it, in a sentence.
 * @param {string} output of npm
 * @param {number} freeBytes on the disk before it began; a package's own script may fail in any way when there are too few
 */
export function explainInstallFailure(output, freeBytes) {
  if (freeBytes < NEEDED_BYTES || /ENOSPC|no space left/i.test(output)) {
    return 'The disk is full: free about 1 GB and try again.';
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/.test(
      output,
    )
  ) {
    return 'npm’s registry cannot be reached: check the network connection and proxy (npm config get registry), then try again.';
  }
  if (/gyp ERR!/.test(output)) {
    const needed = COMPILER[/** @type {keyof typeof COMPILER} */ (process.platform)] ?? COMPILER.linux;
    return `node-pty could not be compiled. It needs ${needed}.`;
  }
  if (/EACCES|EPERM/.test(output)) {
    return 'npm may not write there: check who owns this folder and npm’s cache (npm config get cache).';
  }
  return 'npm says above why.';
}
