import { createInterface } from 'node:readline';
import { WEB_HOST } from './build.ts';
import { runChild, startChild } from './child.mjs';
import { NODE, PROJECT_FOLDER, say } from './project.mjs';
import { userEnvironment } from './user-environment.ts';

const env = userEnvironment(process.env, PROJECT_FOLDER);

/** Runs the built web host, whose stdout is ours. Returns its exit code. */
export function runWebHost(args: readonly string[]): Promise<number> {
  return runChild(NODE, [WEB_HOST, ...args], { env });
}

/** Runs the built web host and tells its address in a sentence. Returns its exit code. */
export async function runWebHostForAPerson(): Promise<number> {
  const { child, exitCode } = startChild(NODE, [WEB_HOST], { env, stdio: ['inherit', 'pipe', 'inherit'] });
  if (child.stdout) {
    createInterface({ input: child.stdout }).once('line', (line) => {
      const { url } = JSON.parse(line) as { url: string };
      say(`\nCarrel is ready. Open it in a browser on this machine:\n\n  ${url}\n\nCtrl-C ends it.`);
    });
  }
  return await exitCode;
}
