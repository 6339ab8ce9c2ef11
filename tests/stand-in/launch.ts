import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** How Electron was called: `electron [switches] app [arguments]`. */
export type Launch = {
  readonly folder: string;
  readonly main: string;
  readonly name: string;
  readonly version: string;
  /** Modules to load before the app, of `-r`. */
  readonly required: readonly string[];
  /** Passed on to Chromium. */
  readonly switches: readonly string[];
};

type Manifest = { name?: string; productName?: string; version?: string; main?: string };

export function parseLaunch(parameters: readonly string[]): Launch {
  const required: string[] = [];
  let app: string | undefined;
  for (let index = 0; index < parameters.length && app === undefined; index += 1) {
    const parameter = parameters[index] ?? '';
    if (parameter === '-r' || parameter === '--require') {
      index += 1;
      required.push(parameters[index] ?? '');
    } else if (!parameter.startsWith('-')) {
      app = parameter;
    }
  }
  const switches = parameters.filter((parameter) => parameter.startsWith('--remote-debugging-port='));
  return { ...findApp(resolve(app ?? '.')), required, switches };
}

/** An app is a folder with a package.json, or a script. */
function findApp(path: string): Pick<Launch, 'folder' | 'main' | 'name' | 'version'> {
  if (!statSync(path).isDirectory())
    return { folder: dirname(path), main: path, name: 'Electron', version: '0.0.0' };
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
  return {
    folder: path,
    main: join(path, manifest.main ?? 'index.js'),
    name: manifest.productName ?? manifest.name ?? 'Electron',
    version: manifest.version ?? '0.0.0',
  };
}
