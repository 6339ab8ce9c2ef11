import { readFileSync } from 'node:fs';
import { parseRule, type Decision } from '../../../../shared/approval-rules.ts';
import type { DecisionContext, Rule } from '../types.ts';

type Rules = Partial<Record<Decision, readonly string[]>>;

export type Sample = { readonly family: string; readonly command: string; readonly rules: Rules };

/** Commands with the rules that a person might have, from tests/fixtures/approvals. */
export function readCorpus(name: 'hostile' | 'harmless'): Sample[] {
  const url = new URL(`../../../../../tests/fixtures/approvals/${name}.json`, import.meta.url);
  const groups = JSON.parse(readFileSync(url, 'utf8')) as {
    family?: string;
    rules: Rules;
    commands: string[];
  }[];
  return groups.flatMap(({ family = name, rules, commands }) =>
    commands.map((command) => ({ family, command, rules })),
  );
}

/** In a project of someone's, under rules as they stand in settings. */
export function contextWith(rules: Rules, more: Partial<DecisionContext> = {}): DecisionContext {
  const parsed = (['deny', 'ask', 'allow'] as const).flatMap((decision) =>
    (rules[decision] ?? []).map((text): Rule => {
      const rule = parseRule(text, decision);
      if (!rule.ok) throw new Error(`${text}: ${rule.error}`);
      return { decision, rule: rule.value, source: { type: 'settings' } };
    }),
  );
  const cwd = '/home/user/project';
  return { cwd, workspace: cwd, home: '/home/user', rules: parsed, ...more };
}
