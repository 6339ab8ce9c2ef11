import type { LedgerChoices, LedgerEntry, LedgerFilter } from '../../shared/approval.ts';
import type { Budget, Message, Spending, Usage } from '../../shared/agent.ts';
import type { ApprovalId, MessageId, PaneId, SessionId, TurnId } from '../../shared/ids.ts';
import type { Effort, ModelReference } from '../../shared/models.ts';
import type { TabColour } from '../../shared/profiles.ts';
import type { FinishedCommand } from '../../shared/session.ts';
import type { UsageSums } from '../../shared/usage.ts';

/** The last three layers of the chain, as the tab took them when it opened. */
export type DefaultsSnapshot = {
  readonly model?: ModelReference;
  readonly mode: string;
  /** Models of modes that have their own. */
  readonly modeModels: Readonly<Record<string, ModelReference>>;
  /** Absent in a snapshot that was taken before tabs had an effort. */
  readonly effort?: Effort;
  readonly budget?: Budget;
  /** Of the profile that the tab was opened with; before the default ones. */
  readonly profileModel?: ModelReference;
  readonly profileMode?: string;
};

export type StoredSession = {
  readonly id: SessionId;
  /** Empty: the folder's name is the title. */
  readonly title: string;
  readonly position: number;
  readonly cwd: string;
  readonly shell: string;
  readonly defaults: DefaultsSnapshot;
  /** The profile's name, also when there is no such profile any more; empty for none. */
  readonly profile: string;
  /** Empty for none. */
  readonly colour: TabColour | '';
  readonly isPinned: boolean;
  readonly draft: string;
  readonly isUnread: boolean;
  readonly openedAt: number;
  readonly usedAt: number;
  readonly closedAt?: number;
};

/** Keys of `session_config`: the session's own choices, the messages that wait, what was added to messages, how its panes lie, and its window. */
export type ConfigKey =
  | 'model'
  | `model:${string}`
  | 'mode'
  | 'effort'
  | 'budget'
  | 'queue'
  | 'panes'
  | 'window'
  | `attachment:${string}`;

/** What one answer used. It outlives the message, so that clearing a history does not lose what it cost. */
export type UsageRecord = {
  /** Of the answer; a second record of the same id replaces the first. */
  readonly messageId: MessageId;
  readonly sessionId: SessionId;
  readonly turnId: TurnId;
  readonly model: ModelReference;
  readonly mode: string;
  readonly effort?: Effort;
  readonly usage: Usage;
  readonly isLocal: boolean;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
};

/** `title`: the session's folder where it has no title of its own. */
export type StoredUsage = UsageRecord & { readonly title: string; readonly isClosed: boolean };

/** What the answers of one session and model used together. */
export type UsageGroup = UsageSums &
  Pick<StoredUsage, 'sessionId' | 'title' | 'isClosed' | 'model' | 'isLocal'>;

/** A line of the ledger, as it is written. */
export type StoredApproval = Omit<LedgerEntry, 'title' | 'sessionId'> & {
  readonly sessionId: SessionId;
  readonly turnId: TurnId;
  readonly toolCallId: string;
};

/** A pane beside a session's first one. */
export type StoredPane = { readonly id: PaneId; readonly cwd: string };

/** What a message says in words, and whose it is. `number` grows with the age of messages and is good for paging alone. */
export type MessageText = Pick<Message, 'id' | 'sessionId' | 'role' | 'model' | 'createdAt'> & {
  readonly number: number;
  readonly text: string;
} & SessionName;

/** A command and whose it is; `number` as above. */
export type StoredCommand = FinishedCommand & {
  readonly number: number;
  readonly sessionId: SessionId;
  readonly paneId: PaneId;
} & SessionName;

/** What its session is called by, as `StoredSession` has it. */
type SessionName = Pick<StoredSession, 'title' | 'shell' | 'profile'> & {
  readonly sessionFolder: string;
  readonly isClosed: boolean;
};

/** The newest `limit` rows whose number is below `before`. */
export type PageRequest = { readonly before: number; readonly limit: number };

/** `next` is the `before` of the page after it; absent where there is none. Damaged rows are left out. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly next?: number };

export type StoredScrollback = { readonly text: string; readonly savedAt: number };

/**
 * The SQLite file. Every write is durable when the call returns (WAL, synchronous = FULL) and throws `ArchiveWriteError` when
 * it could not be made. Rows that cannot be read are reported, never dropped from the file.
 */
