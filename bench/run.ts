import { writeFileSync } from 'node:fs';
import type { Row } from './lib/row.ts';
import { rows } from './rows.ts';

const RESULTS = new URL('results.json', import.meta.url);

/** All rows, or those asked for: `P6` also means `P6-alone`. Undefined for an id that no row has. */
function choose(ids: readonly string[]): readonly Row[] | undefined {
  if (ids.length === 0) return rows;
  const matches = (row: Row, id: string) => row.id === id || row.id.startsWith(`${id}-`);
  if (!ids.every((id) => rows.some((row) => matches(row, id)))) return undefined;
  return rows.filter((row) => ids.some((id) => matches(row, id)));
}

const ids = process.argv.slice(2);
const chosen = choose(ids);
if (chosen) await run(chosen);
else {
  console.error(`Unknown row in: ${ids.join(' ')}. Known: ${rows.map((row) => row.id).join(' ')}`);
  process.exitCode = 2;
}

async function run(chosen: readonly Row[]): Promise<void> {
  const results: { id: string; ratio: number; goal: string; met: boolean }[] = [];
  console.log(`${'row'.padEnd(10)}${'ratio'.padStart(8)}  ${'met'.padEnd(5)}goal`);
  for (const row of chosen) {
    const { id, goal } = row;
    const { ratio, details } = await row.measure();
    const met = goal.isMet(ratio);
    results.push({ id, ratio, goal: goal.text, met });
    console.log(
      `${id.padEnd(10)}${ratio.toFixed(2).padStart(8)}  ${(met ? 'yes' : 'NO').padEnd(5)}${goal.text}`,
    );
    console.log(`${' '.repeat(20)}  ${details}`);
  }
  writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
  const missed = results.filter((result) => !result.met).map((result) => result.id);
  console.log(missed.length === 0 ? 'Every goal is met.' : `Goals not met: ${missed.join(', ')}.`);
}
