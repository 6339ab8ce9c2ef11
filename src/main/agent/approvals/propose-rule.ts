import type { Parser } from 'web-tree-sitter';
import { parseRule } from '../../../shared/approval-rules.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { decideCommand } from './decide-command.ts';
import { specOf } from './programs/specs.ts';
import { parseShell } from './shell/parse-shell.ts';
import type { DecisionContext, Rule, Word } from './types.ts';
import { unwrap } from './wrappers.ts';

/**
 * The rule that "Always…" would keep for a command: as general as is safe, as `git commit *` or `npm run build *`. Undefined
 * where more than one of its commands asks, or where no rule could let it through.
 */
export function proposeRule(parser: Parser, command: string, context: DecisionContext): string | undefined {
  const asking = askingWords(parser, command, context);
  if (!asking) return undefined;
  return candidates(asking).find((rule) => checkRule(parser, rule, command, context).ok);
}

/**
 * Whether a rule, as it was proposed or edited, can be kept for a command: it can be read, it lets this command through, and
 * no other that merely stands on the same line. The error says what is wrong.
 */
export function checkRule(
  parser: Parser,
  rule: string,
  command: string,
  context: DecisionContext,
): Result<void, string> {
  const parsed = parseRule(rule, 'allow');
  if (!parsed.ok) return err(`This rule cannot be read: ${parsed.error}`);
  if (parsed.value.type !== 'command') return err('This rule is not about commands.');
  const kept: Rule = { decision: 'allow', rule: parsed.value, source: { type: 'given' } };
  const withRule = { ...context, rules: [...context.rules, kept] };
  const verdict = decideCommand(parser, command, withRule);
  if (verdict.decision !== 'allow')
    return err(`With this rule the command would still not run: ${verdict.reason}`);
  if (!verdict.parts.some(({ rule }) => rule === kept)) return err('This rule has no part in this command.');
  const spliced = SPLICES.map((splice) => `${command}${splice}`);
  const escaped = spliced.find((each) => decideCommand(parser, each, withRule).decision === 'allow');
  return escaped === undefined ? ok() : err('This rule would let another command through beside this one.');
}

/** Ways to add a command of which no rule knows to one that is allowed. */
const SPLICES = [
  '; carrel-probe',
  '\ncarrel-probe',
  ' | carrel-probe',
  ' $(carrel-probe)',
  ' > ~/carrel-probe',
];

/** The words of the one command that asks for want of a rule. */
function askingWords(parser: Parser, command: string, context: DecisionContext): readonly Word[] | undefined {
  const parts = parseShell(parser, command, context.home);
  const { parts: verdicts } = decideCommand(parser, command, context);
  const asking = parts.filter((_, index) => verdicts[index]?.decision !== 'allow');
  const [only] = asking;
  if (asking.length !== 1 || only?.type !== 'command') return undefined;
  let { words } = only;
  for (let inner = unwrap(words); inner?.type === 'words'; inner = unwrap(words)) ({ words } = inner);
  return words;
}

/** What removes, overwrites or opens things is asked about each time. */
const NEVER_OFFERED = /^(?:rm|rmdir|mv|ln|chmod|tee|cp|touch|bash|sh|zsh|fish|dash|ksh)$/;

/** From the most general to the exact one. */
function candidates(words: readonly Word[]): string[] {
  const name = words[0]?.text ?? '';
  const spec = specOf(name);
  const end = words.findIndex(({ kind, text }) => kind !== 'literal' || /^\w+=/.test(text));
  const known = words.slice(0, end < 0 ? words.length : end);
  const rule = (length: number) =>
    [...known.slice(0, length).map(quote), ...(words.length > length ? ['*'] : [])].join(' ');
  if (!spec) return known.length === words.length ? [rule(words.length)] : [];
  const operand = (from: number) =>
    known.findIndex(({ text }, index) => index >= from && !text.startsWith('-'));
  const first = operand(1);
  if (NEVER_OFFERED.test(name) || spec.operands === 'named') return [];
  if (spec.subcommands) {
    const subcommand = spec.subcommands[known[first]?.text ?? ''];
    if (!subcommand) return [];
    const needsMore =
      subcommand.subcommands ?? (subcommand.first?.[0] === 'task' || subcommand.operands === 'runs');
    const second = operand(first + 1);
    return [
      ...(needsMore ? [] : [rule(first + 1)]),
      ...(second > 0 ? [rule(second + 1)] : [rule(first + 1)]),
    ];
  }
  const isChosen = ['runs', 'script', 'task'].includes(spec.operands ?? '');
  // An option before it may change what it is.
  const isSure = known.slice(1, first).every(({ text }) => text === '-m');
  if (!isChosen) return [rule(1)];
  return first > 0 && isSure ? [rule(first + 1)] : [];
}

function quote({ text }: Word): string {
  if (/^[\w@%+=:,./~^#-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
