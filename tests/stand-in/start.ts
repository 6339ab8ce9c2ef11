/** The stand-in's main program: what the Electron binary does when it is called with an app. */
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import electronPackage from '../../node_modules/electron/package.json' with { type: 'json' };
import { launch, runtime } from './process-runtime.ts';

const electronModule = new URL('electron-module.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron' && specifier !== 'electron/main') return next(specifier, context);
    return { url: electronModule, format: 'module-typescript', shortCircuit: true };
  },
});

const versions = { ...process.versions, electron: electronPackage.version };
Object.defineProperty(process, 'versions', { value: versions });
Object.assign(process, { type: 'browser' });
process.argv = [join(import.meta.dirname, 'bin/electron'), ...process.argv.slice(2)];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => runtime.app.quit());

const require = createRequire(join(process.cwd(), 'required-by-electron.js'));
for (const module of launch.required) require(module);
await import(pathToFileURL(launch.main).href);
await runtime.start();
