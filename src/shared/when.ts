import type { TextFault } from './keys.ts';
import { assertNever, err, ok, type Result } from './result.ts';

/*
 * When a key counts: the names below with `!`, `&&`, `||` and parentheses, as in `terminal && !find`. Empty means always.
 */

/** Where the focus can be: of each row all names hold at once. */
const PLACES = [
  [],
  ['terminal'],
  ['terminal', 'find'],
  ['agent'],
  ['agent', 'messageBox'],
  ['agent', 'messageBox', 'completions'],
  ['tabs'],
  ['dialog'],
] as const;
const HOSTS = ['desktop', 'web'] as const;
const FLAGS = ['turnRunning', 'approvalWaiting', 'hasSelection', 'alternateScreen', 'mac'] as const;

export type WhenContext = (typeof PLACES)[number][number] | (typeof HOSTS)[number] | (typeof FLAGS)[number];

export const WHEN_CONTEXTS: readonly WhenContext[] = [...new Set(PLACES.flat()), ...HOSTS, ...FLAGS];

export type When =
  | { readonly type: 'always' }
  | { readonly type: 'context'; readonly name: WhenContext }
  | { readonly type: 'not'; readonly of: When }
  | { readonly type: 'and' | 'or'; readonly of: readonly When[] };

/** Longer ones are a mistake, and their brackets would be too deep. */
const MOST_CHARACTERS = 500;

export function parseWhen(text: string): Result<When, TextFault> {
  if (text.length > MOST_CHARACTERS)
    return err({ message: `This is longer than ${MOST_CHARACTERS} characters.` });
  const tokens = [...text.matchAll(/\s*(?:([A-Za-z]\w*)|(&&|\|\||[!()])|(\S))/g)];
  if (tokens.length === 0) return ok({ type: 'always' });
  const parser = new Parser(tokens);
  const parsed = parser.parseAny();
  return parser.fault === undefined ? ok(parsed) : err(parser.fault);
}

/** Recursive descent. After a fault the rest is passed over. */
class Parser {
  fault: TextFault | undefined;
  readonly #tokens: readonly RegExpExecArray[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly RegExpExecArray[]) {
    this.#tokens = tokens;
  }

  parseAny(): When {
    const parsed = this.#list('or', '||', () => this.#list('and', '&&', () => this.#operand()));
    if (this.#depth === 0 && this.#next < this.#tokens.length)
      this.#fail('Two conditions are joined by && or ||');
    return parsed;
  }

  #list(type: 'and' | 'or', sign: string, parse: () => When): When {
    const of = [parse()];
    while (this.#takes(sign)) of.push(parse());
    return of.length === 1 && of[0] ? of[0] : { type, of };
  }

  #operand(): When {
    if (this.#takes('!')) return { type: 'not', of: this.#operand() };
    if (this.#takes('(')) {
      this.#depth += 1;
      const inner = this.parseAny();
      this.#depth -= 1;
      if (!this.#takes(')')) this.#fail('A bracket is not closed');
      return inner;
    }
    const word = this.#tokens[this.#next]?.[1];
    const name = WHEN_CONTEXTS.find((known) => known === word);
    if (name === undefined) {
      const unknown = word === undefined ? undefined : { word, known: WHEN_CONTEXTS };
      return this.#fail(
        unknown ? 'There is no context of this name' : 'The name of a context is missing',
        unknown,
      );
    }
    this.#next += 1;
    return { type: 'context', name };
  }

  #takes(sign: string): boolean {
    const isThere = this.#tokens[this.#next]?.[2] === sign;
    if (isThere) this.#next += 1;
    return isThere;
  }

  /** The first fault counts. */
  #fail(words: string, unknown?: TextFault['unknown']): When {
    const at = this.#tokens[this.#next];
    const place = at
      ? `at character ${at.index + at[0].length - at[0].trimStart().length + 1}`
      : 'at its end';
    this.fault ??= { message: `${words}, ${place} of this condition.`, ...(unknown && { unknown }) };
    this.#next = this.#tokens.length;
    return { type: 'always' };
  }
}

/** `holds` is asked only for what decides. */
export function isWhen(when: When, holds: (name: WhenContext) => boolean): boolean {
  switch (when.type) {
    case 'always':
      return true;
    case 'context':
      return holds(when.name);
    case 'not':
      return !isWhen(when.of, holds);
    case 'and':
      return when.of.every((each) => isWhen(each, holds));
    case 'or':
      return when.of.some((each) => isWhen(each, holds));
    default:
      return assertNever(when);
  }
}

/** Whether a name stands in it anywhere. */
export function mentions(when: When, name: WhenContext): boolean {
  if (when.type === 'context') return when.name === name;
  if (when.type === 'always') return false;
  return [when.of].flat().some((each) => mentions(each, name));
}

type World = ReadonlySet<WhenContext>;

/** All that can hold together: a place, any of the flags, one host. */
const WORLDS: readonly World[] = FLAGS.reduce<readonly (readonly WhenContext[])[]>(
  (worlds, flag) => worlds.flatMap((world) => [world, [...world, flag]]),
  PLACES.flatMap((place) => HOSTS.map((host) => [...place, host])),
).map((names) => new Set(names));

/** Whether all conditions can hold at the same time, where `facts` are as they are. */
export function canHoldTogether(
  conditions: readonly When[],
  facts: Partial<Record<WhenContext, boolean>> = {},
): boolean {
  return WORLDS.some(
    (world) =>
      Object.entries(facts).every(([name, holds]) => world.has(name as WhenContext) === holds) &&
      conditions.every((when) => isWhen(when, (name) => world.has(name))),
  );
}
