import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { captureChild } from './child.mjs';
import { MODULES_FOLDER, NODE, OUTPUT_FOLDER, PROJECT_FOLDER } from './project.mjs';
import { NOTHING_RAN, type Counts, type StepResult } from './steps.ts';

const REPORT = join(OUTPUT_FOLDER, 'unit-tests.json');

export async function runUnitTests(): Promise<StepResult> {
  rmSync(REPORT, { force: true });
  const cli = join(MODULES_FOLDER, 'vitest/vitest.mjs');
  const args = [cli, 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${REPORT}`];
  const { exitCode, output } = await captureChild(NODE, args, { cwd: PROJECT_FOLDER });
  if (!existsSync(REPORT)) return { isOk: false, output, counts: NOTHING_RAN };
  const counts = countUnitTests(JSON.parse(readFileSync(REPORT, 'utf8')) as UnitTestReport);
  return { isOk: exitCode === 0 && counts.passed > 0, output, counts };
}

/** What is read of Vitest's JSON report. */
export type UnitTestReport = {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

/** A file that could not be loaded has no tests and counts as one that failed. */
export function countUnitTests({ numPassedTests, numPendingTests, testResults }: UnitTestReport): Counts {
  const failed = testResults.map(({ status, assertionResults }) => {
    const failures = assertionResults.filter((test) => test.status === 'failed').length;
    return status === 'failed' ? Math.max(failures, 1) : failures;
  });
  return {
    passed: numPassedTests,
    failed: failed.reduce((sum, count) => sum + count, 0),
    skipped: numPendingTests,
  };
}
