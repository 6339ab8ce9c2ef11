import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canHoldTogether, isWhen, mentions, parseWhen, WHEN_CONTEXTS, type When } from './when.ts';

function parse(text: string): When {
  const parsed = parseWhen(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value;
}

function faultOf(text: string) {
  const parsed = parseWhen(text);
  return parsed.ok ? undefined : [parsed.error.message, parsed.error.unknown?.word];
}

/** Written with as few or as many blanks and brackets as one likes. */
const { text: anyWhen } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...WHEN_CONTEXTS),
    tie('text').map((inner) => `( ${inner})`),
    // What is not an operand is put in brackets, as a person would.
    tie('text').map((inner) => `! (${inner} )`),
    fc.constantFrom(...WHEN_CONTEXTS).map((name) => `!${name}`),
    fc
      .tuple(tie('text'), fc.constantFrom('&&', ' && ', '||', ' ||\t'), tie('text'))
      .map((parts) => parts.join('')),
  ),
}));

/** Another way to the answer: by rewriting the text, innermost brackets first. */
function rewrite(text: string, holds: (name: string) => boolean): boolean {
  const flat = (part: string): boolean =>
    part.split('||').some((any) =>
      any.split('&&').every((all) => {
        const signs = all.replaceAll(/[^!]/g, '').length;
        return (all.replaceAll('!', '') === '1') === (signs % 2 === 0);
      }),
    );
  let rest = text.replaceAll(/\s/g, '').replaceAll(/[A-Za-z]+/g, (name) => (holds(name) ? '1' : '0'));
  while (rest.includes('('))
    rest = rest.replaceAll(/\(([^()]*)\)/g, (_, inner: string) => (flat(inner) ? '1' : '0'));
  return flat(rest);
}

describe('parseWhen', () => {
  it('means what a second evaluator finds', () => {
    const worlds = fc.uniqueArray(fc.constantFrom(...WHEN_CONTEXTS));
    fc.assert(
      fc.property(anyWhen, worlds, (text, world) => {
        fc.pre(text.length <= 500);
        const holds = (name: string) => world.some((each) => each === name);
        expect(isWhen(parse(text), holds)).toBe(rewrite(text, holds));
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws', () => {
    const words = fc.constantFrom('terminal', 'x', '&&', '||', '!', '(', ')', '=', ' ', '"');
    fc.assert(
      fc.property(
        fc.array(words).map((parts) => parts.join('')),
        (text) => void parseWhen(text),
      ),
    );
    expect(faultOf('('.repeat(100_000))).toEqual(['This is longer than 500 characters.', undefined]);
  });

  it('asks only for what decides', () => {
    const asked: string[] = [];
    isWhen(parse('terminal && agent || find'), (name) => (asked.push(name), name === 'find'));
    expect(asked).toEqual(['terminal', 'find']);
  });

  it.each([
    ['', undefined],
    ['  ', undefined],
    ['terminal &&', ['The name of a context is missing, at its end of this condition.', undefined]],
    [
      'terminal agent',
      ['Two conditions are joined by && or ||, at character 10 of this condition.', undefined],
    ],
    ['(terminal', ['A bracket is not closed, at its end of this condition.', undefined]],
    ['terminal)', ['Two conditions are joined by && or ||, at character 9 of this condition.', undefined]],
    [' terminl', ['There is no context of this name, at character 2 of this condition.', 'terminl']],
    ['find & web', ['Two conditions are joined by && or ||, at character 6 of this condition.', undefined]],
    ['mode == plan', ['There is no context of this name, at character 1 of this condition.', 'mode']],
    ['!', ['The name of a context is missing, at its end of this condition.', undefined]],
  ])('tells what is wrong with %j', (text, fault) => {
    expect(faultOf(text)).toEqual(fault);
  });
});

it.each([
  [['', 'terminal'], true],
  [['terminal', 'agent'], false],
  [['terminal', '!find'], true],
  [['find', '!terminal'], false],
  [['messageBox', 'completions', '!agent'], false],
  [['terminal && hasSelection', 'terminal && !hasSelection'], false],
  [['desktop', 'web'], false],
  [['dialog', 'terminal || agent || tabs'], false],
  [['mac', 'terminal'], false],
])('knows whether %j hold at the same time on a keyboard of no Mac', (conditions, isPossible) => {
  expect(canHoldTogether(conditions.map(parse), { mac: false })).toBe(isPossible);
});

it('knows which names stand in a condition', () => {
  const when = parse('terminal || !(find && !dialog)');
  expect(WHEN_CONTEXTS.filter((name) => mentions(when, name))).toEqual(['terminal', 'find', 'dialog']);
});
