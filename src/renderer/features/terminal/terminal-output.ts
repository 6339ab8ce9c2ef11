import type { Terminal } from '@xterm/xterm';
import type { PtyListener } from '../../client/client.ts';
import { afterDrawn, afterQueued, emptyFlow } from './acknowledgements.ts';

/** One `write`: the terminal parses it whole before the window gets a chance to answer a key. */
const CHUNK_BYTES = 64 * 1024;

/** Everything back to its initial state, in the order of the output. */
const FULL_RESET = '\u001Bc';

export type TerminalOutput = {
  readonly receive: PtyListener;
  /** Whether a snapshot is being drawn now; what the terminal answers to it must not reach the shell again. */
  readonly isReplaying: () => boolean;
};

/** Draws what the core sends: a snapshot replaces all, data is added and acknowledged once it is drawn. */
export function createTerminalOutput(
  terminal: Pick<Terminal, 'write'>,
  acknowledge: (bytes: number) => void,
): TerminalOutput {
  let flow = emptyFlow;
  let replays = 0;
  /** Counts snapshots: data from before one belongs to an attachment that is gone. */
  let epoch = 0;

  function draw(bytes: Uint8Array): void {
    const drawnEpoch = epoch;
    for (const chunk of chunksOf(bytes, CHUNK_BYTES)) {
      flow = afterQueued(flow, chunk.length);
      terminal.write(chunk, () => {
        if (epoch !== drawnEpoch) return;
        const drawn = afterDrawn(flow, chunk.length);
        flow = drawn.flow;
        if (drawn.acknowledged > 0) acknowledge(drawn.acknowledged);
      });
    }
  }

  function replay(bytes: Uint8Array): void {
    epoch += 1;
    flow = emptyFlow;
    terminal.write(FULL_RESET, () => {
      replays += 1;
    });
    for (const chunk of chunksOf(bytes, CHUNK_BYTES)) terminal.write(chunk);
    terminal.write('', () => {
      replays -= 1;
    });
  }

  return {
    receive: (kind, bytes) => (kind === 'snapshot' ? replay(bytes) : draw(bytes)),
    isReplaying: () => replays > 0,
  };
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
