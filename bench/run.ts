import { writeFileSync } from 'node:fs';
import type { Row } from './lib/row.ts';
import { groups } from './rows.ts';

const RESULTS = new URL('results.json', import.meta.url);

const rows = Object.values(groups).flat();

/** All rows, or those asked for: `switch` means its group, `P6` also `P6-alone`. Undefined for a name that nothing has. */
function choose(names: readonly string[]): readonly Row[] | undefined {
  const asked = (name: string): readonly Row[] =>
    groups[name] ?? rows.filter(({ id }) => id === name || id.startsWith(`${name}-`));
  if (names.some((name) => asked(name).length === 0)) return undefined;
  return names.length === 0 ? rows : rows.filter((row) => names.some((name) => asked(name).includes(row)));
}

const names = process.argv.slice(2);
const chosen = choose(names);
if (chosen) await run(chosen);
else {
  const known = [...Object.keys(groups), ...rows.map(({ id }) => id)];
  console.error(`Unknown row in: ${names.join(' ')}. Known: ${known.join(' ')}`);
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
