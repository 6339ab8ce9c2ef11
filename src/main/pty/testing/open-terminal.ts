import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Terminal } from '@xterm/headless';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { vi } from 'vitest';
import type { FinishedCommand, PtyState } from '../../../shared/session.ts';
import { TerminalProcess } from '../process/terminal-process.ts';
import { createPtyRoom } from '../pty-room.ts';
import type { Pty, PtyOptions, TerminalSize } from '../types.ts';

export const SIZE: TerminalSize = { columns: 80, rows: 24 };

/** One process for all tests of a file, kept by a terminal that is never opened. It ends with the tests. */
const sharedProcess = new TerminalProcess();
sharedProcess.join({ receive() {}, processDied() {} });

/** A real PTY in a home of its own, and what it told its session. */
export type OpenedTerminal = AsyncDisposable & {
  readonly pty: Pty;
  readonly home: string;
  readonly states: PtyState[];
  readonly folders: string[];
  readonly commands: FinishedCommand[];
  readonly programs: (string | undefined)[];
};

/** `script` is a shell script that runs in the shell's place. */
export function openTerminal({
  script,
  terminals = sharedProcess,
  ...options
}: Partial<PtyOptions> & { script?: string; terminals?: TerminalProcess } = {}): OpenedTerminal {
  const home = mkdtempSync(join(tmpdir(), 'carrel-pty-'));
  const program = join(home, 'program');
  if (script !== undefined) writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  writeFileSync(join(home, '.bashrc'), "PS1='$ '\n");
  const states: PtyState[] = [];
  const folders: string[] = [];
  const commands: FinishedCommand[] = [];
  const programs: (string | undefined)[] = [];
  const { openPty } = createPtyRoom({ integrationFolder: join(home, 'shell-integration'), terminals });
  const { PATH } = process.env;
  const pty = openPty({
    shell: script === undefined ? '/bin/bash' : program,
    cwd: home,
    scrollback: 1000,
    useShellIntegration: false,
    ...options,
    environment: { PATH, HOME: home, LANG: 'C.UTF-8', ...options.environment },
    listener: {
      stateChanged: (state) => states.push(state),
      cwdChanged: (cwd) => folders.push(cwd),
      commandFinished: (command) => commands.push(command),
      programChanged: (program) => programs.push(program),
    },
  });
  return {
    pty,
    home,
    states,
    folders,
    commands,
    programs,
    async [Symbol.asyncDispose]() {
      await pty[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What a window does: shows the snapshot and the data, acknowledges what it drew, answers queries. */
export class Client implements Disposable {
  readonly terminal: Terminal;
  readonly chunks: Buffer[] = [];
  readonly answers: string[] = [];
  /** Of all snapshots. */
  readonly kinds: ('snapshot' | 'latest')[] = [];
  receivedBytes = 0;
  unacknowledgedBytes = 0;
  greatestUnacknowledgedBytes = 0;
  /** Set to hold acknowledgements back, as a window that hangs would. */
  isStuck = false;
  readonly attachment;
  readonly #pty: Pty;

  constructor(pty: Pty, { columns, rows } = SIZE) {
    this.#pty = pty;
    this.terminal = new Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true });
    this.terminal.loadAddon(new UnicodeGraphemesAddon());
    this.terminal.onData((data) => {
      this.answers.push(data);
      pty.write(data);
    });
    this.attachment = pty.attach((kind, bytes) => {
      if (kind !== 'data') {
        this.kinds.push(kind);
        this.unacknowledgedBytes = 0;
        // In the order of the output: data from before may not be parsed yet.
        this.terminal.write('\x1bc');
        this.terminal.write(bytes);
        return;
      }
      this.chunks.push(Buffer.from(bytes));
      this.receivedBytes += bytes.length;
      this.unacknowledgedBytes += bytes.length;
      this.greatestUnacknowledgedBytes = Math.max(this.greatestUnacknowledgedBytes, this.unacknowledgedBytes);
      this.terminal.write(bytes, () => {
        if (!this.isStuck) this.#acknowledge(bytes.length);
      });
    });
  }

  /** The visible rows, without trailing spaces and empty rows at the end. */
  get screen(): string {
    const { active } = this.terminal.buffer;
    return linesOf(this.terminal, active.baseY);
  }

  /** Screen and scrollback. */
  get text(): string {
    return linesOf(this.terminal, 0);
  }

  /** All data so far. */
  get output(): string {
    return Buffer.concat(this.chunks).toString();
  }

  unstick(): void {
    this.isStuck = false;
    this.#acknowledge(this.unacknowledgedBytes);
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  /** Waits until the screen shows it. */
  async sees(wanted: string | RegExp): Promise<void> {
    const shows = () =>
      typeof wanted === 'string' ? this.screen.includes(wanted) : wanted.test(this.screen);
    await eventually(() => {
      if (!shows()) throw new Error(`The screen does not show ${wanted}:\n${this.screen}`);
    });
  }

  [Symbol.dispose](): void {
    this.attachment[Symbol.dispose]();
  }

  #acknowledge(bytes: number): void {
    this.unacknowledgedBytes -= bytes;
    this.attachment.acknowledge(bytes, 0);
  }
}

export function linesOf(terminal: Terminal, from: number): string {
  const { active } = terminal.buffer;
  const rows = Array.from({ length: active.length - from }, (_, row) => active.getLine(from + row));
  return rows
    .map((line) => line?.translateToString(true) ?? '')
    .join('\n')
    .trimEnd();
}

/** Waits until the check no longer throws; generous, for a machine that does other work. */
export async function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return await vi.waitFor(check, { timeout: 10_000, interval: 5 });
}

/** What a client that came now would be shown. */
export async function snapshotOf(pty: Pty): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  using _ = pty.attach((_, bytes) => resolve(Buffer.from(bytes).toString()));
  return await promise;
}

/** Waits until the shell's last state is that one. */
export async function reaches({ states }: OpenedTerminal, status: PtyState['status']): Promise<void> {
  await eventually(() => {
    if (states.at(-1)?.status !== status)
      throw new Error(`The shell is ${states.at(-1)?.status}, not ${status}`);
  });
}

/** A client on a shell that has shown its prompt. */
export async function startClient({ pty }: Pick<OpenedTerminal, 'pty'>, size = SIZE): Promise<Client> {
  pty.start(size);
  const client = new Client(pty, size);
  await client.sees(/[$%#>❯] *$/);
  return client;
}
