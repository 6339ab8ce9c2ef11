import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import bash from './integration/carrel.bash?raw';
import fish from './integration/carrel.fish?raw';
import pwsh from './integration/carrel.ps1?raw';
import zsh from './integration/carrel.zsh?raw';
import { INTEGRATION_FILES, NONCE_FILE_PREFIX } from './integration.ts';

const SCRIPTS = { bash, fish, pwsh, zsh } as const;

/** Writes the scripts that are absent or differ, for the user alone to read. Each is replaced whole. Nonces that no shell fetched go. */
export function writeIntegrationFiles(folder: string): void {
  for (const [shell, script] of Object.entries(SCRIPTS)) {
    const path = join(folder, INTEGRATION_FILES[shell as keyof typeof SCRIPTS]);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (contentOf(path) === script) continue;
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, script, { mode: 0o600 });
    renameSync(temporary, path);
  }
  chmodSync(folder, 0o700);
  const left = readdirSync(folder).filter((name) => name.startsWith(NONCE_FILE_PREFIX));
  for (const name of left) rmSync(join(folder, name), { force: true });
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