export interface Archive extends Disposable {
  /** Open sessions by position; a damaged row is named instead. */
  openSessions(): { sessions: StoredSession[]; damaged: { id: string; reason: string }[] };
  /** Those closed last, the newest first; damaged ones are left out. */
  closedSessions(limit: number): StoredSession[];
  /** Undefined when there is none, it is open, or damaged. */
  closedSession(id: SessionId): StoredSession | undefined;
  insertSession(session: StoredSession): void;
  updateSession(id: SessionId, change: Partial<Omit<StoredSession, 'id' | 'closedAt'>>): void;
  /** Writes all positions in one transaction. */
  setPositions(ids: readonly SessionId[]): void;
  /** A time closes it, undefined opens it again. */
  setClosed(id: SessionId, closedAt: number | undefined): void;

  config(id: SessionId): Partial<Record<ConfigKey, string>>;
  setConfig(id: SessionId, key: ConfigKey, value: string | undefined): void;

  /** Damaged messages are left out. */
  messages(id: SessionId): Message[];
  /** How many messages of the session are damaged; they stay in the file. */
  damagedMessages(id: SessionId): number;
  /** Inserts or replaces by id. */
  saveMessage(message: Message): void;
  deleteMessage(id: MessageId): void;
  /** Marks every `streaming` message `interrupted`, as after a crash; answers how many. */
  interruptStreaming(): number;

  /** Removes all messages of the session, and all of its choices too where asked, in one transaction. */
  clearHistory(
    id: SessionId,
    options?: { readonly withChoices?: boolean; readonly defaults?: DefaultsSnapshot },
  ): void;
  /** Inserts a session with choices and messages (their ids are new) in one transaction. */
  insertCopy(
    session: StoredSession,
    config: Partial<Record<ConfigKey, string>>,
    messages: readonly Message[],
  ): void;

  saveUsage(record: UsageRecord): void;
  /** What the session has used since it was opened. */
  spending(id: SessionId): Spending;
  /**
   * Records whose answer ended from `from` and before `to` (milliseconds since 1970), oldest first, of all sessions.
   * Damaged ones are left out.
   */
  usageBetween(from: number, to: number): StoredUsage[];
  /** The sums of the same records: takes a sixth of the time of reading them. Where they are damaged there are none. */
  usageSums(from: number, to: number): UsageGroup[];

  /**
   * Messages of all sessions that have these words in this order, the last one as a beginning, newest first. Capitals and accents
   * do not matter. None where there is no word in it.
   */
  findMessages(words: string, limit: number): MessageText[];
  /** Messages of all sessions that are not being written, newest first. */
  messageTexts(request: PageRequest): Page<MessageText>;
  /** Commands of all sessions, newest first. */
  commands(request: PageRequest): Page<StoredCommand>;

  scrollback(id: SessionId): StoredScrollback | undefined;
  saveScrollback(id: SessionId, scrollback: StoredScrollback): void;

  /** The panes beside the session's first one; damaged ones are left out. */
  panes(id: SessionId): StoredPane[];
  /** How a session's panes lie (JSON of the session room), with the pane that came or went, in one transaction. */
  savePanes(
    id: SessionId,
    arrangement: string,
    change?: { readonly added?: StoredPane; readonly removed?: PaneId },
  ): void;
  setPaneFolder(id: PaneId, cwd: string): void;
  paneScrollback(id: PaneId): StoredScrollback | undefined;
  savePaneScrollback(id: PaneId, scrollback: StoredScrollback): void;

  /** Inserts or replaces by id. */
  saveApproval(approval: StoredApproval): void;
  /** At most `limit`, newest first, older than the entry `before`. Damaged ones are left out. */
  approvals(page: LedgerFilter & { readonly before?: ApprovalId | undefined; readonly limit: number }): {
    readonly entries: LedgerEntry[];
    readonly hasMore: boolean;
  };
  ledgerChoices(): LedgerChoices;
  /** Marks all that still wait `expired`, as after a crash; answers how many. */
  expireApprovals(): number;

  lastCommand(id: SessionId): FinishedCommand | undefined;
  /** In the session's first pane where none is named. */
  saveCommand(id: SessionId, command: FinishedCommand, pane?: PaneId): void;

  /** Small values of the app itself, as the active session and the window's bounds. */
  state(key: string): string | undefined;
  setState(key: string, value: string): void;
}

/** How the file was found. `set-aside`: it was damaged, lies whole under `asidePath`, and a fresh one was started. */
export type OpenedArchive =
  | { readonly status: 'ready'; readonly archive: Archive }
  | {
      readonly status: 'set-aside';
      readonly archive: Archive;
      readonly asidePath: string;
      readonly reason: string;
    }
  /** Written by a later version: left untouched. */
  | { readonly status: 'too-new'; readonly version: number; readonly supported: number };
