import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Arm, carrel, fixedBatch, noFlowControl } from './lib/arms.ts';
import { type Client, type ClientPages, openClientPages } from './lib/client-page.ts';
import { memoryOfTree } from './lib/memory.ts';
import { floodInXterm, hasXterm } from './lib/xterm.ts';
import { comparePairs, describePairs, type Pairs } from './lib/paired.ts';
import { atLeast, atMost, type Row } from './lib/row.ts';
import { scratchFolder, writeProgram } from './lib/scratch.ts';

const FLOOD_BYTES = 24 * 1024 * 1024;
const LARGE_FLOOD_BYTES = 200 * 1024 * 1024;
/** Long enough for what nothing holds back to pile up. */
const BEFORE_INTERRUPT_MS = 1500;
/** Frames of 60 a second. */
const MAX_INTERRUPT_FRAMES = 4;
const FRAME_MS = 1000 / 60;

/** Lines as a build prints them. */
const PLAIN = 'The quick brown fox jumps over the lazy dog, and the dog does not care. 0123456789\n';
/** The same length of text, each word in a colour of its own. */
const COLOURED = `${'The quick brown fox jumps over it'
  .split(' ')
  .map((word, index) => `\x1b[3${index + 1}m${word}\x1b[0m`)
  .join(' ')} \x1b[38;5;208m0123456789\x1b[1;44m end\x1b[m\n`;

export const terminalRows: Row[] = [
  {
    id: 'P1',
    goal: atLeast(2, "VS Code's constants, plain and ANSI: the flood a window draws"),
    measure: () => compareFloods(fixedBatch),
  },
  {
    id: 'P2',
    goal: atLeast(0.8, 'no flow control at all, plain and ANSI: the flood a window draws'),
    measure: () => compareFloods(noFlowControl),
  },
  {
    id: 'P3',
    goal: {
      text: '≥ 2 × xterm(1) under Xvfb: the flood a window draws',
      isMet: (ratio) => !hasXterm() || ratio >= 2,
    },
    async measure() {
      if (!hasXterm()) return { ratio: Number.NaN, details: 'skipped: xterm or xvfb-run is not installed' };
      await using pages = await openClientPages();
      using flood = floodOf(PLAIN, FLOOD_BYTES);
      const pairs = await comparePairs(
        () => megabytesPerSecond(pages, flood, carrel),
        () => floodInXterm(flood.file, FLOOD_BYTES),
      );
      return { ratio: pairs.ratio, details: describePairs(pairs, 'MB/s') };
    },
  },
  {
    id: 'P4',
    goal: atMost(
      0.05,
      `no flow control, Ctrl-C in a flood to the prompt, and ≤ ${MAX_INTERRUPT_FRAMES} frames`,
    ),
    async measure() {
      await using pages = await openClientPages();
      const pairs = await comparePairs(
        () => interruptMs(pages, carrel),
        () => interruptMs(pages, noFlowControl),
        3,
      );
      const frames = pairs.first / FRAME_MS;
      return {
        // Above the frames that are allowed no ratio is good enough.
        ratio: frames > MAX_INTERRUPT_FRAMES ? Math.max(pairs.ratio, 1) : pairs.ratio,
        details: `${describePairs(pairs, 'ms')}, ${frames.toFixed(1)} frames`,
      };
    },
  },
  {
    id: 'P5',
    goal: atMost(0.5, 'no flow control, rise of memory in a flood of 200 MB'),
    async measure() {
      await using pages = await openClientPages();
      using flood = floodOf(PLAIN, LARGE_FLOOD_BYTES);
      const pairs = await comparePairs(
        () => memoryRise(pages, flood, carrel),
        () => memoryRise(pages, flood, noFlowControl),
        2,
      );
      return { ratio: pairs.ratio, details: describePairs(pairs, 'MB') };
    },
  },
];

async function compareFloods(other: Arm) {
  await using pages = await openClientPages();
  const compare = async (line: string): Promise<Pairs> => {
    using flood = floodOf(line, FLOOD_BYTES);
    // Until the engines have compiled what runs hot.
    await megabytesPerSecond(pages, flood, carrel);
    await megabytesPerSecond(pages, flood, other);
    return await comparePairs(
      () => megabytesPerSecond(pages, flood, carrel),
      () => megabytesPerSecond(pages, flood, other),
    );
  };
  const plain = await compare(PLAIN);
  const ansi = await compare(COLOURED);
  const details = `plain ${plain.ratio.toFixed(2)} (${describePairs(plain, 'MB/s')}), ANSI ${ansi.ratio.toFixed(2)} (${describePairs(ansi, 'MB/s')})`;
  return { ratio: Math.min(plain.ratio, ansi.ratio), details };
}

type Flood = Disposable & { readonly file: string; readonly program: string };

/** A file of these lines and a program that prints as many bytes of it as a line that it reads says. The OSC says that all before it is on the screen. */
function floodOf(line: string, bytes: number): Flood {
  const folder = scratchFolder();
  const file = join(folder.path, 'flood');
  writeFileSync(file, line.repeat(Math.ceil(bytes / line.length)));
  const program = writeProgram(
    folder.path,
    `stty -echo; while read bytes; do head -c "$bytes" '${file}'; printf '\\033]5379;\\007'; done`,
  );
  return { file, program, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

async function megabytesPerSecond(pages: ClientPages, { program }: Flood, arm: Arm): Promise<number> {
  await using client = await pages.open(arm, program);
  const startedAt = performance.now();
  await draw(client, FLOOD_BYTES);
  return FLOOD_BYTES / 1e3 / (performance.now() - startedAt);
}

async function draw({ terminal, drawn }: Client, bytes: number): Promise<void> {
  const isDrawn = drawn();
  terminal.write(`${bytes}\r`);
  await isDrawn;
}

async function interruptMs(pages: ClientPages, arm: Arm): Promise<number> {
  using folder = scratchFolder();
  const program = writeProgram(
    folder.path,
    `trap "printf '\\033]5379;\\007'; read end; exit" INT; yes '${PLAIN.trimEnd()}'`,
  );
  await using client = await pages.open(arm, program);
  await wait(BEFORE_INTERRUPT_MS);
  return await client.page.evaluate(() =>
    (globalThis as unknown as { interrupt(): Promise<number> }).interrupt(),
  );
}

/** Megabytes of this process, of those that it started and of the browser, at most, above what they were after a shorter flood. */
async function memoryRise(pages: ClientPages, { program }: Flood, arm: Arm): Promise<number> {
  await using client = await pages.open(arm, program);
  await draw(client, FLOOD_BYTES);
  await wait(500);
  const before = memoryOfTree();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memoryOfTree())), 100);
  await draw(client, LARGE_FLOOD_BYTES);
  clearInterval(timer);
  return (most - before) / 1e6;
}
