import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where everything that Carrel keeps lies. */
export type Home = {
  readonly folder: string;
  readonly settings: string;
  /** The user's own terminal themes; there need not be one. */
  readonly themes: string;
  readonly archive: string;
  readonly logs: string;
  /** Electron's own profile. */
  readonly electron: string;
  readonly shellIntegration: string;
  readonly lock: string;
  /** What was too long for the agent's models. */
  readonly outputs: string;
  /** What the agent changed, as it was before. */
  readonly undo: string;
};

/** `$CARREL_HOME`, else the platform's folder for configuration. Private to the user where it is made new. */
export function openHome(environment: NodeJS.ProcessEnv): Home {
  const folder = resolve(environment['CARREL_HOME'] || platformFolder(environment, process.platform));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    folder,
    settings: join(folder, 'settings.toml'),
    themes: join(folder, 'themes'),
    archive: join(folder, 'carrel.db'),
    logs: join(folder, 'logs'),
    electron: join(folder, 'electron'),
    shellIntegration: join(folder, 'shell-integration'),
    lock: join(folder, 'lock'),
    outputs: join(folder, 'outputs'),
    undo: join(folder, 'undo'),
  };
}

export function platformFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Carrel');
  if (platform === 'win32') return join(environment['APPDATA'] ?? homedir(), 'Carrel');
  return join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'carrel');
}
