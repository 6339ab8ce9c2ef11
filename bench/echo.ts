import { setTimeout as wait } from 'node:timers/promises';
import { spawn } from 'node-pty';
import { type Arm, carrel, fixedBatch, openCarrelPty, SIZE } from './lib/arms.ts';
import { type ClientPages, openClientPages } from './lib/client-page.ts';
import { comparePairs, describePairs, median } from './lib/paired.ts';
import { atMost, type Row } from './lib/row.ts';
import { scratchFolder, writeProgram } from './lib/scratch.ts';

const KEYS = 100;
const HIDDEN_FLOODS = 4;

const ECHO = 'stty raw -echo; printf ready; exec cat';

/** Key to echo in an idle terminal: the median delay of many keys. */
export const echoRows: Row[] = [
  {
    id: 'P6',
    goal: atMost(0.3, 'a fixed 5 ms batch, key to echo'),
    measure: () => compareEcho(inWindow(fixedBatch)),
  },
  {
    id: 'P7',
    goal: atMost(2, `an idle app, slowest key of a hundred to echo, with ${HIDDEN_FLOODS} hidden floods`),
    measure: compareHiddenFloods,
  },
  { id: 'P6-alone', goal: atMost(8, 'node-pty alone, key to echo'), measure: () => compareEcho(aloneInNode) },
];

type Echo = (program: string, pages: ClientPages) => Promise<number>;

async function compareEcho(other: Echo) {
  using folder = scratchFolder();
  const program = writeProgram(folder.path, ECHO);
  await using pages = await openClientPages();
  const pairs = await comparePairs(
    () => inWindow(carrel)(program, pages),
    () => other(program, pages),
  );
  return { ratio: pairs.ratio, details: describePairs(pairs, 'ms') };
}

/** From the key in the window to its echo on the window's screen. */
function inWindow(arm: Arm): Echo {
  return async (program, pages) => median(await typeKeys(arm, program, pages));
}

async function typeKeys(arm: Arm, program: string, pages: ClientPages): Promise<number[]> {
  await using client = await pages.open(arm, program);
  return await client.page.evaluate(
    (count) => (globalThis as unknown as { typeKeys(count: number): Promise<number[]> }).typeKeys(count),
    KEYS,
  );
}

/** The 99th of a hundred delays, with and without floods in tabs that nobody watches. */
async function compareHiddenFloods() {
  using folder = scratchFolder();
  const echo = writeProgram(folder.path, ECHO);
  using floodFolder = scratchFolder();
  const flood = writeProgram(floodFolder.path, "exec yes 'a line of a flood that nobody watches'");
  await using pages = await openClientPages();
  const slowest = async () => {
    const delays = await typeKeys(carrel, echo, pages);
    return delays.toSorted((one, two) => one - two).at(-2) ?? Number.NaN;
  };
  const pairs = await comparePairs(async () => {
    await using resources = new AsyncDisposableStack();
    for (let tab = 0; tab < HIDDEN_FLOODS; tab += 1) resources.use(openCarrelPty(flood)).start(SIZE);
    return await slowest();
  }, slowest);
  return { ratio: pairs.ratio, details: describePairs(pairs, 'ms') };
}

/** From the write to the read, without any window. */
async function aloneInNode(program: string): Promise<number> {
  const terminal = spawn(program, [], { name: 'xterm-256color' });
  const next = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const listener = terminal.onData(() => {
      listener.dispose();
      resolve();
    });
    return promise;
  };
  await next();
  const delays: number[] = [];
  for (let key = 0; key < KEYS; key += 1) {
    await wait(4 + ((key * 7) % 11));
    const startedAt = performance.now();
    const echoed = next();
    terminal.write('k');
    await echoed;
    delays.push(performance.now() - startedAt);
  }
  terminal.kill();
  return median(delays);
}
