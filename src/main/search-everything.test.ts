import { expect, it } from 'vitest';
import { paneId, type SessionId } from '../shared/ids.ts';
import type { SearchHit, SearchQuery } from '../shared/search.ts';
import { openedUntilTheEnd, sampleMessage, sampleSession } from './archive/testing/archive-samples.ts';
import type { Archive } from './archive/types.ts';
import { openTerminal, startClient } from './pty/testing/open-terminal.ts';
import { Search, type SearchedPane } from './search-everything.ts';

const titleOf = ({ title, cwd }: { title: string; cwd: string }) => title || cwd;

function search(archive: Archive, query: Partial<SearchQuery>, panes: readonly SearchedPane[] = []): Search {
  const usual = { text: '', isCaseSensitive: false, isWholeWord: false, isRegex: false };
  return new Search({ archive, panes: () => panes, titleOf }, { ...usual, ...query });
}

async function everything(search: Search): Promise<{ hits: SearchHit[]; hasMore: boolean }> {
  const hits: SearchHit[] = [];
  for (;;) {
    const piece = await search.next();
    hits.push(...piece.hits);
    if (piece.isOver) return { hits, hasMore: piece.hasMore };
  }
}

async function found(...asked: Parameters<typeof search>): Promise<string[]> {
  const { hits } = await everything(search(...asked));
  return hits.map(({ kind, text }) => `${kind}: ${text}`);
}

function say(archive: Archive, id: SessionId, text: string): void {
  archive.saveMessage(sampleMessage(id, { status: 'complete', parts: [{ type: 'text', text }] }));
}

function run(archive: Archive, id: SessionId, commandLine: string): void {
  archive.saveCommand(id, { commandLine, cwd: '/srv', exitCode: 1, durationMs: 5, endedAt: 7 });
}

function archiveWithTwo() {
  const archive = openedUntilTheEnd();
  const open = sampleSession({ title: 'api' });
  const closed = sampleSession({ title: '', cwd: '/srv/old' });
  for (const session of [open, closed]) archive.insertSession(session);
  archive.setClosed(closed.id, 1);
  return { archive, open, closed };
}

it('finds what was said and run in all tabs, closed ones too, each once', async () => {
  const { archive, open, closed } = archiveWithTwo();
  say(archive, closed.id, 'The refresh token\nexpires.');
  say(archive, open.id, 'It calls refreshToken() twice.');
  run(archive, closed.id, 'rg "refresh token" src');
  const { hits, hasMore } = await everything(search(archive, { text: 'refresh token' }));
  expect(hasMore).toBe(false);
  expect(hits).toMatchObject([
    { kind: 'message', sessionId: closed.id, title: '/srv/old', isClosed: true, text: 'The refresh token' },
    { kind: 'command', sessionId: closed.id, exitCode: 1, cwd: '/srv', at: 7 },
  ]);
  // The middle of a word is in no index.
  expect(await found(archive, { text: 'freshTok' })).toEqual(['message: It calls refreshToken() twice.']);
  expect(await found(archive, { text: 'refreshTok' })).toEqual(['message: It calls refreshToken() twice.']);
  expect(await found(archive, { text: 'REFRESH', isCaseSensitive: true })).toEqual([]);
  expect(await found(archive, { text: 'refresh', isWholeWord: true })).toEqual([
    'message: The refresh token',
    'command: rg "refresh token" src',
  ]);
  expect(await found(archive, { text: 'tw[io]ce', isRegex: true })).toEqual([
    'message: It calls refreshToken() twice.',
  ]);
});

it('searches terminals in the order it is given, and tells so many of each at most', async () => {
  const { archive, open, closed } = archiveWithTwo();
  await using busy = openTerminal();
  await using other = openTerminal();
  using client = await startClient(busy);
  using second = await startClient(other);
  client.type('clear; for i in $(seq 200); do echo same-$i; done\r');
  await client.sees(/same-200\n\$/);
  second.type("clear; echo sa'me'-here\r");
  await second.sees(/^same-here\n\$/);
  const panes = [
    { sessionId: open.id, paneId: paneId.parse(open.id), title: 'api', pty: busy.pty },
    { sessionId: closed.id, paneId: paneId.parse(closed.id), title: 'other', pty: other.pty },
  ];
  const { hits, hasMore } = await everything(search(archive, { text: 'same' }, panes));
  expect(hits.map(({ title }) => title)).toEqual([...Array.from({ length: 20 }, () => 'api'), 'other']);
  expect(hits[0]).toMatchObject({ kind: 'line', text: 'same-200', sessionId: open.id, paneId: open.id });
  expect(hasMore).toBe(true);
});

it('tells that there is more than it tells', async () => {
  const { archive, open } = archiveWithTwo();
  for (let count = 0; count < 60; count += 1) run(archive, open.id, `make ${count}`);
  const { hits, hasMore } = await everything(search(archive, { text: 'make' }));
  expect([hits.length, hits[0]?.text, hasMore]).toEqual([50, 'make 59', true]);
});

it('goes through thousands of rows without holding up other work, until it is ended', async () => {
  const { archive, open } = archiveWithTwo();
  say(archive, open.id, 'The oldest: needle');
  for (let count = 0; count < 700; count += 1) run(archive, open.id, `make ${count}`);
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  expect(await found(archive, { text: 'eedle' })).toEqual(['message: The oldest: needle']);
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(3);
  const ended = search(archive, { text: 'eedle' });
  ended[Symbol.dispose]();
  expect((await everything(ended)).hits).toEqual([]);
});

it('refuses what is no pattern, and gives up one that never ends', async () => {
  const { archive, open } = archiveWithTwo();
  say(archive, open.id, `${'a'.repeat(60)}!`);
  expect(() => search(archive, { text: 'a(', isRegex: true })).toThrow(SyntaxError);
  await expect(everything(search(archive, { text: '(a+)+$', isRegex: true }))).rejects.toThrow('too long');
});
