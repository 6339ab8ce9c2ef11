import { elapsed } from './project.mjs';

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** Tests that could not even be started are a failure. */
export const NOTHING_RAN: Counts = { passed: 0, failed: 1, skipped: 0 };

export type StepResult = {
  readonly isOk: boolean;
  /** Shown when the step failed. */
  readonly output: string;
  /** Of a step that runs tests. */
  readonly counts?: Counts;
};

export type Step = { readonly name: string; readonly run: () => Promise<StepResult> };

export type FinishedStep = StepResult & {
  readonly name: string;
  /** As "1.2 s". */
  readonly took: string;
};

/** Runs steps, `atOnce` at a time, and prints each when it and all before it are done. */
export async function runSteps(steps: readonly Step[], atOnce: number): Promise<FinishedStep[]> {
  const queue = steps.entries();
  const finished: FinishedStep[] = [];
  let printed = 0;
  const work = async () => {
    for (const [index, step] of queue) {
      finished[index] = await runStep(step);
      for (let next = finished[printed]; next; next = finished[++printed]) printStep(next);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return finished;
}

function printStep(step: FinishedStep): void {
  console.log(describeStep(step));
  if (!step.isOk && step.output.trim()) console.log(`${step.output.trim().replaceAll(/^(?=.)/gm, '    ')}\n`);
}

async function runStep({ name, run }: Step): Promise<FinishedStep> {
  const startedAt = performance.now();
  const result = await run();
  return { ...result, name, took: elapsed(startedAt) };
}

/** As "✓ unit tests  12 s  40 passed, 0 failed". */
export function describeStep({ name, isOk, took, counts }: FinishedStep): string {
  return [isOk ? '✓' : '✗', name.padEnd(16), took.padStart(6), counts ? ` ${describeCounts(counts)}` : '']
    .join(' ')
    .trimEnd();
}

function describeCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The last line of a test run, by which other programs read it: "N passed, N failed". */
export function lastLine(results: readonly StepResult[]): string {
  const sum = (key: keyof Counts) => results.reduce((total, { counts }) => total + (counts?.[key] ?? 0), 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
