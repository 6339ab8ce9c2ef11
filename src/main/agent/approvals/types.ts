import type { ApprovalRule, Decision } from '../../../shared/approval-rules.ts';
import type { Stance } from '../../../shared/approval.ts';
import type { SessionId } from '../../../shared/ids.ts';

/** Where a rule comes from, and so where it holds. */
export type RuleSource =
  | { readonly type: 'built-in' }
  | { readonly type: 'settings' }
  /** Kept for this tab until it closes. */
  | { readonly type: 'tab'; readonly sessionId: SessionId }
  /** Kept for a folder and all below it. */
  | { readonly type: 'project'; readonly folder: string }
  /** Given for one question only. */
  | { readonly type: 'given' };

export type Rule = {
  readonly decision: Decision;
  readonly rule: ApprovalRule;
  readonly source: RuleSource;
};

/** What a tool call wants to do. */
export type ToolCall =
  | { readonly tool: 'run_command'; readonly command: string }
  | { readonly tool: string; readonly path?: string; readonly url?: string };

/** Where and under which rules a question is decided. */
export type DecisionContext = {
  /** Absolute. */
  readonly cwd: string;
  /** Absolute; what lies outside of it asks. The tab's folder where there is no better. */
  readonly workspace: string;
  /** The user's home folder. */
  readonly home: string;
  readonly sessionId?: SessionId;
  readonly rules: readonly Rule[];
  readonly mode?: { readonly name: string; readonly stance: Stance; readonly tools?: readonly string[] };
};

/** What was decided on one part of a command, or on a whole tool call. */
export type PartVerdict = {
  readonly decision: Decision;
  /** The simple command, redirection or construct, as it is written. */
  readonly text: string;
  /** The rule that decided; absent where none did. */
  readonly rule?: Rule;
  /** For a person, a whole sentence. */
  readonly reason: string;
};

/** The strictest part decides. */
export type Verdict = PartVerdict & { readonly parts: readonly PartVerdict[] };

/** A word of a command as the program gets it, as far as that is known. */
export type Word = {
  /** After unquoting; of a pattern, the pattern. */
  readonly text: string;
  /** `pattern`: the names of files that there are. `unknown`: only the shell will know. */
  readonly kind: 'literal' | 'pattern' | 'unknown';
  /** It is one word whatever it holds, because it is quoted. */
  readonly isOne: boolean;
  /** What it begins with for certain. */
  readonly prefix: string;
  /** It was written without quotes and backslashes. */
  readonly isPlain: boolean;
};

/** A part of a shell text that is decided by itself. */
export type ShellPart = { readonly text: string } & (
  | {
      readonly type: 'command';
      readonly words: readonly Word[];
      readonly assignments: readonly Assignment[];
    }
  | { readonly type: 'redirection'; readonly writes: boolean; readonly target: Word }
  /** What may do more than can be seen. */
  | { readonly type: 'problem'; readonly reason: string }
);

export type Assignment = { readonly name: string; readonly value: Word };
