import type { ApprovalRule, RuleWord } from '../../../shared/approval-rules.ts';
import { isWithin } from './paths.ts';
import type { Assignment, DecisionContext, Rule, Word } from './types.ts';

type CommandRule = Extract<ApprovalRule, { type: 'command' }>;

/** Which words of a command only a `*` of its rule let in. */
export type Match = { readonly covered: ReadonlySet<number> };

/** Compares a rule with a command word by word, after unquoting. A word that only the shell knows is matched by `*` alone. */
export function matchCommand({ words: wanted }: CommandRule, words: readonly Word[]): Match | undefined {
  const covered = new Set<number>();
  const failed = new Set<number>();
  const match = (rule: number, at: number): boolean => {
    const key = rule * (words.length + 1) + at;
    if (failed.has(key)) return false;
    const isMatch = step(rule, at);
    if (!isMatch) failed.add(key);
    return isMatch;
  };
  const step = (rule: number, at: number): boolean => {
    const pattern = wanted[rule];
    const word = words[at];
    if (pattern === undefined) return word === undefined;
    if (pattern === '*') {
      if (match(rule + 1, at)) return true;
      if (word === undefined || !match(rule, at + 1)) return false;
      covered.add(at);
      return true;
    }
    if (word === undefined || !matchWord(pattern, word, at === 0) || !match(rule + 1, at + 1)) return false;
    if (pattern.length > 1) covered.add(at);
    return true;
  };
  return match(0, 0) ? { covered } : undefined;
}

function matchWord(pattern: Exclude<RuleWord, '*'>, { text, kind }: Word, isProgram: boolean): boolean {
  if (kind === 'unknown' || (kind === 'pattern' && pattern.length === 1)) return false;
  if (pattern.length === 1) return text === pattern[0];
  // Of a folder's programs it names those that lie in it, and no way out of it.
  if (isProgram && /\/|^$/.test(text.slice(pattern[0].length))) return false;
  return hasPieces(pattern, text);
}

/** Each piece after the other with any text between them. In one go: a pattern of a regular expression could take for ever. */
function hasPieces([first, ...others]: readonly [string, ...string[]], text: string): boolean {
  const last = others.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Variables that a rule names before the program, exactly as they are set. */
export function namesAssignment({ assignments }: CommandRule, { name, value }: Assignment): boolean {
  return value.kind === 'literal' && assignments.includes(`${name}=${value.text}`);
}

/** A rule of a tab or a folder says nothing elsewhere. */
export function holds({ source }: Rule, { sessionId, cwd }: DecisionContext): boolean {
  if (source.type === 'tab') return source.sessionId === sessionId;
  return source.type !== 'project' || isWithin(source.folder, cwd);
}

/** Compares a path rule with an absolute path; the pattern is relative to the workspace unless it begins with `/` or `~/`. */
export function matchPath(
  pattern: string,
  path: string,
  { workspace, home }: DecisionContext,
  flags = 's',
): boolean {
  const own = pattern.replace(/^\.\//, '');
  const whole = own.startsWith('~/')
    ? home + own.slice(1)
    : own.startsWith('/')
      ? own
      : `${workspace}/${own}`;
  const expression = whole
    .split(/(\/\*\*(?=\/)|\*\*|\*|\?)/)
    .map((piece) => GLOB[piece] ?? RegExp.escape(piece))
    .join('');
  return new RegExp(`^${expression}$`, flags).test(path);
}

const GLOB: Readonly<Record<string, string>> = { '/**': '(?:/.*)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
