import { closeSync, constants, existsSync, openSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { ReadStream } from 'node:tty';
import * as nodePty from 'node-pty';
import { programInFront, programName } from './front-program.ts';
import { joined } from './outlet.ts';
import { findProgram } from './shell.ts';
import { readModes, type TerminalModes } from './terminal-modes.ts';
import type { TerminalSession } from './terminal-session.ts';
import type { TerminalSize } from './types.ts';
import { wholeLength } from './whole-length.ts';

export type ChildOptions = {
  /** Absolute path. */
  readonly program: string;
  readonly programArguments: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly size: TerminalSize;
  /** Whole characters and escape sequences, in memory that is never used again. */
  readonly onOutput: (bytes: Uint8Array) => void;
  /** After all output. */
  readonly onExit: (exit: { exitCode: number; signal?: number }) => void;
};

/**
 * node-pty's binding, beneath its Terminal class, which closes the terminal 200 ms after the exit, read or not, tells the exit only then,
 * and sets UTF-8 line editing only where it decodes the output. Not a public interface: check it when node-pty's version changes.
 */
type Binding = {
  fork(
    file: string,
    fileArguments: readonly string[],
    environment: readonly string[],
    folder: string,
    columns: number,
    rows: number,
    userId: number,
    groupId: number,
    isUtf8: boolean,
    helper: string,
    onExit: (exitCode: number, signal: number) => void,
  ): { fd: number; pid: number; pty: string };
  resize(descriptor: number, columns: number, rows: number): void;
  /** macOS: the name of the process group in front. */
  process(descriptor: number): string | undefined;
};

/** No output for so long after the exit means that there is no more. */
const QUIET_MS = 25;
/** What jobs that outlive the shell still print after its exit is not waited for longer, in time and bytes. */
const DRAIN_LIMIT_MS = 1000;
const DRAIN_LIMIT_BYTES = 4 * 1024 * 1024;
/** Between two tries to write to a program that does not read. */
const WRITE_RETRY_MS = 4;

/** Closes what node-pty lets children inherit: the other terminals. `sh` could not, for it knows one-digit descriptors only. */
const CLOSE_DESCRIPTORS =
  'for path in /dev/fd/*; do fd=${path##*/}; [ "$fd" -gt 2 ] && eval "exec $fd>&-"; done; exec "$@"';

/** A program on a terminal of its own. Throws when the system has no more terminals or processes. */
export class Child {
  readonly session: TerminalSession;
  readonly #binding: Binding;
  readonly #descriptor: number;
  readonly #stream: ReadStream;
  /** The program's end of the terminal: while it is open here, no exit can cut off output that is still to be read. */
  readonly #programEnd: number;
  readonly #options: ChildOptions;
  #held: Uint8Array = new Uint8Array();
  #drainedBytes = 0;
  #input: Uint8Array[] = [];
  #retry: NodeJS.Timeout | undefined;
  #isPaused = false;
  #hasExited = false;
  #isClosed = false;

  constructor(options: ChildOptions) {
    const { native } = nodePty as unknown as { native: Binding | null };
    if (!native) throw new Error('Carrel runs shells on Linux and macOS only.');
    const { columns, rows } = options.size;
    const [file = options.program, ...fileArguments] = commandOf(options);
    const forked = native.fork(
      file,
      fileArguments,
      Object.entries({ ...options.environment, PWD: options.folder }).map(
        ([name, value]) => `${name}=${value}`,
      ),
      options.folder,
      columns,
      rows,
      -1,
      -1,
      true,
      helperPath(),
      (exitCode, signal) => this.#exited(signal > 0 ? { exitCode, signal } : { exitCode }),
    );
    this.#binding = native;
    this.#options = options;
    this.#descriptor = forked.fd;
    this.session = { leader: forked.pid, terminal: forked.pty };
    this.#programEnd = openOrHangUp(forked);
    this.#stream = new ReadStream(forked.fd);
    this.#stream.on('data', (bytes: Buffer) => this.#received(bytes));
    // The terminal went away; the exit is told by the binding.
    this.#stream.on('error', () => {});
  }

  /** The name of the program in front of the terminal; undefined while that is the one it was opened for. */
  programInFront(): string | undefined {
    if (process.platform === 'linux') return programInFront(this.session.leader);
    const name = this.#stream.destroyed ? undefined : programName(this.#binding.process(this.#descriptor));
    return name === basename(this.#options.program) ? undefined : name;
  }

  /** Sent as the program takes it; what it has not taken when it ends is dropped. */
  write(data: string): void {
    this.#input.push(Buffer.from(data));
    if (this.#retry === undefined) this.#writeInput();
  }

  /** Undefined when nobody can tell. */
  async readModes(): Promise<TerminalModes | undefined> {
    return this.#isClosed ? undefined : await readModes(this.#programEnd);
  }

  resize({ columns, rows }: TerminalSize): void {
    if (!this.#stream.destroyed) this.#binding.resize(this.#descriptor, columns, rows);
  }

  /** Makes the program wait once the system's own buffer is full. After the exit there is nothing to hold back. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (isPaused && !this.#hasExited) this.#stream.pause();
    else this.#stream.resume();
  }

  /** Gives the terminal up; nothing is told any more. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#stream.destroy();
    closeSync(this.#programEnd);
  }

  #received(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    this.#drainedBytes += bytes.length;
    const all = this.#held.length > 0 ? joined([this.#held, bytes]) : bytes;
    const length = wholeLength(all);
    this.#held = all.subarray(length);
    if (length > 0) this.#options.onOutput(all.subarray(0, length));
  }

  #exited(exit: { exitCode: number; signal?: number }): void {
    this.#hasExited = true;
    this.#drainedBytes = 0;
    this.setPaused(this.#isPaused);
    this.#drain(exit, performance.now() + DRAIN_LIMIT_MS);
  }

  /** Waits for the last output. Between a timer and an immediate lies a look at all descriptors, so a busy process does not cut off anything. */
  #drain(exit: { exitCode: number; signal?: number }, untilMs: number): void {
    const before = this.#drainedBytes;
    setTimeout(() => {
      setImmediate(() => {
        if (this.#isClosed) return;
        const isQuiet = this.#drainedBytes === before;
        const isEnough = this.#drainedBytes > DRAIN_LIMIT_BYTES || performance.now() > untilMs;
        if (!isQuiet && !isEnough) return this.#drain(exit, untilMs);
        if (this.#held.length > 0) this.#options.onOutput(this.#held);
        this.close();
        this.#options.onExit(exit);
      });
    }, QUIET_MS);
  }

  #writeInput(): void {
    this.#retry = undefined;
    try {
      while (this.#input[0] && !this.#stream.destroyed) {
        const [bytes] = this.#input;
        const written = writeSync(this.#descriptor, bytes);
        if (written === bytes.length) this.#input.shift();
        else this.#input[0] = bytes.subarray(written);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') this.#input = [];
      else this.#retry = setTimeout(() => this.#writeInput(), WRITE_RETRY_MS);
    }
  }
}

function openOrHangUp({ fd, pty }: { fd: number; pty: string }): number {
  try {
    return openSync(pty, constants.O_RDWR | constants.O_NOCTTY);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** On macOS the binding itself closes descriptors. */
function commandOf({ program, programArguments, environment }: ChildOptions): string[] {
  const bash =
    process.platform === 'linux'
      ? findProgram('bash', { PATH: `/bin:/usr/bin:${environment['PATH']}` })
      : undefined;
  if (bash === undefined) return [program, ...programArguments];
  // -p: reads no $BASH_ENV and takes over no functions, which are the shell's to read.
  return [bash, '-p', '-c', CLOSE_DESCRIPTORS, 'carrel', program, ...programArguments];
}

/** The program that starts others on macOS lies beside the binding, outside of an archive of the app. */
function helperPath(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('node-pty/package.json'));
  const folders = ['build/Release', `prebuilds/${process.platform}-${process.arch}`];
  const found = folders.map((name) => join(folder, name, 'spawn-helper')).find((path) => existsSync(path));
  return (found ?? '').replace('app.asar/', 'app.asar.unpacked/');
}
