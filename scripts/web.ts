import { ensureBuilt } from './lib/build.ts';
import { main } from './lib/project.mjs';
import { runWebHost } from './lib/web-host.ts';

await main(async (args) => {
  await ensureBuilt();
  return await runWebHost(args);
});
