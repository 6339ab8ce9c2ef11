import type { FinishedCommand } from '../../shared/session.ts';
import { withoutControls, withoutControlsInLines } from './clean.ts';

/** What the shell integration reports, in OSC 633. */
export type Mark =
  | { readonly type: 'prompt-start' }
  | { readonly type: 'prompt-end' }
  | { readonly type: 'command-line'; readonly text: string }
  | { readonly type: 'command-start' }
  | { readonly type: 'command-end'; readonly exitCode?: number }
  | { readonly type: 'folder'; readonly path: string };

/** Reads `KIND;VALUE;NONCE`; undefined when it is not from this terminal's own shell, which alone knows the nonce. */
export function parseMark(payload: string, nonce: string): Mark | undefined {
  const fields = payload.split(';');
  if (nonce === '' || fields.length < 2 || fields.at(-1) !== nonce) return undefined;
  const [kind = '', value = ''] = fields.slice(0, -1);
  switch (kind) {
    case 'A':
      return { type: 'prompt-start' };
    case 'B':
      return { type: 'prompt-end' };
    case 'C':
      return { type: 'command-start' };
    case 'D':
      return { type: 'command-end', ...(/^\d{1,3}$/.test(value) && { exitCode: Number(value) }) };
    case 'E':
      return { type: 'command-line', text: withoutControlsInLines(unescape(value)).trimEnd() };
    case 'P':
      return value.startsWith('Cwd=')
        ? { type: 'folder', path: withoutControls(unescape(value.slice(4))) }
        : undefined;
    default:
      return undefined;
  }
}

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

/** `\\` and `\xHH`, as the scripts write what would end or split a mark. */
function unescape(text: string): string {
  return text.replaceAll(/\\(?:\\|x([0-9a-f]{2}))/gi, (_, code?: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : '\\',
  );
}
