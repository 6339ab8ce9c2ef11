import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

/** The files of one page-side script as one script: types gone, and as all share a scope, imports and exports too. */
function joinFiles(names: readonly string[]): string {
  return names
    .map((name) => stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'page', name), 'utf8')))
    .map((code) => code.replaceAll(/^import .*$/gm, '').replaceAll(/^export /gm, ''))
    .join('\n');
}

const MAIN_WORLD = joinFiles(['bridge.ts', 'main-world.ts']);
const PRELOAD_WORLD = joinFiles(['bridge.ts', 'codec.ts', 'messages.ts', 'preload-world.ts']);

/** The script for the page's own world. */
export function mainWorldScript(token: string): string {
  return `(() => {${MAIN_WORLD}\nstartMainWorld(${JSON.stringify(token)});})();`;
}

/** The script for the isolated world: the app's preload, as the function that Electron makes of it. */
export function preloadWorldScript(token: string, process: object, preloadCode: string): string {
  const preload = `function (require, process, module, exports) {${preloadCode}\n}`;
  return `(() => {${PRELOAD_WORLD}\nstartPreloadWorld(${JSON.stringify(token)}, ${JSON.stringify(process)}, ${preload});})();`;
}
