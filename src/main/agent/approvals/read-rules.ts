import { parseRule, type Decision } from '../../../shared/approval-rules.ts';
import type { Rule, RuleSource } from './types.ts';

/** Lists of rules as a person writes them. */
export type WrittenRules = { readonly [Name in Decision]?: readonly string[] | undefined };

/**
 * Reads rules that come from one place. One that cannot be read is left out and told; where it was to deny or to ask, nothing of
 * that place allows anything, because it might have been about just that.
 */
export function readRules(
  written: WrittenRules,
  source: RuleSource,
): { readonly rules: readonly Rule[]; readonly problems: readonly string[] } {
  const rules: Rule[] = [];
  const problems: string[] = [];
  let mayAllow = true;
  for (const decision of ['deny', 'ask', 'allow'] as const) {
    for (const text of written[decision] ?? []) {
      const parsed = parseRule(text, decision);
      if (parsed.ok) rules.push({ decision, rule: parsed.value, source });
      else problems.push(`The rule ${JSON.stringify(text)} in ${decision} cannot be read: ${parsed.error}`);
      if (!parsed.ok && decision !== 'allow') mayAllow = false;
    }
  }
  return { rules: rules.filter(({ decision }) => mayAllow || decision !== 'allow'), problems };
}
