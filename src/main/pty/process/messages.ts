import type { LineHit, SearchQuery } from '../../../shared/search.ts';
import type { TerminalSession } from '../terminal-session.ts';
import type {
  CommandOutcome,
  PtyListener,
  PtyOptions,
  PtySink,
  ReadOptions,
  RestoredScreen,
  RunOptions,
  TerminalSize,
  TerminalText,
} from '../types.ts';

/** What a terminal is opened with on the other side. */
export type OpenOptions = Pick<PtyOptions, 'shellArguments' | 'variables' | 'settingsKey'> & {
  readonly shell: string;
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly scrollback: number;
  readonly size: TerminalSize;
  /** Folder of the shell integration's scripts; undefined starts shells without it. */
  readonly integrationFolder: string | undefined;
  readonly restored: RestoredScreen | undefined;
};

/** To the process of the terminals. `id` is a terminal's, `attachment` one of its clients'. */
export type ToTerminals =
  | { readonly type: 'open'; readonly id: number; readonly options: OpenOptions }
  | { readonly type: 'start'; readonly id: number; readonly size: TerminalSize }
  | { readonly type: 'restart'; readonly id: number }
  | { readonly type: 'clear'; readonly id: number }
  | { readonly type: 'write'; readonly id: number; readonly data: string }
  /** `command` is the number of one that Carrel runs. */
  | {
      readonly type: 'run';
      readonly id: number;
      readonly command: number;
      readonly commandLine: string;
      readonly options: Omit<RunOptions, 'signal' | 'onPasswordAsked'>;
    }
  | { readonly type: 'stop'; readonly id: number; readonly command: number }
  | { readonly type: 'read'; readonly id: number; readonly options: ReadOptions }
  | { readonly type: 'resize'; readonly id: number; readonly size: TerminalSize }
  | { readonly type: 'attach'; readonly id: number; readonly attachment: number }
  | {
      readonly type: 'acknowledge';
      readonly id: number;
      readonly attachment: number;
      readonly bytes: number;
      readonly drawnInMs: number;
    }
  | {
      readonly type: 'suspend' | 'resume' | 'send-all-lines' | 'detach';
      readonly id: number;
      readonly attachment: number;
    }
  | { readonly type: 'serialize'; readonly id: number }
  | {
      readonly type: 'search';
      readonly id: number;
      readonly search: number;
      readonly query: SearchQuery;
      readonly limit: number;
    }
  | { readonly type: 'stop-search'; readonly id: number; readonly search: number }
  | { readonly type: 'close'; readonly id: number };

/** One call of a terminal's listener. */
export type Told = {
  [Name in keyof PtyListener]: { readonly name: Name; readonly value: Parameters<PtyListener[Name]>[0] };
}[keyof PtyListener];

/** From the process of the terminals, in the order in which it happened there. */
export type FromTerminals =
  | {
      readonly type: 'told';
      readonly id: number;
      readonly told: Told;
      /** Of the shell that runs now. */
      readonly session: TerminalSession | undefined;
    }
  | {
      readonly type: 'output';
      readonly id: number;
      readonly attachment: number;
      readonly kind: Parameters<PtySink>[0];
      readonly bytes: Uint8Array;
    }
  | {
      readonly type: 'password-asked';
      readonly id: number;
      readonly command: number;
      readonly isAsked: boolean;
    }
  | { readonly type: 'ran'; readonly id: number; readonly command: number; readonly outcome: CommandOutcome }
  /** Answers come in the order of the questions. */
  | { readonly type: 'was-read'; readonly id: number; readonly text: TerminalText }
  | { readonly type: 'serialized'; readonly id: number; readonly text: string | undefined }
  | {
      readonly type: 'found';
      readonly id: number;
      readonly search: number;
      readonly hits: readonly LineHit[];
    }
  | {
      readonly type: 'searched';
      readonly id: number;
      readonly search: number;
      /** Of a pattern that held it up. */
      readonly isTooSlow: boolean;
    }
  | { readonly type: 'closed'; readonly id: number };
