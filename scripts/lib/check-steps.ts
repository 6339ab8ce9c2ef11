import { join } from 'node:path';
import { findViolations } from './boundaries.ts';
import { captureChild } from './child.mjs';
import { BIN_FOLDER, PROJECT_FOLDER } from './project.mjs';
import type { Step } from './steps.ts';
import { runUnitTests } from './unit-tests.ts';

/** What needs no running code. */
export const staticSteps: readonly Step[] = [
  tool('types (Node)', 'tsc', ['-p', 'tsconfig.node.json']),
  tool('types (page)', 'tsc', ['-p', 'tsconfig.web.json']),
  tool('lint', 'oxlint', ['--deny-warnings']),
  tool('format', 'prettier', ['--check', '--log-level', 'warn', '.']),
  tool('unused', 'knip', []),
  { name: 'boundaries', run: checkBoundaries },
];

export const unitTests: Step = { name: 'unit tests', run: runUnitTests };

function tool(name: string, program: string, args: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const { exitCode, output } = await captureChild(join(BIN_FOLDER, program), args, {
        cwd: PROJECT_FOLDER,
      });
      return { isOk: exitCode === 0, output };
    },
  };
}

async function checkBoundaries() {
  const violations = await findViolations(PROJECT_FOLDER);
  return { isOk: violations.length === 0, output: violations.join('\n') };
}
