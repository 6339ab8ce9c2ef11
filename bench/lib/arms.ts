import { tmpdir } from 'node:os';
import { Child } from '../../src/main/pty/child.ts';
import { Mirror } from '../../src/main/pty/mirror.ts';
import { joined } from '../../src/main/pty/outlet.ts';
import { RemotePty } from '../../src/main/pty/process/remote-pty.ts';
import { TerminalProcess } from '../../src/main/pty/process/terminal-process.ts';
import type { Pty, PtyOptions } from '../../src/main/pty/types.ts';

/** A way to bring a program's output to a client; the page has the other half under the same name. */
export type Arm = {
  readonly name: 'carrel' | 'fixed-batch' | 'no-flow-control';
  open(program: string, send: (bytes: Uint8Array) => void): OpenedArm;
};

export type OpenedArm = AsyncDisposable & {
  write(data: string): void;
  acknowledge(bytes: number, drawnInMs: number): void;
};

export const SIZE = { columns: 120, rows: 40 };

/** One process for all of Carrel's terminals, as in the app. */
const terminals = new TerminalProcess();

/** A tab's terminal. */
export function openCarrelPty(shell: string, options: Partial<PtyOptions> = {}): Pty {
  const ignore = () => {};
  return new RemotePty(
    {
      shell,
      cwd: tmpdir(),
      environment: process.env,
      scrollback: 1000,
      useShellIntegration: false,
      listener: { stateChanged: ignore, cwdChanged: ignore, commandFinished: ignore, programChanged: ignore },
      ...options,
    },
    { process: terminals, findIntegration: () => undefined },
  );
}

/** A terminal of another tab: the process is there, and has run a while, as in an app that is used. */
export function keepProcess(): AsyncDisposable {
  const pty = openCarrelPty('/bin/cat');
  pty.start(SIZE);
  return pty;
}

/** Carrel's own terminal, in the process of the terminals. */
export const carrel: Arm = {
  name: 'carrel',
  open(program, send) {
    const pty = openCarrelPty(program);
    const attachment = pty.attach((kind, bytes) => {
      if (kind === 'data') send(bytes);
    });
    pty.start(SIZE);
    return {
      write: (data) => pty.write(data),
      acknowledge: (bytes, drawnInMs) => attachment.acknowledge(bytes, drawnInMs),
      [Symbol.asyncDispose]: () => pty[Symbol.asyncDispose](),
    };
  },
};

/** VS Code's constants, on the same reading and with a mirror as VS Code's own: what differs is the flow control. */
export const fixedBatch = batched('fixed-batch', { batchMs: 5, pauseAbove: 100_000, resumeBelow: 5000 });

/** Hyper's batches, no mirror, and nothing that holds the program back. */
export const noFlowControl = batched('no-flow-control', { batchMs: 16 });

function batched(
  name: Arm['name'],
  {
    batchMs,
    pauseAbove = Number.POSITIVE_INFINITY,
    resumeBelow = 0,
  }: { batchMs: number; pauseAbove?: number; resumeBelow?: number },
): Arm {
  return {
    name,
    open(program, send) {
      const mirror = new Mirror({
        size: SIZE,
        scrollback: 1000,
        onAnswer() {},
        onMark() {},
        onFolderUrl() {},
      });
      let chunks: Uint8Array[] = [];
      let unacknowledged = 0;
      let isPaused = false;
      let timer: NodeJS.Timeout | undefined;
      const flush = () => {
        timer = undefined;
        send(joined(chunks));
        chunks = [];
      };
      const child = new Child({
        program,
        programArguments: [],
        folder: tmpdir(),
        environment: { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color' },
        size: SIZE,
        onOutput(bytes) {
          if (pauseAbove < Number.POSITIVE_INFINITY) mirror.write(bytes, { isAnswering: false });
          chunks.push(bytes);
          timer ??= setTimeout(flush, batchMs);
          unacknowledged += bytes.length;
          if (!isPaused && unacknowledged > pauseAbove) child.setPaused((isPaused = true));
        },
        onExit() {},
      });
      return {
        write: (data) => child.write(data),
        acknowledge(bytes) {
          unacknowledged = Math.max(0, unacknowledged - bytes);
          if (isPaused && unacknowledged < resumeBelow) child.setPaused((isPaused = false));
        },
        async [Symbol.asyncDispose]() {
          clearTimeout(timer);
          child.close();
          mirror[Symbol.dispose]();
        },
      };
    },
  };
}
