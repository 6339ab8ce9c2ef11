import { ensureBuilt } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { ensureTestPrograms } from './test-programs.ts';

/** Builds the app and sees to all that the browser tests use. Throws an error for a person when something cannot be had. */
export async function prepareBrowserTests(): Promise<void> {
  await ensureBuilt();
  process.env['CARREL_CHROMIUM'] = await ensureChromium();
  await ensureTestPrograms();
}
