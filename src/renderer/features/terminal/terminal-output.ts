import type { Terminal } from '@xterm/xterm';
import type { PtyListener } from '../../client/client.ts';
import { afterDrawn, afterQueued, emptyFlow } from './acknowledgements.ts';

/** One `write`: the terminal parses it whole before the window gets a chance to answer a key. */
const CHUNK_BYTES = 64 * 1024;

/**
 * What the terminal is given at a time: less than it parses without a pause. It makes its pauses by timers in timers,
 * which browsers stretch to 4 ms, a quarter of the time in a flood.
 */
const BATCH_BYTES = 256 * 1024;

/** Everything back to its initial state, in the order of the output, and no frame until the end of the snapshot. */
const BEGIN_SNAPSHOT = '\u001Bc\u001B[?2026h';
const END_SNAPSHOT = '\u001B[?2026l';

export type TerminalOutput = {
  readonly receive: PtyListener;
  /** Whether a snapshot is being drawn now; what the terminal answers to it must not reach the shell again. */
  readonly isReplaying: () => boolean;
  /** Whether the latest snapshot left older lines out. */
  readonly lacksOlder: () => boolean;
};

/** Draws what the core sends: a snapshot replaces all, data is added and acknowledged once it is drawn. */
export function createTerminalOutput(
  terminal: Pick<Terminal, 'write' | 'buffer' | 'scrollLines'>,
  acknowledge: (bytes: number, drawnInMs: number) => void,
): TerminalOutput {
  let flow = emptyFlow;
  let replays = 0;
  let lacksOlder = false;
  /** Counts snapshots: data from before one belongs to an attachment that is gone. */
  let epoch = 0;
  let waiting: Uint8Array[] = [];
  /** Bytes that the terminal has and has not drawn. */
  let given = 0;
  /** When the terminal began with what is not acknowledged yet. */
  let begunAt = 0;

  function give(): void {
    while (waiting.length > 0 && given < BATCH_BYTES) {
      const chunk = waiting.shift() ?? new Uint8Array();
      const givenEpoch = epoch;
      given += chunk.length;
      terminal.write(chunk, () => {
        given -= chunk.length;
        if (given === 0 && waiting.length > 0) afterTask(give);
        if (epoch !== givenEpoch) return;
        const drawn = afterDrawn(flow, chunk.length);
        flow = drawn.flow;
        if (drawn.acknowledged === 0) return;
        const now = performance.now();
        acknowledge(drawn.acknowledged, now - begunAt);
        begunAt = now;
      });
    }
  }

  function draw(bytes: Uint8Array): void {
    if (flow.queued === 0) begunAt = performance.now();
    flow = afterQueued(flow, bytes.length);
    waiting.push(...chunksOf(bytes, CHUNK_BYTES));
    if (given === 0) give();
  }

  function replay(bytes: Uint8Array): void {
    epoch += 1;
    flow = emptyFlow;
    waiting = [];
    let linesBelow = 0;
    // All output before it is drawn.
    terminal.write('', () => {
      const { baseY, viewportY } = terminal.buffer.active;
      linesBelow = baseY - viewportY;
    });
    terminal.write(BEGIN_SNAPSHOT, () => {
      replays += 1;
    });
    for (const chunk of chunksOf(bytes, CHUNK_BYTES)) terminal.write(chunk);
    terminal.write(END_SNAPSHOT, () => {
      replays -= 1;
      if (linesBelow > 0) terminal.scrollLines(-linesBelow);
    });
  }

  return {
    receive(kind, bytes) {
      if (kind === 'data') return draw(bytes);
      lacksOlder = kind === 'latest';
      replay(bytes);
    },
    isReplaying: () => replays > 0,
    lacksOlder: () => lacksOlder,
  };
}

/** As soon as the window has done what is due, and without the delay of a timer. */
function afterTask(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    port1.close();
    callback();
  });
  port1.start();
  port2.postMessage(undefined);
}

export function chunksOf(bytes: Uint8Array, size: number): Uint8Array[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

/**
 * Whether this input is the terminal's own answer to a query. A person's text never looks so; of their keys,
 * those that send a sequence do, which while a snapshot is drawn (some milliseconds) is the lesser evil.
 */
export function isAnswer(input: string): boolean {
  return input.length > 1 && input.startsWith('\u001B');
}
