import { fork, type ChildProcess } from 'node:child_process';
import { refuseUnknown, StandInEmitter } from './emitter.ts';

const PARENT_PORT = new URL('parent-port.ts', import.meta.url).href;

/** Electron's `UtilityProcess`: a child of Node, in which `process.parentPort` is the line to the app. */
class UtilityProcess extends StandInEmitter {
  readonly #child: ChildProcess;

  constructor(path: string, parameters: readonly string[]) {
    super('utilityProcess', ['spawn', 'message', 'error', 'exit']);
    this.#child = fork(path, parameters, { serialization: 'advanced', execArgv: ['--import', PARENT_PORT] });
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code) => this.emit('exit', code ?? 0));
    refuseUnknown('utilityProcess.fork()', this);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => {});
  }

  kill(): boolean {
    return this.#child.kill();
  }
}

export const utilityProcess = refuseUnknown('utilityProcess', {
  fork: (path: string, parameters: readonly string[] = [], _options: { serviceName?: string } = {}) =>
    new UtilityProcess(path, parameters),
});
