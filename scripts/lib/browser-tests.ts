import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter';
import { captureChild, runChild } from './child.mjs';
import { MODULES_FOLDER, NODE, OUTPUT_FOLDER, PROJECT_FOLDER } from './project.mjs';
import { NOTHING_RAN, type Counts, type StepResult } from './steps.ts';

const REPORT = join(OUTPUT_FOLDER, 'browser-tests.json');
const CLI = join(MODULES_FOLDER, '@playwright/test/cli.js');

/** Runs the tests whose full title matches `grep`, or all, with their progress on our own stdout. */
export async function runBrowserTests(grep?: string): Promise<StepResult> {
  rmSync(REPORT, { force: true });
  const args = [CLI, 'test', '--reporter=line,json', ...(grep === undefined ? [] : ['--grep', grep])];
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT };
  const exitCode = await runChild(NODE, args, { cwd: PROJECT_FOLDER, env });
  if (!existsSync(REPORT)) return { isOk: false, output: '', counts: NOTHING_RAN };
  const counts = countBrowserTests(readReport());
  return { isOk: exitCode === 0 && counts.passed > 0, output: '', counts };
}

/** The titles of all tests. Throws an error for a person when they cannot be loaded. */
export async function listBrowserTests(): Promise<string[]> {
  rmSync(REPORT, { force: true });
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT };
  const args = [CLI, 'test', '--list', '--reporter=json'];
  const { exitCode, output } = await captureChild(NODE, args, { cwd: PROJECT_FOLDER, env });
  if (exitCode !== 0) throw new Error(`The tests could not be listed.\n${output.trim()}`);
  return readReport().suites.flatMap(titles);
}

function readReport(): JSONReport {
  return JSON.parse(readFileSync(REPORT, 'utf8')) as JSONReport;
}

function titles({ specs, suites = [] }: JSONReportSuite): string[] {
  return [...specs.map(({ title }) => title), ...suites.flatMap(titles)];
}

/** An error outside of tests, as a file that cannot be loaded, counts as a test that failed; so does a flaky one. */
export function countBrowserTests({ stats, errors }: Pick<JSONReport, 'stats' | 'errors'>): Counts {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}
