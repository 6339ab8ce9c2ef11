import { type CommandBlock, isRunning } from '../../../../shared/command-block.ts';

/** How a command ended, or that it has not. */
export type BlockState = 'running' | 'succeeded' | 'failed' | 'unknown';

export function stateOf(block: CommandBlock): BlockState {
  if (isRunning(block)) return 'running';
  if (block.exitCode === undefined) return 'unknown';
  return block.exitCode === 0 ? 'succeeded' : 'failed';
}

/** `exit 1`; a command that ended without telling how has ended. */
export function outcomeInWords(block: CommandBlock): string {
  if (isRunning(block)) return 'running';
  return block.exitCode === undefined ? 'ended' : `exit ${block.exitCode}`;
}

/** The accessible name of a block's mark. */
export function blockName(block: CommandBlock): string {
  return `Command: ${titleOf(block)}, ${outcomeInWords(block)}`;
}

/** The command on one line. */
export function titleOf({ commandLine }: CommandBlock): string {
  return commandLine.replaceAll(/\s*\n\s*/g, ' ⏎ ') || 'not remembered';
}

/** How long a command took: `0.02 s`, `4.8 s`, then as `elapsedInWords`. */
export function durationInWords(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 0.995) return `${Math.max(0.01, seconds).toFixed(2)} s`;
  return seconds < 9.95 ? `${seconds.toFixed(1)} s` : elapsedInWords(durationMs);
}

/** In whole seconds: `48 s`, `2 min 5 s`, `1 h 2 min`. */
export function elapsedInWords(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
