import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { parseMark } from '../../shared/command-block.ts';
import { CommandTracker, parseFolderUrl } from './marks.ts';
import type { PtyListener } from './types.ts';

/** After this long without output the folder of a shell that does not tell it is looked up. */
const QUIET_MS = 200;

export type ShellReportsOptions = {
  /** What the last field of a mark says when it is the shell's. */
  readonly nonce: string;
  /** The folder that the session believes the shell to be in. */
  readonly folder: string;
  /** It shows another machine, whose folders are none of ours. */
  readonly isElsewhere: boolean;
  readonly listener: Pick<PtyListener, 'cwdChanged' | 'commandFinished'>;
  /** Of the shell's process. */
  readonly pid: () => number;
  readonly typedText: () => string;
  readonly markPromptEnd: () => void;
};

/** What one run of a shell reports about itself, by marks, by OSC 7, or by where its process is. */
export class ShellReports implements Disposable {
  readonly #options: ShellReportsOptions;
  readonly #commands: CommandTracker;
  #folder: string;
  #hasMarks = false;
  /** Where the shell's process was at its prompt, or since. */
  #folderOfRunning: string | undefined;
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
    if (!mark || mark.isPast) return;
    this.#hasMarks = true;
    if (mark.type === 'prompt-end') {
      markPromptEnd();
      // With the first output of a command it would be too late: a shell in its place may have gone elsewhere already.
      this.#folderOfRunning = folderOf(this.#options.pid());
    }
    const command = this.#commands.accept(mark, { now: mark.at ?? Date.now(), typedText });
    if (command) listener.commandFinished(command);
    if (mark.type === 'folder') this.#setFolder(mark.path);
  }

  /** Any program can write an OSC 7, so it counts only where no mark can. Another machine may have our name. */
  acceptFolderUrl(payload: string): void {
    if (this.#hasMarks || this.#options.isElsewhere) return;
    const folder = parseFolderUrl(payload, hostname());
    if (folder) this.#setFolder(folder);
  }

  /** Output came: when it stops, the shell may be somewhere else. Linux only. */
  noticeOutput(): void {
    if (this.#tellsFolder || process.platform !== 'linux') return;
    // Its own name for the folder may lead over links, so only a change from here counts.
    if (this.#hasMarks) this.#folderOfRunning ??= folderOf(this.#options.pid());
    this.#quietTimer ??= setTimeout(() => this.#lookUpFolder(), QUIET_MS);
    this.#quietTimer.refresh();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#quietTimer);
  }

  #lookUpFolder(): void {
    const folder = folderOf(this.#options.pid());
    if (!folder || this.#tellsFolder || folder === this.#folderOfRunning) return;
    this.#folderOfRunning = this.#hasMarks ? folder : undefined;
    this.#setFolder(folder);
  }

  /** A shell that runs a command may have become another one that tells nothing (`exec zsh`). */
  get #tellsFolder(): boolean {
    return this.#hasMarks && !this.#commands.isRunning;
  }

  #setFolder(folder: string): void {
    if (folder === this.#folder) return;
    this.#folder = folder;
    this.#options.listener.cwdChanged(folder);
  }
}

function folderOf(pid: number): string | undefined {
  try {
    const folder = readlinkSync(`/proc/${pid}/cwd`);
    return folder.endsWith(' (deleted)') ? undefined : folder;
  } catch {
    return undefined;
  }
}
