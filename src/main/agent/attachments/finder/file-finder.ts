import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FindAnswer, FindQuestion } from './types.ts';

/** Beside this file; in the built app, the script that the bundler made of it. */
const PROGRAM_PATH = import.meta.env?.PROD
  ? (await import('./program.ts?modulePath')).default
  : join(import.meta.dirname, 'program.ts');

/** Nobody types a mention any more: the thread and what it remembers go. */
const IDLE_MS = 60_000;

/** Finds paths in a thread of its own, which stays while someone types: a large folder is looked through once, and no tab waits for it. */
export class FileFinder implements AsyncDisposable {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, (paths: readonly string[]) => void>();
  #lastId = 0;
  #idle: NodeJS.Timeout | undefined;

  async find(question: Omit<FindQuestion, 'id'>): Promise<readonly string[]> {
    const { promise, resolve } = Promise.withResolvers<readonly string[]>();
    const id = ++this.#lastId;
    this.#waiting.set(id, resolve);
    this.#worker ??= this.#start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window's
    this.#worker.postMessage({ id, ...question } satisfies FindQuestion);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this[Symbol.asyncDispose](), IDLE_MS).unref();
    return promise;
  }

  #start(): Worker {
    const worker = new Worker(PROGRAM_PATH, { execArgv: [], env: {} });
    worker.unref();
    worker.on('message', ({ id, paths }: FindAnswer) => {
      this.#waiting.get(id)?.(paths);
      this.#waiting.delete(id);
    });
    // A completion that fails is none: the next letter starts another thread.
    worker.on('error', () => this.#ended(worker));
    worker.on('exit', () => this.#ended(worker));
    return worker;
  }

  #ended(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const resolve of this.#waiting.values()) resolve([]);
    this.#waiting.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }
}
