import type { ApprovalTrial, RuleDescription, RulePlace } from '../../../shared/approvals.ts';
import { builtInRules } from './built-in-rules.ts';
import type { Approvals } from './load-approvals.ts';
import { readRules, type WrittenRules } from './read-rules.ts';
import type { PartVerdict, Rule, RuleSource } from './types.ts';

const SOURCES: Readonly<Record<Rule['source']['type'], string>> = {
  'built-in': 'built in',
  settings: 'settings.toml',
  tab: 'this tab',
  project: 'this project',
  given: 'typed here',
};

function describeRule({ decision, rule, source }: Rule): RuleDescription {
  const place = placeOf(source);
  return { decision, rule: rule.text, source: SOURCES[source.type], ...(place && { place }) };
}

function placeOf(source: RuleSource): RulePlace | undefined {
  return source.type === 'built-in' || source.type === 'given' ? undefined : source;
}

/** All rules, those that a person kept while approving first. */
export function describeRules(kept: readonly Rule[], settings: WrittenRules): RuleDescription[] {
  return [...kept, ...readRules(settings, { type: 'settings' }).rules, ...builtInRules].map(describeRule);
}

/** What would be decided on a command in a folder, under the rules of settings.toml and some more. Runs nothing. */
export function tryApproval(
  approvals: Approvals,
  settings: WrittenRules,
  input: {
    readonly command: string;
    readonly cwd: string;
    readonly home: string;
    readonly rules: WrittenRules;
  },
): ApprovalTrial {
  const { command, cwd, home } = input;
  const given = readRules(input.rules, { type: 'given' });
  const kept = readRules(settings, { type: 'settings' });
  const context = { cwd, workspace: cwd, home, rules: [...given.rules, ...kept.rules] };
  const verdict = approvals.decide({ tool: 'run_command', command }, context);
  const proposal = verdict.decision === 'ask' ? approvals.proposeRule(command, context) : undefined;
  return {
    ...describePart(verdict),
    subCommand: verdict.text,
    parts: verdict.parts.map((part) => ({ ...describePart(part), text: part.text })),
    ...(proposal !== undefined && { proposal }),
    problems: [...given.problems],
  };
}

function describePart({ decision, rule, reason }: PartVerdict) {
  return { decision, reason, ...(rule && { rule: describeRule(rule) }) };
}
