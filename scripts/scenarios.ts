import { listBrowserTests, runBrowserTests } from './lib/browser-tests.ts';
import { main } from './lib/project.mjs';
import { scenarioIds, scenarioPattern } from './lib/scenarios.ts';
import { lastLine } from './lib/steps.ts';
import { prepareBrowserTests } from './lib/test-machine.ts';

await main(async (args) => {
  const wanted = args.map((id) => id.toUpperCase());
  if (wanted.length > 0) {
    const known = scenarioIds(await listBrowserTests());
    const unknown = wanted.filter((id) => !known.includes(id));
    if (unknown.length > 0)
      throw new Error(`Unknown scenario ${unknown.join(', ')}. Known: ${known.join(' ')}`);
  }
  await prepareBrowserTests();
  const result = await runBrowserTests(scenarioPattern(wanted));
  console.log(lastLine([result]));
  return result.isOk ? 0 : 1;
});
