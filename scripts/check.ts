import { staticSteps, unitTests } from './lib/check-steps.ts';
import { main } from './lib/project.mjs';
import { runSteps } from './lib/steps.ts';

await main(async () => {
  const fast = await runSteps(staticSteps, 2);
  // Alone, because real shells and files are slow enough without a compiler beside them.
  const slow = await runSteps([unitTests], 1);
  return [...fast, ...slow].every(({ isOk }) => isOk) ? 0 : 1;
});
