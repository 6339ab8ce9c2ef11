import { tmpdir } from 'node:os';
import { Child } from '../../src/main/pty/child.ts';
import { Mirror } from '../../src/main/pty/mirror.ts';
import { joined } from '../../src/main/pty/outlet.ts';
import { TerminalPty } from '../../src/main/pty/pty.ts';

/** A way to bring a program's output to a client; the page has the other half under the same name. */
export type Arm = {
  readonly name: 'carrel' | 'fixed-batch';
  open(program: string, send: (bytes: Uint8Array) => void): OpenedArm;
};

export type OpenedArm = AsyncDisposable & {
  write(data: string): void;
  acknowledge(bytes: number): void;
};

const SIZE = { columns: 120, rows: 40 };

/** Carrel's own terminal, with its mirror. */
export const carrel: Arm = {
  name: 'carrel',
  open(program, send) {
    const ignore = () => {};
    const pty = new TerminalPty(
      {
        shell: program,
        cwd: tmpdir(),
        environment: process.env,
        scrollback: 1000,
        useShellIntegration: false,
        listener: { stateChanged: ignore, cwdChanged: ignore, commandFinished: ignore },
      },
      () => undefined,
    );
    const attachment = pty.attach((kind, bytes) => {
      if (kind === 'data') send(bytes);
    });
    pty.start(SIZE);
    return {
      write: (data) => pty.write(data),
      acknowledge: (bytes) => attachment.acknowledge(bytes),
      [Symbol.asyncDispose]: () => pty[Symbol.asyncDispose](),
    };
  },
};

const BATCH_MS = 5;
const PAUSE_ABOVE = 100_000;
const RESUME_BELOW = 5000;

/** VS Code's constants, on the same reading and with a mirror as VS Code's own: what differs is the flow control. */
export const fixedBatch: Arm = {
  name: 'fixed-batch',
  open(program, send) {
    const mirror = new Mirror({ size: SIZE, scrollback: 1000, onAnswer() {}, onMark() {}, onFolderUrl() {} });
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
        mirror.write(bytes, { isAnswering: false });
        chunks.push(bytes);
        timer ??= setTimeout(flush, BATCH_MS);
        unacknowledged += bytes.length;
        if (!isPaused && unacknowledged > PAUSE_ABOVE) child.setPaused((isPaused = true));
      },
      onExit() {},
    });
    return {
      write: (data) => child.write(data),
      acknowledge(bytes) {
        unacknowledged = Math.max(0, unacknowledged - bytes);
        if (isPaused && unacknowledged < RESUME_BELOW) child.setPaused((isPaused = false));
      },
      async [Symbol.asyncDispose]() {
        clearTimeout(timer);
        child.close();
        mirror[Symbol.dispose]();
      },
    };
  },
};
