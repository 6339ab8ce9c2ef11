import type { Mark } from '../../shared/command-block.ts';
import type { FinishedCommand } from '../../shared/session.ts';
import { withoutControls } from './clean.ts';

/** The folder in `file://HOST/PATH`, when the host is this machine. */
export function parseFolderUrl(payload: string, hostname: string): string | undefined {
  const [, host, path] = /^file:\/\/([^/]*)(\/.*)$/s.exec(payload) ?? [];
  if (path === undefined || !['', 'localhost', hostname].includes(host ?? '')) return undefined;
  try {
    return withoutControls(decodeURIComponent(path));
  } catch {
    return undefined;
  }
}

/** Follows the marks of one shell and puts each command together. */
export class CommandTracker {
  #line = '';
  #folder: string;
  #startedAt: number | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get isRunning(): boolean {
    return this.#startedAt !== undefined;
  }

  /** The command that the mark ends, if it does. `typedText` is what the screen shows after the prompt, for a shell that keeps its history to itself. */
  accept(
    mark: Mark,
    { now, typedText }: { now: number; typedText: () => string },
  ): FinishedCommand | undefined {
    if (mark.type === 'folder') this.#folder = mark.path;
    if (mark.type === 'command-line') this.#line = mark.text || typedText();
    if (mark.type === 'command-start') this.#startedAt = now;
    if (mark.type !== 'command-end' || this.#startedAt === undefined) return undefined;
    const { exitCode } = mark;
    const command: FinishedCommand = {
      // A space before a command asks shells not to remember it.
      commandLine: this.#line.startsWith(' ') ? '' : this.#line,
      ...(exitCode !== undefined && { exitCode }),
      cwd: this.#folder,
      durationMs: Math.max(0, now - this.#startedAt),
      endedAt: now,
    };
    this.#startedAt = undefined;
    return command;
  }
}
