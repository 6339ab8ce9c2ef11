import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cancellable, refuseUnknown, StandInEmitter } from './emitter.ts';
import { SingleInstance } from './single-instance.ts';

const EVENTS = [
  'accessibility-support-changed',
  'activate',
  'before-quit',
  'browser-window-created',
  'quit',
  'ready',
  'second-instance',
  'web-contents-created',
  'will-finish-launching',
  'will-quit',
  'window-all-closed',
];

/** Chromium's switches; to be given before the app is ready, as it starts then. */
class CommandLine {
  readonly #switches = new Map<string, string | undefined>();

  constructor() {
    refuseUnknown('app.commandLine', this);
  }

  appendSwitch(name: string, value?: string): void {
    this.#switches.set(name, value);
  }

  hasSwitch(name: string): boolean {
    return (
      this.#switches.has(name) || process.argv.some((argument) => argument.split('=')[0] === `--${name}`)
    );
  }

  get all(): string[] {
    return [...this.#switches].map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`));
  }
}

export type AppOptions = {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** Resolves to false when a window does not want to close. */
  readonly closeWindows: () => Promise<boolean>;
  readonly destroyWindows: () => void;
  /** Ends Chromium, if it runs. */
  readonly stop: () => Promise<void>;
};

/** Electron's `app`: the life of the process. */
export class App extends StandInEmitter {
  readonly isPackaged = false;
  /** Of macOS and Windows only. */
  readonly accessibilitySupportEnabled = false;
  readonly commandLine = new CommandLine();
  readonly #options: AppOptions;
  readonly #ready = Promise.withResolvers<void>();
  readonly #paths = new Map<string, string>();
  readonly #singleInstance = new SingleInstance();
  #name: string;
  #isReady = false;
  #isQuitting = false;
  #isExiting = false;

  constructor(options: AppOptions) {
    super('app', EVENTS);
    this.#options = options;
    this.#name = options.name;
    refuseUnknown('app', this);
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  /** To be called once Chromium runs. */
  becomeReady(): void {
    this.#isReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', cancellable(), {});
    this.#ready.resolve();
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return this.#options.version;
  }

  getAppPath(): string {
    return this.#options.folder;
  }

  getPath(name: string): string {
    const path = this.#paths.get(name) ?? this.#defaultPath(name);
    if (name === 'userData' || name === 'logs') mkdirSync(path, { recursive: true });
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  #defaultPath(name: string): string {
    switch (name) {
      case 'home':
        return homedir();
      case 'temp':
        return tmpdir();
      case 'appData':
        return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
      case 'userData':
        return join(this.getPath('appData'), this.#name);
      case 'sessionData':
        return this.getPath('userData');
      case 'logs':
        return join(this.getPath('userData'), 'logs');
      default:
        throw new Error(`stand-in: the path '${name}' is not implemented`);
    }
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    return this.#singleInstance.acquire(
      this.getPath('userData'),
      additionalData,
      ({ argv, cwd, additionalData: data }) => this.emit('second-instance', cancellable(), argv, cwd, data),
    );
  }

  /** Each renderer is sandboxed as far as Chromium is. */
  enableSandbox(): void {}

  setAboutPanelOptions(): void {}

  quit(): void {
    if (this.isEnding) return;
    const event = cancellable();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#isQuitting = true;
    void this.#closeAndExit();
  }

  get isEnding(): boolean {
    return this.#isQuitting || this.#isExiting;
  }

  /** To be called when the last window has gone. Without a listener that is the app's end. */
  lastWindowClosed(): void {
    if (this.isEnding) return;
    if (!this.emit('window-all-closed')) this.quit();
  }

  async #closeAndExit(): Promise<void> {
    const event = cancellable();
    if (await this.#options.closeWindows()) this.emit('will-quit', event);
    else event.preventDefault();
    if (event.defaultPrevented) this.#isQuitting = false;
    else this.exit(0);
  }

  exit(code = 0): void {
    if (this.#isExiting) return;
    this.#isExiting = true;
    this.#options.destroyWindows();
    this.emit('quit', cancellable(), code);
    void this.#options.stop().then(() => process.exit(code));
  }
}
