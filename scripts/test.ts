import { findElectron } from '../tests/stand-in/electron.ts';
import { runBrowserTests } from './lib/browser-tests.ts';
import { staticSteps, unitTests } from './lib/check-steps.ts';
import { main } from './lib/project.mjs';
import { describeStep, lastLine, NOTHING_RAN, runSteps, type Step } from './lib/steps.ts';
import { prepareBrowserTests } from './lib/test-machine.ts';

const browserTests: Step = {
  name: 'browser tests',
  run: async () => {
    try {
      await prepareBrowserTests();
    } catch (error) {
      const output = error instanceof Error ? error.message : String(error);
      return { isOk: false, output, counts: NOTHING_RAN };
    }
    return await runBrowserTests();
  },
};

await main(async () => {
  const steps = [...(await runSteps(staticSteps, 2)), ...(await runSteps([unitTests, browserTests], 1))];
  console.log(`\nSummary\n${steps.map(describeStep).join('\n')}`);
  console.log(`The desktop tests ran in: ${findElectron().reason}`);
  console.log(lastLine(steps));
  return steps.every(({ isOk }) => isOk) ? 0 : 1;
});
