import { posix } from 'node:path';
import { isPrivateHost } from './programs/addresses.ts';
import { holds, matchPath } from './match-rule.ts';
import { isProtected, isSecret, isWithin } from './paths.ts';
import { matchReason } from './rule-words.ts';
import type { DecisionContext, PartVerdict, Rule } from './types.ts';

const WRITES = new Set(['write_file', 'edit_file']);
const READS = new Set(['read_file', 'list_files', 'find_files', 'search_files']);
/** They show or ask the person, and touch nothing. */
const HARMLESS = new Set(['read_terminal', 'update_plan', 'ask_user', 'recall']);

/** Decides on a tool that names a file or a folder. `text` is what is shown of it. */
export function decidePath(
  tool: string,
  path: string,
  context: DecisionContext,
  text: string = path,
): PartVerdict {
  const { cwd, home, workspace, mode } = context;
  const whole = posix.resolve(cwd, path === '~' || path.startsWith('~/') ? home + path.slice(1) : path);
  const isWrite = !READS.has(tool);
  const matches = (rule: Rule) =>
    rule.rule.type === 'path'
      ? isSameTool(rule, tool) &&
        // Some file systems make no difference, and a rule that denies must not miss.
        matchPath(rule.rule.pattern, whole, context, rule.decision === 'allow' ? 's' : 'si')
      : rule.rule.type === 'tool' && rule.rule.tool === tool;
  const strict = decideStrictly(context, matches, text);
  if (strict) return strict;
  if (isWrite && mode?.stance === 'read-only')
    return { decision: 'deny', text, reason: `The mode ${mode.name} only reads.` };
  const own = workspace === whole ? '' : whole.slice(workspace.length + 1);
  const isInside = isWithin(workspace, whole);
  const guarded = isSecret(isInside ? own : whole) || (isWrite && isProtected(isInside ? own : whole));
  const allowing = findAllowing(context, (rule) => matches(rule) && (!guarded || namesGuarded(rule, whole)));
  if (allowing) return { decision: 'allow', text, rule: allowing, reason: matchReason(allowing) };
  if (guarded)
    return {
      decision: 'ask',
      text,
      reason: isSecret(isInside ? own : whole)
        ? 'It may hold secrets.'
        : 'Programs run or obey this file by themselves.',
    };
  if (!isInside) return { decision: 'ask', text, reason: 'It lies outside of the workspace.' };
  if (!isWrite) return { decision: 'allow', text, reason: 'It reads a file of the workspace.' };
  if (mode?.stance === 'allow-edits')
    return {
      decision: 'allow',
      text,
      reason: `The mode ${mode.name} allows changes to files of the workspace.`,
    };
  return { decision: 'ask', text, reason: 'No rule allows it to write this file.' };
}

/** A rule of one of the two that write counts for the other, when it denies or asks. */
function isSameTool({ rule, decision }: Rule, tool: string): boolean {
  if (rule.type !== 'path') return false;
  return rule.tool === tool || (decision !== 'allow' && WRITES.has(rule.tool) && WRITES.has(tool));
}

/** A file that needs care must stand in the rule by its own name, not only behind a `*`. */
function namesGuarded({ rule }: Rule, path: string): boolean {
  if (rule.type !== 'path') return false;
  const named = rule.pattern.split('/').filter((name) => isSecret(name) || isProtected(name));
  return named.some((name) => path.split('/').includes(name));
}

/** Decides on a tool that fetches an address. */
export function decideAddress(tool: string, address: string, context: DecisionContext): PartVerdict {
  const text = address;
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol))
    return { decision: 'ask', text, reason: 'It is no http(s) address.' };
  const matches = ({ rule }: Rule) =>
    (rule.type === 'tool' && rule.tool === tool) ||
    (rule.type === 'address' &&
      rule.tool === tool &&
      rule.origin.test(url.origin) &&
      rule.path.test(url.pathname));
  const strict = decideStrictly(context, matches, text);
  if (strict) return strict;
  const names = (rule: Rule) => rule.rule.type === 'address' && rule.rule.text.includes(url.host);
  const isGuarded = isPrivateHost(url.hostname) || url.username !== '' || url.password !== '';
  const allowing = findAllowing(context, (rule) => matches(rule) && (!isGuarded || names(rule)));
  if (allowing) return { decision: 'allow', text, rule: allowing, reason: matchReason(allowing) };
  return {
    decision: 'ask',
    text,
    reason: isGuarded ? 'It leads into a private network.' : 'No rule allows it to fetch this address.',
  };
}

/** Decides on any other tool, by its name alone. */
export function decideByName(tool: string, context: DecisionContext): PartVerdict {
  const matches = ({ rule }: Rule) => rule.type === 'tool' && rule.tool === tool;
  const strict = decideStrictly(context, matches, tool);
  if (strict) return strict;
  if (HARMLESS.has(tool)) return { decision: 'allow', text: tool, reason: 'It changes nothing.' };
  if (context.mode?.stance === 'read-only')
    return { decision: 'deny', text: tool, reason: `The mode ${context.mode.name} only reads.` };
  const allowing = findAllowing(context, matches);
  return allowing
    ? { decision: 'allow', text: tool, rule: allowing, reason: matchReason(allowing) }
    : { decision: 'ask', text: tool, reason: 'No rule allows it.' };
}

function decideStrictly(
  context: DecisionContext,
  matches: (rule: Rule) => boolean,
  text: string,
): PartVerdict | undefined {
  const held = context.rules.filter((rule) => holds(rule, context) && matches(rule));
  const strict =
    held.find(({ decision }) => decision === 'deny') ?? held.find(({ decision }) => decision === 'ask');
  return strict && { decision: strict.decision, text, rule: strict, reason: matchReason(strict) };
}

function findAllowing(context: DecisionContext, matches: (rule: Rule) => boolean): Rule | undefined {
  return context.rules.find((rule) => rule.decision === 'allow' && holds(rule, context) && matches(rule));
}
