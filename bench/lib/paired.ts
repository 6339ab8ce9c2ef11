/** A machine whose speed drifts further than this within a pair has measured itself. */
const MAX_DRIFT = 0.15;
const MAX_TRIES = 4;

export type Pairs = {
  /** Median of the first arm's figure divided by the second's. */
  readonly ratio: number;
  readonly first: number;
  readonly second: number;
  /** Pairs that were measured although the machine never was steady. */
  readonly unsteady: number;
};

/** Runs both arms in turn, in changing order, and takes the median of the paired ratios. */
export async function comparePairs(
  first: () => Promise<number>,
  second: () => Promise<number>,
  count = 5,
): Promise<Pairs> {
  const pairs: { first: number; second: number }[] = [];
  let unsteady = 0;
  for (let number = 0; number < count; number += 1) {
    for (let attempt = 1; ; attempt += 1) {
      const before = calibrate();
      const pair = await (number % 2 === 0 ? inOrder(first, second) : inReverse(first, second));
      const drift = Math.abs(calibrate() / before - 1);
      if (drift > MAX_DRIFT && attempt < MAX_TRIES) continue;
      if (drift > MAX_DRIFT) unsteady += 1;
      pairs.push(pair);
      break;
    }
  }
  return {
    ratio: median(pairs.map((pair) => pair.first / pair.second)),
    first: median(pairs.map((pair) => pair.first)),
    second: median(pairs.map((pair) => pair.second)),
    unsteady,
  };
}

export function describePairs({ first, second, unsteady }: Pairs, unit: string): string {
  const note = unsteady > 0 ? ` (${unsteady} pairs on an unsteady machine)` : '';
  return `${first.toFixed(2)} against ${second.toFixed(2)} ${unit}${note}`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

async function inOrder(first: () => Promise<number>, second: () => Promise<number>) {
  return { first: await first(), second: await second() };
}

async function inReverse(first: () => Promise<number>, second: () => Promise<number>) {
  const figure = await second();
  return { first: await first(), second: figure };
}

/** Milliseconds of a fixed loop; the least of a few, so that only the machine's speed counts. */
function calibrate(): number {
  return Math.min(...Array.from({ length: 5 }, timeLoop));
}

function timeLoop(): number {
  const startedAt = performance.now();
  let state = 1;
  for (let step = 0; step < 5_000_000; step += 1) state = Math.imul(state ^ step, 1_664_525);
  // Uses the result, so that the loop is not optimised away.
  return performance.now() - startedAt + (state === 0.5 ? 1 : 0);
}
