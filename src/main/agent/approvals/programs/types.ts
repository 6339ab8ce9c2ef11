import type { Place, Reach } from '../paths.ts';
import type { Word } from '../types.ts';

/**
 * What a word of a command is to its program. `names`: a file of which no content is told; `named`: it must be named by the rule
 * itself; `within`: a folder of the workspace to work in; `runs`: it and all after it are a command of their own; `script`: a file that is
 * run, and what follows is for it; `task`: the name of a task of the project; `plain`: for a program that nothing is known of;
 * `module`: a part of an interpreter's library that is run, and what follows is for it.
 */
export type Role =
  | 'text'
  | 'names'
  | 'reads'
  | 'writes'
  | 'address'
  | 'named'
  | 'within'
  | 'runs'
  | 'script'
  | 'task'
  | 'plain'
  | 'module';

/** What is known of a program: all that its users may do with it by a `*` of a rule. Whatever is not listed must be named by the rule. */
export type ProgramSpec = {
  /** As `readOptions` takes them. Absent: none of its options runs, writes or sends anything. */
  readonly options?: string;
  /** Its long options begin with one dash, as those of `go`; they are listed with two. */
  readonly hasLongDash?: boolean;
  /** A file that is named like one of its options changes no more than what is shown. */
  readonly areOptionsHarmless?: boolean;
  readonly operands?: Role;
  /** What the first operands are, before the others. */
  readonly first?: readonly Role[];
  /** By the first operand. */
  readonly subcommands?: Readonly<Record<string, ProgramSpec>>;
  /** Of a subcommand: a `*` does not choose it. */
  readonly mustBeNamed?: boolean;
  /** Without an operand it runs what it reads, unless there is one of these options. */
  readonly readsProgramUnless?: RegExp;
  /** What is wrong with these words beyond that; `isCovered` says which of them a `*` let in; the word before them is -1. */
  readonly check?: (words: readonly Word[], isCovered: (index: number) => boolean) => string | undefined;
};

/** A command whose rule has a `*`: which words that let in, and how far it may reach. */
export type Starred = {
  readonly words: readonly Word[];
  readonly isCovered: (index: number) => boolean;
  readonly place: Place;
  readonly reach: Reach;
};
