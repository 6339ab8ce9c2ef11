import { expect, it } from 'vitest';
import type { LineHit, SearchQuery } from '../../shared/search.ts';
import { eventually, openTerminal, startClient, type OpenedTerminal } from './testing/open-terminal.ts';
import { linesOfDrawing, searchLines } from './line-search.ts';
import { SlowPatternError } from './within-time.ts';

const query = (text: string, how: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  isCaseSensitive: false,
  isWholeWord: false,
  isRegex: false,
  ...how,
});

async function hitsOf(
  { pty }: Pick<OpenedTerminal, 'pty'>,
  asked: SearchQuery,
  options: { limit?: number; signal?: AbortSignal } = {},
): Promise<LineHit[]> {
  return await collected(pty.search(asked, { limit: 100, ...options }));
}

async function collected(pieces: AsyncIterable<readonly LineHit[]>): Promise<LineHit[]> {
  const hits: LineHit[] = [];
  for await (const piece of pieces) hits.push(...piece);
  return hits;
}

const texts = (hits: readonly LineHit[]) => hits.map(({ text }) => text);

it('finds lines newest first, with their way back, and joins rows that were broken', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  const long = `${'a'.repeat(70)}Needle-${'b'.repeat(200)}`;
  client.type(`clear; printf '%s\\n' 'one needle' '${long}' 'NEEDLES and needle'; seq 50\r`);
  await client.sees(/\n50\n\$/);
  const hits = await hitsOf(terminal, query('needle'));
  const output = hits.filter(({ text }) => !text.includes('printf'));
  expect(output).toMatchObject([
    {
      text: 'NEEDLES and needle',
      matches: [
        { start: 0, length: 6 },
        { start: 12, length: 6 },
      ],
      offset: 0,
      linesBelow: 51,
    },
    { matches: [{ start: 60, length: 6 }], offset: 10, linesBelow: 52 },
    { text: 'one needle', linesBelow: 53 },
  ]);
  const ask = async (text: string, how: Partial<SearchQuery>) =>
    texts(await hitsOf(terminal, query(text, how))).filter((line) => /^(?:NEEDLES|one)/.test(line));
  expect(await ask('needle', { isWholeWord: true })).toEqual(['NEEDLES and needle', 'one needle']);
  expect(await ask('NEEDLE', { isCaseSensitive: true })).toEqual(['NEEDLES and needle']);
  expect(await ask('^one .*e$', { isRegex: true })).toEqual(['one needle']);
  expect(await hitsOf(terminal, query('needle'), { limit: 2 })).toHaveLength(2);
  expect(await hitsOf(terminal, query('needle'), { signal: AbortSignal.abort() })).toEqual([]);
});

it('finds each line once while more is printed and the oldest go', async () => {
  await using terminal = openTerminal({
    scrollback: 2000,
    script: 'i=0; while :; do i=$((i+1)); echo "line $i"; done',
  });
  terminal.pty.start({ columns: 80, rows: 24 });
  await eventually(async () =>
    expect(await hitsOf(terminal, query('line'), { limit: 3000 })).toHaveLength(2023),
  );
  const numbers = texts(await hitsOf(terminal, query('line'), { limit: 3000 })).map((text) =>
    Number(text.slice(5)),
  );
  // The newest line may be printed in part only.
  const [newest = 0] = numbers.splice(0, 2).slice(1);
  // From the newest down without a gap; what goes meanwhile goes from the end, the more the slower the machine is.
  expect(numbers.length).toBeGreaterThan(100);
  expect(numbers).toEqual(numbers.map((_, index) => newest - 1 - index));
});

it('stops when it is told to', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type('seq 5000\r');
  await client.sees(/\n5000\n\$/);
  const stopping = new AbortController();
  const { signal } = stopping;
  const searching = collected(terminal.pty.search(query('1'), { limit: 5000, signal }));
  stopping.abort();
  expect(await searching).toEqual([]);
  // The terminal is free for the next one.
  expect(await hitsOf(terminal, query('4999'))).not.toEqual([]);
});

it('lets a pattern that never ends hold up nothing', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type(`printf '%s\\n' ${'a'.repeat(60)}!\r`);
  await client.sees(/\naaa+!\n/);
  const asked = query('(a+)+$', { isRegex: true });
  await expect(hitsOf(terminal, asked)).rejects.toThrow(SlowPatternError);
  client.type('echo alive-$((1+1))\r');
  await client.sees('alive-2');
});

it('searches what is to be restored, without starting anything', async () => {
  const first = openTerminal({ scrollback: 100 });
  const client = await startClient(first);
  client.type(
    `clear; printf 'red \\e[31mneedle\\e[0m\\e[5Cafter \\e]8;;http://x.example/needle-link\\e\\\\link\\e]8;;\\e\\\\\\n'; seq 40\r`,
  );
  await client.sees(/\n40\n\$/);
  const text = (await first.pty.serializeIfChanged()) ?? '';
  const shown = (await hitsOf(first, query('needle'))).filter((hit) => !hit.text.includes('printf'));
  await first[Symbol.asyncDispose]();
  await using second = openTerminal({ readRestored: () => ({ text, savedAt: 0 }) });
  const restored = (await hitsOf(second, query('needle'))).filter((hit) => !hit.text.includes('printf'));
  expect([texts(shown), texts(restored)]).toEqual([
    ['red needle     after link'],
    ['red needle     after link'],
  ]);
  expect(second.states).toEqual([]);
});

it('goes through many lines in slices', async () => {
  const source = linesOfDrawing(
    Array.from({ length: 100_000 }, (_, index) => `\x1b[1mline ${index}\x1b[m`).join('\r\n'),
  );
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const hits = await collected(searchLines(source, query('line 77777'), { limit: 9 }));
  isOver = true;
  expect(texts(hits)).toEqual(['line 77777']);
  expect(turns).toBeGreaterThan(100);
});
