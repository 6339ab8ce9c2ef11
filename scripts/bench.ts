import { join } from 'node:path';
import { runChild } from './lib/child.mjs';
import { main, NODE, PROJECT_FOLDER } from './lib/project.mjs';
import { prepareBrowserTests } from './lib/test-machine.ts';

await main(async (ids) => {
  await prepareBrowserTests();
  return await runChild(NODE, [join(PROJECT_FOLDER, 'bench/run.ts'), ...ids], { cwd: PROJECT_FOLDER });
});
