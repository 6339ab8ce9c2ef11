import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which program tests launch as Electron, and a line for people that says why. */
export type ElectronChoice = {
  readonly executablePath: string;
  readonly isReal: boolean;
  readonly reason: string;
};

/** The real Electron if its binary has been downloaded, else the stand-in. Downloads nothing. */
export function findElectron(): ElectronChoice {
  const folder = join(import.meta.dirname, '../../node_modules/electron');
  const binary = readBinaryPath(folder);
  if (binary !== undefined && existsSync(binary)) {
    return { executablePath: binary, isReal: true, reason: `the real Electron, ${binary}` };
  }
  return {
    executablePath: join(import.meta.dirname, 'bin/electron'),
    isReal: false,
    reason:
      "the stand-in on an installed Chromium, as Electron's binary is not in node_modules/electron/dist",
  };
}

/** As the package's index.js does it: `path.txt` names the binary in `dist`, or in the folder the environment chose. */
function readBinaryPath(folder: string): string | undefined {
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : undefined;
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return join(override, name ?? 'electron');
  return name === undefined ? undefined : join(folder, 'dist', name);
}
