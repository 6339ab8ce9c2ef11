import type { Prepared, ToolOutcome } from './types.ts';

export function answered(text: string): ToolOutcome {
  return { text, isError: false };
}

export function failed(text: string): ToolOutcome {
  return { text, isError: true };
}

export function refused(text: string): Prepared {
  return { status: 'refused', outcome: failed(text) };
}

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
