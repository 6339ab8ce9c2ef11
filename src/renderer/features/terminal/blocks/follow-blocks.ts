import type { Terminal } from '@xterm/xterm';
import { BlockTracker, parseMark, parseToken } from '../../../../shared/command-block.ts';

export type FollowedBlocks = Disposable & {
  readonly tracker: BlockTracker;
  /** Calls back after a mark changed the blocks. */
  readonly onChange: (listener: () => void) => () => void;
};

/**
 * Follows the marks in a terminal's output. The token that makes them true comes at the beginning of a snapshot, which is
 * the core's own drawing; while none is drawn (`isReplaying`), a token is a program's invention. `onReplayed` is called
 * when a snapshot has been drawn.
 */
export function followBlocks(
  terminal: Pick<Terminal, 'buffer' | 'parser' | 'registerMarker' | 'write'>,
  { isReplaying, onReplayed }: { isReplaying: () => boolean; onReplayed: (tracker: BlockTracker) => void },
): FollowedBlocks {
  const resources = new DisposableStack();
  const tracker = new BlockTracker(terminal);
  const listeners = new Set<() => void>();
  let token = '';

  function changed(): void {
    for (const listener of listeners) listener();
  }

  function accept(payload: string): boolean {
    const offered = isReplaying() ? parseToken(payload) : undefined;
    if (offered !== undefined) {
      token = offered;
      tracker.clear();
      // Behind the rest of the snapshot, which the terminal has been given whole.
      terminal.write('', () => {
        onReplayed(tracker);
        changed();
      });
      return true;
    }
    const mark = parseMark(payload, token);
    if (mark) {
      tracker.accept(mark);
      changed();
    }
    return true;
  }

  function reset(): boolean {
    tracker.clear();
    changed();
    return false;
  }

  const handlers = [
    terminal.parser.registerOscHandler(633, accept),
    terminal.parser.registerEscHandler({ final: 'c' }, reset),
  ];
  resources.defer(() => handlers.forEach((handler) => handler.dispose()));
  return {
    tracker,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.dispose]: () => resources.dispose(),
  };
}
