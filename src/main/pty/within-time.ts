import { createContext, Script } from 'node:vm';

/** A pattern that a person wrote took too long: there are some that take years. */
export class SlowPatternError extends Error {
  override readonly name = 'SlowPatternError';

  constructor() {
    super('This pattern takes too long. Make it simpler.');
  }
}

const script = new Script('run()');
const context = createContext({ run: undefined });

/** Runs something that never ends, as some patterns do, no longer than the limit; then throws a `SlowPatternError`. */
export function withinTime<Value>(limitMs: number, run: () => Value): Value {
  context['run'] = run;
  try {
    return script.runInContext(context, { timeout: limitMs }) as Value;
  } catch (error) {
    const isTooSlow = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw isTooSlow ? new SlowPatternError() : error;
  }
}
