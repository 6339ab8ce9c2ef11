/** Where a walk goes, and what of it counts. */
type Walked = {
  /** Or a single file. */
  readonly folder: string;
  /** Carrel's own folder, which no walk enters. */
  readonly hidden: string;
  /** Of paths from `folder`; all without it. */
  readonly glob?: string | undefined;
};

export type FindJob = Walked & {
  readonly type: 'find';
  readonly maxDepth?: number;
  readonly maxEntries: number;
  /** Leaves out what is no plain file, or longer. */
  readonly plainFilesUpToBytes?: number;
};

export type FoundEntry = {
  readonly path: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
  /** Bytes of a file. */
  readonly size: number | undefined;
  readonly isLeftOut: boolean;
};

export type Found = { readonly entries: readonly FoundEntry[]; readonly isCut: boolean };

export type SearchJob = Walked & {
  readonly type: 'search';
  /** A regular expression, or plain text. */
  readonly pattern: string;
  readonly isLiteral: boolean;
  readonly isCaseSensitive: boolean;
  /** Lines around each match. */
  readonly context: number;
  readonly maxMatches: number;
  readonly maxFileBytes: number;
};

export type FoundLine = { readonly number: number; readonly text: string; readonly isMatch: boolean };

export type Matches = {
  readonly files: readonly { readonly path: string; readonly lines: readonly FoundLine[] }[];
  readonly count: number;
  readonly isCut: boolean;
};

export type ScanJob = {
  readonly type: 'scan';
  readonly folder: string;
  readonly hidden: string;
  readonly maxEntries: number;
  /** Ignore files as they were, by folder: a command may have changed them. */
  readonly texts?: ReadonlyMap<string, string>;
};

/** How something lay in a folder; two of the same `identity` are the same bytes. */
export type Stamp = {
  readonly type: 'file' | 'folder' | 'link';
  readonly mode: number;
  readonly size: number;
  /** Of its inode, length and times. */
  readonly identity: string;
  /** Milliseconds since 1970 of the last change of bytes or mode. */
  readonly changedAtMs: number;
};

export type Scan = {
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly stamps: ReadonlyMap<string, Stamp>;
  /** Folders of which every entry is known. */
  readonly listed: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, string>;
  readonly isCut: boolean;
};

export type MarkdownJob = { readonly type: 'markdown'; readonly page: string };

type Results = { find: Found; search: Matches; scan: Scan; markdown: string };

export type Job = FindJob | SearchJob | ScanJob | MarkdownJob;

export type ResultOf<Of extends Job> = Results[Of['type']];
