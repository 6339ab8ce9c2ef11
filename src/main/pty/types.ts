import type { LineHit, SearchQuery } from '../../shared/search.ts';
import type { FinishedCommand, PtyState } from '../../shared/session.ts';

export type TerminalSize = { readonly columns: number; readonly rows: number };

/** What a PTY tells its session. */
export type PtyListener = {
  readonly stateChanged: (state: PtyState) => void;
  /** The shell went to another folder (OSC 7 or 633 P Cwd, or /proc where there is no integration). */
  readonly cwdChanged: (cwd: string) => void;
  readonly commandFinished: (command: FinishedCommand) => void;
  /** Another program came to the front; undefined: the shell did. A new state of the shell says the same. */
  readonly programChanged: (program: string | undefined) => void;
};

/** At most so many hits, until the signal. */
export type SearchOptions = { readonly limit: number; readonly signal?: AbortSignal | undefined };

/** The serialised screen of an earlier run. */
export type RestoredScreen = { readonly text: string; readonly savedAt: number };

export type PtyOptions = {
  /** Program path, or a name to look up on PATH. */
  readonly shell: string;
  /** The program's arguments; absent means those that a shell is usually started with. */
  readonly shellArguments?: readonly string[];
  /** Added to the environment, in place of what is in it. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What in settings.toml names the program, for messages. */
  readonly settingsKey?: string;
  readonly cwd: string;
  /** The user's own environment; what Carrel adds (TERM, COLORTERM, TERM_PROGRAM, …) is added by this room. */
  readonly environment: NodeJS.ProcessEnv;
  readonly scrollback: number;
  readonly useShellIntegration: boolean;
  /** Called when the screen is first needed, or needed again after its process died: it is drawn first with replies off, under a "Restored" rule. */
  readonly readRestored?: () => RestoredScreen | undefined;
  readonly listener: PtyListener;
};

export type RunOptions = {
  /** Absolute path; a command for another folder than the shell's runs in a subshell there. */
  readonly cwd?: string;
  /** Interrupts the command. */
  readonly signal: AbortSignal;
  /** When a command that goes on is reported as `still-running`. */
  readonly timeoutMs: number;
  /** The command asks for a password, which the person types and which is waited for; and when it does not any more. */
  readonly onPasswordAsked: (isAsked: boolean) => void;
};

/** Why a command was not typed at all. */
export type NotStarted =
  /** The shell tells nothing of its commands. */
  | 'no-integration'
  | 'no-shell'
  /** Another command runs. */
  | 'busy'
  /** Something stands on the line that the person has not entered. */
  | 'typed-text'
  /** It holds control characters, which are keys to a shell. */
  | 'control-characters'
  /** The shell showed no prompt, or did not take the command up. */
  | 'no-answer'
  /** The shell found a fault in it, or an open quote or bracket. */
  | 'not-accepted'
  | 'stopped';

/** How it went with a command in a tab's own shell. All but `finished` and `not-started` may still run. */
export type CommandOutcome =
  | { readonly status: 'not-started'; readonly reason: NotStarted }
  | ({
      readonly status:
        | 'finished'
        /** By `signal`; without an exit code it did not end for that. */
        | 'interrupted'
        /** The person pressed a key. */
        | 'taken-over'
        | 'waiting-for-input'
        /** Nobody typed it in time. */
        | 'waiting-for-password'
        | 'full-screen'
        | 'still-running'
        /** The terminal went away; nobody knows how the command ended. */
        | 'shell-ended';
      /** Absent when it still runs, or nobody knows. */
      readonly exitCode?: number;
    } & CommandReport);

type CommandReport = {
  /** So far, as plain text; of a full-screen program what the screen shows. Beginning and end of a long one. */
  readonly output: string;
  readonly durationMs: number;
};

/** What of a terminal is read: so many lines up to the last one, and so many of the last commands. */
export type ReadOptions = {
  readonly lines: number;
  readonly blocks: number;
  /** False: the commands without what they printed. */
  readonly withOutput?: boolean;
};

/** A terminal's text, without control characters. */
export type TerminalText = {
  readonly text: string;
  /** A full-screen program runs, and `text` is its screen. */
  readonly isFullScreen: boolean;
  /** Oldest first. */
  readonly blocks: readonly TerminalBlock[];
};

export type TerminalBlock = {
  /** As in `CommandBlock`. */
  readonly id: number;
  readonly commandLine: string;
  readonly cwd: string;
  readonly isRunning: boolean;
  readonly exitCode?: number;
  /** What of its output is still kept. */
  readonly output: string;
};

/** One client's view of a terminal. */
export interface PtyAttachment extends Disposable {
  readonly isSuspended: boolean;
  /** `drawnInMs` is the client's own time for these bytes, by which it is given more at once or less. */
  acknowledge(bytes: number, drawnInMs: number): void;
  /** The client is hidden and keeps what it shows: it gets nothing and holds nothing back until `resume`. */
  suspend(): void;
  /** Sends again, from a snapshot where something changed meanwhile. */
  resume(): void;
  /** Sends a snapshot with the older lines where the latest one left them out. */
  sendAllLines(): void;
}

/** `latest` is a snapshot that leaves older lines out. */
export type PtySink = (kind: 'snapshot' | 'latest' | 'data', bytes: Uint8Array) => void;

/**
 * A session's shell and the headless screen that mirrors it. The screen outlives the shell: after an exit the text stays
 * and `start` begins a new shell below it. Disposal hangs up the shell and everything that it started, and resolves when they are gone.
 */
export interface Pty extends AsyncDisposable {
  readonly state: PtyState;
  /** Starts the shell unless one runs. A failure becomes the state `failed` and a line on the screen. */
  start(size: TerminalSize): void;
  /** Starts a new shell of the present size below the text of the old one, which has ended. */
  restart(): void;
  write(data: string): void;
  /** Types a command at the shell's empty prompt, as the person would, and tells how it went. Starts the shell where none runs. */
  runCommand(command: string, options: RunOptions): Promise<CommandOutcome>;
  read(options: ReadOptions): Promise<TerminalText>;
  resize(size: TerminalSize): void;
  /** Takes all lines away but those of the prompt, or the cursor's where none waits. Not while a program has the whole screen. */
  clear(): void;
  /**
   * Sends a snapshot of the screen and the latest lines to `sink`, then all output after it. Flow control waits for acknowledgements of
   * `data` since the latest snapshot only.
   */
  attach(sink: PtySink): PtyAttachment;
  /** The screen and `scrollback` lines as escape sequences, for the archive; undefined when nothing changed since the last call. */
  serializeIfChanged(): Promise<string | undefined>;
  /**
   * Searches the lines of the screen and above it, or those that will be restored, newest first, in slices between which other work
   * is done. Throws a `SlowPatternError` where the pattern holds it up.
   */
  search(query: SearchQuery, options: SearchOptions): AsyncIterable<readonly LineHit[]>;
}

export type OpenPty = (options: PtyOptions) => Pty;
