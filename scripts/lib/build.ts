import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureChild } from './child.mjs';
import { withLock } from './lock.mjs';
import { elapsed, MODULES_FOLDER, NODE, OUTPUT_FOLDER, PROJECT_FOLDER, say } from './project.mjs';

/** All that the built app is made from. */
const SOURCES = [
  'src/**/*.*',
  'package.json',
  'package-lock.json',
  'settings.toml.example',
  'electron.vite.config.ts',
  'tsconfig*.json',
];
const NOT_BUILT = /\.test\.tsx?$|\/testing\//;

/** What must be there for the app to start. */
const PRODUCTS = ['main/index.js', 'main/web.js', 'preload/index.cjs', 'renderer/index.html'];

const STAMP = join(OUTPUT_FOLDER, '.built');

/** The built script of the web host. */
export const WEB_HOST = join(OUTPUT_FOLDER, 'main/web.js');

/** Builds the app unless `out` was made from the sources as they are. Safe to call from several processes at once. */
export async function ensureBuilt(): Promise<void> {
  if (isBuilt(fingerprint(PROJECT_FOLDER))) return;
  const onWait = (pid: number) => say(`Waiting for process ${pid}, which builds Carrel …`);
  await withLock(join(OUTPUT_FOLDER, '.building'), buildIfNeeded, { onWait });
}

async function buildIfNeeded(): Promise<void> {
  const sources = fingerprint(PROJECT_FOLDER);
  if (isBuilt(sources)) return;
  const startedAt = performance.now();
  say('Building Carrel …');
  const cli = join(MODULES_FOLDER, 'electron-vite/bin/electron-vite.js');
  const { exitCode, output } = await captureChild(NODE, [cli, 'build', '--logLevel', 'warn'], {
    cwd: PROJECT_FOLDER,
  });
  if (exitCode !== 0) throw new Error(`${output.trimEnd()}\nCarrel could not be built: see above.`);
  writeFileSync(STAMP, sources);
  say(`Built in ${elapsed(startedAt)}.`);
}

function isBuilt(sources: string): boolean {
  return (
    PRODUCTS.every((product) => existsSync(join(OUTPUT_FOLDER, product))) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === sources
  );
}

/** Changes with the name or content of any file that the app is built from. */
export function fingerprint(projectFolder: string): string {
  const hash = createHash('sha256');
  const paths = globSync(SOURCES, { cwd: projectFolder }).filter((path) => !NOT_BUILT.test(path));
  for (const path of paths.toSorted()) {
    const content = readFileSync(join(projectFolder, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
