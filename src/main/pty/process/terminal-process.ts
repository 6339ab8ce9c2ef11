import { join } from 'node:path';
import { forkNode, type ForkedProgram, type ForkProgram } from './fork.ts';
import type { FromTerminals, ToTerminals } from './messages.ts';

/** A terminal on this side. */
export type Member = {
  receive(message: FromTerminals): void;
  /** The process died, and all that it held; the next message goes to a new one. */
  processDied(reason: string): void;
};

/** Beside this file; in the built app, the script that the bundler made of it. */
const PROGRAM_PATH = import.meta.env?.PROD
  ? (await import('./program.ts?modulePath')).default
  : join(import.meta.dirname, 'program.ts');

type Running = { readonly forked: ForkedProgram; readonly exited: Promise<void> };

/** When to give up on a process that does not close a terminal. */
const CLOSE_LIMIT_MS = 5000;

/**
 * The process that runs the shells and their screens, so that no flood of output can hold up the app and no fault in there can end it.
 * It starts with the first terminal, ends with the last, and is started again when it died.
 */
export class TerminalProcess {
  readonly #fork: ForkProgram;
  readonly #members = new Map<number, Member>();
  readonly #closing = new Map<number, () => void>();
  #program: Running | undefined;
  #lastId = 0;

  /** `fork` starts the process: by default as a child of Node. */
  constructor(fork: ForkProgram = forkNode) {
    this.#fork = fork;
  }

  /** Gives the id that the terminal's messages carry. */
  join(member: Member): number {
    this.#lastId += 1;
    this.#members.set(this.#lastId, member);
    // It starts while the app does.
    this.#running();
    return this.#lastId;
  }

  post(message: ToTerminals): void {
    this.#running().forked.post(message);
  }

  /** Resolves when the terminal and all that it started are gone; the last one takes the process with it. */
  async leave(id: number, isOpen: boolean): Promise<void> {
    const program = this.#program;
    if (program && isOpen) await this.#close(id, program.forked);
    this.#members.delete(id);
    if (!program || this.#members.size > 0 || this.#program !== program) return;
    this.#program = undefined;
    program.forked.kill();
    await program.exited;
  }

  async #close(id: number, forked: ForkedProgram): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#closing.set(id, resolve);
    const limit = setTimeout(() => forked.kill(), CLOSE_LIMIT_MS);
    forked.post({ type: 'close', id } satisfies ToTerminals);
    await promise;
    clearTimeout(limit);
    this.#closing.delete(id);
  }

  #running(): Running {
    if (this.#program) return this.#program;
    const { promise: exited, resolve } = Promise.withResolvers<void>();
    const forked = this.#fork(PROGRAM_PATH, {
      received: (message) => this.#received(message as FromTerminals),
      exited: (reason) => {
        resolve();
        this.#died(program, reason);
      },
    });
    const program: Running = { forked, exited };
    this.#program = program;
    return program;
  }

  #received(message: FromTerminals): void {
    if (message.type === 'closed') this.#closing.get(message.id)?.();
    else this.#members.get(message.id)?.receive(message);
  }

  #died(program: Running, reason: string): void {
    if (this.#program !== program) return;
    this.#program = undefined;
    for (const closed of this.#closing.values()) closed();
    for (const member of this.#members.values()) member.processDied(reason);
  }
}
