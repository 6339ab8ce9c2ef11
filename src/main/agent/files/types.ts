export type FileContent = {
  readonly bytes: Buffer;
  /** Permission bits. */
  readonly mode: number;
};

/** A change of one file, as it is about to be made. */
export type FileChange = {
  /** Absolute, without links. */
  readonly path: string;
  /** Undefined when there is none yet. */
  readonly before: FileContent | undefined;
  readonly after: FileContent;
  /** Folders that were made for it, outermost first. */
  readonly madeFolders: readonly string[];
};
