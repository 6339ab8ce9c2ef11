import ignore from 'ignore';

/** More would be a way to keep the processor busy. */
const MAX_ALTERNATIVES = 100;

/**
 * Whether a path (with `/`, relative to where the pattern starts) is meant by a pattern: as in .gitignore, where `*.ts` is
 * a name at any depth and `src/*.ts` a path, with `{a,b}` besides.
 */
export function globMatcher(pattern: string): (path: string) => boolean {
  const rules = ignore({ ignoreCase: false }).add(
    // Signs that mean something else at the start of a line of .gitignore.
    alternatives(pattern).map((one) => one.replace(/^\.\//, '/').replace(/^[!#]/, String.raw`\$&`)),
  );
  return (path) => rules.ignores(path);
}

function alternatives(pattern: string): string[] {
  const all: string[] = [];
  const waiting = [pattern];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // An innermost pair of braces with a comma.
    const braces = /\{([^{}]*,[^{}]*)\}/.exec(next);
    if (!braces) all.push(next);
    else
      for (const choice of (braces[1] ?? '').split(',')) waiting.push(next.replace(braces[0], () => choice));
    if (all.length + waiting.length > MAX_ALTERNATIVES) return [pattern];
  }
  return all;
}
