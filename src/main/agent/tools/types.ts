import type { z } from 'zod';
import type { FileChange } from '../files/types.ts';
import type { Outputs } from './outputs.ts';

/**
 * The most that a tool can do: `read` looks at files, `write` changes them, `execute` runs commands, `network` sends a
 * request, `ask` speaks with the person and touches nothing else.
 */
export type Risk = 'read' | 'write' | 'execute' | 'network' | 'ask';

/** What the model is told of a call. */
export type ToolOutcome = {
  /** Within the limit of `Outputs`; where it was cut it says so, and where the whole lies. */
  readonly text: string;
  readonly isError: boolean;
  /** Of a command that ran to its end. */
  readonly exitCode?: number;
  /** Nothing was done, because a rule alone is not enough here; why, for the person. */
  readonly needsApproval?: string;
  /** For models that see; base64. */
  readonly images?: readonly ToolImage[];
};

export type ToolImage = { readonly mediaType: string; readonly data: string };

/** Lines that change, with three around them, as in a unified diff: each line begins with ` `, `-`, `+` or `\`. */
export type Hunk = {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
};

/**
 * Exactly what a call will do, and all of it: approvals decide on it and the dialog shows it. Paths are absolute and real:
 * without links and `..`. `isOutside` means that the path is not in the tab's folder, so that no stance of a mode
 * covers it and the person is asked.
 */
export type Action =
  | { readonly type: 'none' }
  /** A file, or a folder with all that lies in it. */
  | { readonly type: 'read'; readonly path: string; readonly isOutside: boolean }
  | ChangeAction
  /** `isPrivate`: an address of this machine or its network, so that no rule alone allows it. */
  | { readonly type: 'fetch'; readonly url: string; readonly isPrivate: boolean }
  | { readonly type: 'execute'; readonly command: string; readonly cwd: string };

export type ChangeAction = {
  readonly type: 'change';
  readonly path: string;
  readonly isOutside: boolean;
  readonly isNew: boolean;
  /** Whole texts, with the line ends that the file has. */
  readonly before: string;
  readonly after: string;
  /** Turn `before` into `after`; any of them may be taken alone. */
  readonly hunks: readonly Hunk[];
};

/** A call that is understood and not yet made. */
export type Prepared =
  | { readonly status: 'refused'; readonly outcome: ToolOutcome }
  | {
      readonly status: 'ready';
      readonly action: Action;
      /**
       * Does what `action` says, once it is allowed. What was looked at is looked at again: where it changed meanwhile nothing is done,
       * and the outcome says so. `selectedHunks` are positions in a change's `hunks`; without it all are taken.
       */
      run(selectedHunks?: readonly number[]): Promise<ToolOutcome>;
    };

export type Question = { readonly question: string; readonly choices?: readonly string[] };

/** What a tool may use. Nothing of it outlives the turn. */
export type ToolContext = {
  /** The tab's folder; relative paths start from it. */
  readonly workspace: string;
  /** Carrel's own folder, where keys and histories lie: no tool reads or changes it, but for the kept outputs. */
  readonly home: string;
  readonly signal: AbortSignal;
  readonly outputs: Outputs;
  readonly seesImages: boolean;
  /** Awaited before each change; where it throws, nothing is changed. */
  readonly beforeChange: (change: FileChange) => Promise<void>;
  /** Undefined when the person did not want to answer. */
  readonly askPerson: (question: Question) => Promise<string | undefined>;
};

/**
 * `prepare` reads at most the files that it is about and sends nothing; there is no other way to run a tool than by
 * what it returns. It may throw a `ToolError`, which is told to the model.
 */
export interface Tool<Input = unknown> {
  readonly name: string;
  /** For the model. */
  readonly description: string;
  readonly input: z.ZodType<Input>;
  readonly risk: Risk;
  prepare(input: Input, context: ToolContext): Promise<Prepared>;
}
