import { delimiter, dirname, join } from 'node:path';

/** What npm sets for its scripts beside `npm_…`. */
const SET_BY_NPM = new Set(['INIT_CWD', 'NODE', 'COLOR']);

/**
 * The environment that the person had before `npm start`: shells in Carrel inherit it, and neither npm's variables nor the
 * project's programs on PATH are any business of theirs.
 */
export function userEnvironment(environment: NodeJS.ProcessEnv, projectFolder: string): NodeJS.ProcessEnv {
  const added = addedToPath(projectFolder);
  const kept = Object.entries(environment).filter(([name]) => !/^npm_/i.test(name) && !SET_BY_NPM.has(name));
  const path = environment['PATH']
    ?.split(delimiter)
    .filter((folder) => !added.has(folder) && !/[\\/]node-gyp-bin$/.test(folder))
    .join(delimiter);
  return { ...Object.fromEntries(kept), ...(path !== undefined && { PATH: path }) };
}

/** npm adds the programs of every folder above the project; scripts/run.mjs adds the project's Node. */
function addedToPath(projectFolder: string): Set<string> {
  const added = new Set([join(projectFolder, 'node_modules/node/bin')]);
  for (let folder = projectFolder; ; folder = dirname(folder)) {
    added.add(join(folder, 'node_modules/.bin'));
    if (folder === dirname(folder)) return added;
  }
}
