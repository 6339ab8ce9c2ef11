import { createContext, Script } from 'node:vm';
import type { SearchQuery } from '../../shared/search.ts';

/** A pattern that a person wrote took too long: there are some that take years. */
export class SlowPatternError extends Error {
  override readonly name = 'SlowPatternError';

  constructor() {
    super('This pattern takes too long. Make it simpler.');
  }
}

/** For a few hundred lines, which take a millisecond; a busy machine may be elsewhere for much longer than that. */
const LIMIT_MS = 500;

const script = new Script('match()');
const context = createContext();

/** Runs a step of a search; where a pattern does not come to an end, gives up with a `SlowPatternError`. */
export function matchingWithinTime<Value>({ isRegex }: SearchQuery, match: () => Value): Value {
  if (!isRegex) return match();
  context['match'] = match;
  try {
    return script.runInContext(context, { timeout: LIMIT_MS }) as Value;
  } catch (error) {
    const isTooSlow = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw isTooSlow ? new SlowPatternError() : error;
  }
}
