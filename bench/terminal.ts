import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Arm, carrel, fixedBatch } from './lib/arms.ts';
import { type ClientPages, openClientPages } from './lib/client-page.ts';
import { scratchFolder, writeProgram } from './lib/scratch.ts';
import { comparePairs, describePairs } from './lib/paired.ts';
import { atLeast, type Row } from './lib/row.ts';

const FLOOD_BYTES = 24 * 1024 * 1024;

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
    async measure() {
      await using pages = await openClientPages();
      const plain = await compareFlood(pages, PLAIN);
      const ansi = await compareFlood(pages, COLOURED);
      const details = `plain ${plain.ratio.toFixed(2)} (${describePairs(plain, 'MB/s')}), ANSI ${ansi.ratio.toFixed(2)} (${describePairs(ansi, 'MB/s')})`;
      return { ratio: Math.min(plain.ratio, ansi.ratio), details };
    },
  },
];

async function compareFlood(pages: ClientPages, line: string) {
  using folder = scratchFolder();
  const flood = join(folder.path, 'flood');
  writeFileSync(flood, line.repeat(Math.ceil(FLOOD_BYTES / line.length)));
  // The read starts the clock; the OSC says that all before it is on the screen.
  const program = writeProgram(
    folder.path,
    `stty -echo; read go; cat '${flood}'; printf '\\033]5379;\\007'; read end`,
  );
  const megabytesPerSecond = async (arm: Arm) => {
    await using client = await pages.open(arm, program);
    const startedAt = performance.now();
    client.terminal.write('\r');
    await client.done;
    return FLOOD_BYTES / 1e3 / (performance.now() - startedAt);
  };
  // Until the engines have compiled what runs hot.
  await megabytesPerSecond(carrel);
  await megabytesPerSecond(fixedBatch);
  return await comparePairs(
    () => megabytesPerSecond(carrel),
    () => megabytesPerSecond(fixedBatch),
  );
}
