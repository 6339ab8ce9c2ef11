import { setImmediate as turn } from 'node:timers/promises';
import type { PaneId, SessionId } from '../shared/ids.ts';
import {
  excerptOf,
  patternOf,
  type SearchHit,
  type SearchPiece,
  type SearchQuery,
} from '../shared/search.ts';
import type {
  Archive,
  MessageText,
  Page,
  PageRequest,
  StoredCommand,
  StoredSession,
} from './archive/types.ts';
import type { Pty } from './pty/types.ts';
import { matchingWithinTime } from './pty/within-time.ts';

/** Hits told of each kind, and of each terminal; who wants more must ask for less. */
const MAX_MESSAGES = 50;
const MAX_COMMANDS = 50;
const MAX_LINES = 100;
const MAX_LINES_OF_PANE = 20;

/** Rows of the archive that are looked at before other work is done. */
const PAGE_ROWS = 200;

/** A terminal of a tab that is open. */
export type SearchedPane = {
  readonly sessionId: SessionId;
  readonly paneId: PaneId;
  /** Of its tab. */
  readonly title: string;
  readonly pty: Pick<Pty, 'search'>;
};

export type SearchSources = {
  readonly archive: Pick<Archive, 'findMessages' | 'messageTexts' | 'commands'>;
  /** The one to be searched first comes first. */
  readonly panes: () => readonly SearchedPane[];
  /** Of a session of the archive. */
  readonly titleOf: (session: Pick<StoredSession, 'title' | 'cwd' | 'shell' | 'profile'>) => string;
};

/** One search of one client, told piece by piece as the client asks for more. Disposal ends it. */
export class Search implements Disposable {
  readonly #pieces: AsyncGenerator<Piece>;
  readonly #stopping = new AbortController();
  #hasMore = false;

  /** Throws a SyntaxError where the query is to be a pattern and is none. */
  constructor(sources: SearchSources, query: SearchQuery) {
    const pattern = patternOf(query);
    this.#pieces = piecesOf({ ...sources, query, pattern, signal: this.#stopping.signal });
  }

  /** Rejects with a `SlowPatternError` where the pattern holds the search up. */
  async next(): Promise<SearchPiece> {
    const { value, done } = await this.#pieces.next();
    this.#hasMore ||= value?.hasMore ?? false;
    return { hits: value?.hits ?? [], isOver: done ?? false, hasMore: this.#hasMore };
  }

  [Symbol.dispose](): void {
    this.#stopping.abort();
  }
}

type Piece = { readonly hits: SearchHit[]; readonly hasMore: boolean };

type Work = SearchSources & {
  readonly query: SearchQuery;
  readonly pattern: RegExp;
  readonly signal: AbortSignal;
};

/** What is found at once comes first, and what each message must be read for last. */
async function* piecesOf(work: Work): AsyncGenerator<Piece, undefined> {
  const { archive, query } = work;
  const told = new Set<string>();
  const hitsOf = (message: MessageText): SearchHit[] => {
    const hits = told.has(message.id) ? [] : messageHits(message, work);
    if (hits.length > 0) told.add(message.id);
    return hits;
  };
  if (!query.isRegex) {
    const found = archive.findMessages(query.text, MAX_MESSAGES);
    yield { hits: found.flatMap(hitsOf), hasMore: found.length === MAX_MESSAGES };
  }
  const commands = (request: PageRequest) => archive.commands(request);
  yield* pages(commands, (command) => commandHits(command, work), work, MAX_COMMANDS);
  yield* linesOfPanes(work);
  const messages = (request: PageRequest) => archive.messageTexts(request);
  yield* pages(messages, hitsOf, work, MAX_MESSAGES - told.size);
  return undefined;
}

async function* pages<Row>(
  read: (request: PageRequest) => Page<Row>,
  hitsOf: (row: Row) => SearchHit[],
  { query, signal }: Work,
  limit: number,
): AsyncGenerator<Piece> {
  let found = 0;
  let before: number | undefined = Number.MAX_SAFE_INTEGER;
  while (before !== undefined) {
    if (signal.aborted) return;
    const { rows, next }: Page<Row> = read({ before, limit: PAGE_ROWS });
    const hits = matchingWithinTime(query, () => rows.flatMap((row) => hitsOf(row)));
    const isFull = found + hits.length >= limit;
    if (hits.length > 0) yield { hits: hits.slice(0, limit - found), hasMore: isFull };
    if (isFull) return;
    found += hits.length;
    before = next;
    await turn();
  }
}

async function* linesOfPanes({ panes, query, signal }: Work): AsyncGenerator<Piece> {
  let left = MAX_LINES;
  for (const { pty, ...ofPane } of panes()) {
    if (left === 0 || signal.aborted) return;
    let leftOfPane = Math.min(left, MAX_LINES_OF_PANE);
    for await (const lines of pty.search(query, { limit: leftOfPane, signal })) {
      left -= lines.length;
      leftOfPane -= lines.length;
      const hits = lines.map((line) => ({ kind: 'line' as const, ...ofPane, isClosed: false, ...line }));
      yield { hits, hasMore: leftOfPane === 0 };
    }
  }
}

function messageHits(message: MessageText, { pattern, titleOf }: Work): SearchHit[] {
  const found = excerptOf(message.text, pattern);
  if (!found) return [];
  const { id: messageId, sessionId, role, model, createdAt: at, isClosed } = message;
  const title = titleOf({ ...message, cwd: message.sessionFolder });
  return [{ kind: 'message', sessionId, title, isClosed, messageId, role, model, at, ...found }];
}

function commandHits(command: StoredCommand, { pattern, titleOf }: Work): SearchHit[] {
  const found = excerptOf(command.commandLine, pattern);
  if (!found) return [];
  const { sessionId, paneId, isClosed, commandLine, cwd, exitCode, endedAt: at } = command;
  const title = titleOf({ ...command, cwd: command.sessionFolder });
  const ended = { cwd, at, ...(exitCode !== undefined && { exitCode }) };
  return [{ kind: 'command', sessionId, paneId, title, isClosed, commandLine, ...ended, ...found }];
}
