import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PROMPT = 'carrel$ ';

/** A user of their own for one test: a home folder with a plain prompt, and Carrel's folder in it. */
export class TemporaryHome implements Disposable {
  readonly userFolder = mkdtempSync(join(tmpdir(), 'carrel-e2e-'));
  /** CARREL_HOME. */
  readonly folder = join(this.userFolder, 'carrel');
  readonly archive = join(this.folder, 'carrel.db');
  readonly #settings = join(this.folder, 'settings.toml');

  constructor(settings: string) {
    mkdirSync(this.folder, { mode: 0o700 });
    writeFileSync(join(this.userFolder, '.bashrc'), `PS1='${PROMPT}'\nunset HISTFILE\n`);
    writeFileSync(join(this.userFolder, '.bash_profile'), '. ~/.bashrc\n');
    this.writeSettings(settings);
  }

  writeSettings(toml: string): void {
    writeFileSync(this.#settings, toml, { mode: 0o600 });
  }

  readSettings(): string {
    return readFileSync(this.#settings, 'utf8');
  }

  path(...names: string[]): string {
    return join(this.userFolder, ...names);
  }

  /** What Carrel is started with: nothing of the tester's own but where to find programs and the display. */
  environment(extra: NodeJS.ProcessEnv = {}): Record<string, string> {
    const inherited = Object.entries(process.env).filter(([name]) =>
      /^(PATH|DISPLAY|XAUTHORITY|XDG_RUNTIME_DIR|CARREL_NODE|CARREL_CHROMIUM|STAND_IN_\w+)$/.test(name),
    );
    const own = {
      HOME: this.userFolder,
      CARREL_HOME: this.folder,
      SHELL: '/bin/bash',
      LANG: 'C.UTF-8',
      LESS: '',
    };
    const all: NodeJS.ProcessEnv = { ...Object.fromEntries(inherited), ...own, ...extra };
    return Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  }

  [Symbol.dispose](): void {
    rmSync(this.userFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
