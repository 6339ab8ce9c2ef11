import type { Rule } from './types.ts';

const VERBS = { allow: 'allows', ask: 'asks about', deny: 'denies' } as const;

/** Why a rule decided as it did, for a person. */
export function matchReason({ decision, rule, source }: Rule): string {
  if (source.type === 'built-in') return `It only looks: Carrel itself allows “${rule.text}”.`;
  return `The rule “${rule.text}” ${VERBS[decision]} it.`;
}
