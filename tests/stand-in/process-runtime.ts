import { parseLaunch } from './launch.ts';
import { createRuntime } from './runtime.ts';

/** The one of this process: `electron` means the same in the start script, the app and what Playwright evaluates. */
export const launch = parseLaunch(process.argv.slice(2));
export const runtime = createRuntime(launch);
