/** Which paths fit what was typed after `@`. */
export type FindQuestion = {
  readonly id: number;
  /** Absolute; the tab's. */
  readonly folder: string;
  readonly query: string;
  readonly limit: number;
  /** Absolute path of a folder that is never told. */
  readonly hidden: string;
  /** What `~` is. */
  readonly home: string;
};

/** Of the question with that id. */
export type FindAnswer = { readonly id: number; readonly paths: readonly string[] };
