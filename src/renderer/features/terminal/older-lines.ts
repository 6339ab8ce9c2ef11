import type { Terminal } from '@xterm/xterm';
import type { TerminalOutput } from './terminal-output.ts';

export type OlderLines = {
  /** Resolves when all lines that the core keeps are drawn: at once where none are missing. */
  readonly show: () => Promise<void>;
  /** A snapshot came. */
  readonly received: () => void;
  /** The core was asked for output from here on, and has forgotten earlier wishes. */
  readonly attached: () => void;
};

/**
 * The lines that a snapshot leaves out, so that a tab is shown quickly. They are asked for when the person scrolls to the top of
 * those that are here, or needs all of them.
 */
export function createOlderLines({
  terminal,
  output,
  ask,
}: {
  terminal: Pick<Terminal, 'buffer' | 'onRender' | 'write'>;
  output: Pick<TerminalOutput, 'lacksOlder'>;
  ask: () => void;
}): OlderLines {
  let wanted: PromiseWithResolvers<void> | undefined;

  function show(): Promise<void> {
    if (!output.lacksOlder()) return Promise.resolve();
    if (!wanted) {
      wanted = Promise.withResolvers();
      ask();
    }
    return wanted.promise;
  }

  terminal.onRender(() => {
    const { type, viewportY, baseY } = terminal.buffer.active;
    if (type === 'normal' && viewportY === 0 && baseY > 0) void show();
  });

  return {
    show,
    received() {
      if (output.lacksOlder()) return;
      // The terminal has been given all of it.
      terminal.write('', wanted?.resolve);
      wanted = undefined;
    },
    attached() {
      if (wanted) ask();
    },
  };
}
