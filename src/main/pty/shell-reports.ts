import { readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { CommandTracker, parseFolderUrl, parseMark } from './marks.ts';
import type { PtyListener } from './types.ts';

/** After this long without output the folder of a shell that does not tell it is looked up. */
const QUIET_MS = 200;

export type ShellReportsOptions = {
  readonly nonce: string;
  /** The folder that the session believes the shell to be in. */
  readonly folder: string;
  readonly listener: Pick<PtyListener, 'cwdChanged' | 'commandFinished'>;
  readonly typedText: () => string;
  readonly markPromptEnd: () => void;
};

/** What one run of a shell reports about itself, by marks, by OSC 7, or by where its process is. */
export class ShellReports implements Disposable {
  readonly #options: ShellReportsOptions;
  readonly #commands: CommandTracker;
  #folder: string;
  #hasMarks = false;
  #quietTimer: NodeJS.Timeout | undefined;

  constructor(options: ShellReportsOptions) {
    this.#options = options;
    this.#folder = options.folder;
    this.#commands = new CommandTracker(options.folder);
  }

  /** Takes the payload of an OSC 633, whoever wrote it. */
  acceptMark(payload: string): void {
    const { nonce, listener, typedText, markPromptEnd } = this.#options;
    const mark = parseMark(payload, nonce);
    if (!mark) return;
    this.#hasMarks = true;
    if (mark.type === 'prompt-end') markPromptEnd();
    const command = this.#commands.accept(mark, { now: Date.now(), typedText });
    if (command) listener.commandFinished(command);
    if (mark.type === 'folder') this.#setFolder(mark.path);
  }

  /** Any program can write an OSC 7, so it counts only where no mark can. */
  acceptFolderUrl(payload: string): void {
    const folder = this.#hasMarks ? undefined : parseFolderUrl(payload, hostname());
    if (folder) this.#setFolder(folder);
  }

  /** Output came: when it stops, the shell may be somewhere else. Linux only. */
  noticeOutput(pid: number): void {
    if (this.#hasMarks || process.platform !== 'linux') return;
    this.#quietTimer ??= setTimeout(() => void this.#lookUpFolder(pid), QUIET_MS);
    this.#quietTimer.refresh();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#quietTimer);
  }

  async #lookUpFolder(pid: number): Promise<void> {
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (folder && !this.#hasMarks && !folder.endsWith(' (deleted)')) this.#setFolder(folder);
  }

  #setFolder(folder: string): void {
    if (folder === this.#folder) return;
    this.#folder = folder;
    this.#options.listener.cwdChanged(folder);
  }
}
