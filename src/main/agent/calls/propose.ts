import { dirname, relative } from 'node:path';
import type { DecidedPart, ProposedAction } from '../../../shared/approval.ts';
import { parseRule } from '../../../shared/approval-rules.ts';
import { assertNever } from '../../../shared/result.ts';
import type { Approvals } from '../approvals/load-approvals.ts';
import type { DecisionContext, PartVerdict, Rule, ToolCall } from '../approvals/types.ts';
import type { Action } from '../tools/types.ts';
import type { RuleFit } from '../types.ts';

/** A call that does something, as approvals decide on it. */
export type Acting = { readonly tool: string; readonly action: Exclude<Action, { type: 'none' }> };

export function toDecisionCall({ tool, action }: Acting): ToolCall {
  switch (action.type) {
    case 'execute':
      return { tool: 'run_command', command: action.command };
    case 'fetch':
      return { tool, url: action.url };
    case 'read':
    case 'change':
      return { tool, path: action.path };
    default:
      return assertNever(action);
  }
}

/** As the person is shown it, and as it is kept. */
export function toProposed(action: Acting['action']): ProposedAction {
  if (action.type !== 'change') return action;
  const { type, path, isNew, isOutside, hunks } = action;
  return { type, path, isNew, isOutside, hunks: hunks.map((hunk) => ({ ...hunk, lines: [...hunk.lines] })) };
}

export function toDecidedPart({ text, decision, rule, reason }: PartVerdict): DecidedPart {
  return { text, decision, reason, ...(rule && { rule: rule.rule.text }) };
}

/** The rule that could be kept for a call; undefined where none is safe. */
export function proposeFor(
  acting: Acting,
  approvals: Approvals,
  context: DecisionContext,
): string | undefined {
  const { tool, action } = acting;
  if (action.type === 'execute') return approvals.proposeRule(action.command, context);
  const rule = ruleOf(tool, action, context.workspace);
  return rule !== undefined && fitOf(rule, acting, approvals, context).fits ? rule : undefined;
}

function ruleOf(tool: string, action: Acting['action'], workspace: string): string | undefined {
  switch (action.type) {
    case 'execute':
      return undefined;
    case 'fetch':
      return action.isPrivate ? undefined : `${tool}(${new URL(action.url).origin}/*)`;
    case 'read':
    case 'change': {
      if (action.isOutside) return undefined;
      const folder = relative(workspace, dirname(action.path));
      return `${tool}(${folder === '' ? '' : `${folder}/`}**)`;
    }
    default:
      return assertNever(action);
  }
}

/** Whether a rule, as the person wrote it, lets this call through, and for a command nothing that merely stands beside it. */
export function fitOf(rule: string, acting: Acting, approvals: Approvals, context: DecisionContext): RuleFit {
  const { action } = acting;
  if (action.type === 'execute') {
    const checked = approvals.checkRule(rule, action.command, context);
    return checked.ok ? FITS : { fits: false, message: checked.error };
  }
  const parsed = parseRule(rule, 'allow');
  if (!parsed.ok) return { fits: false, message: `This rule cannot be read: ${parsed.error}` };
  const kept: Rule = { decision: 'allow', rule: parsed.value, source: { type: 'given' } };
  const verdict = approvals.decide(toDecisionCall(acting), { ...context, rules: [...context.rules, kept] });
  if (verdict.decision === 'allow' && verdict.rule === kept) return FITS;
  return { fits: false, message: `With this rule it would still be asked about: ${verdict.reason}` };
}

const FITS: RuleFit = { fits: true, message: 'It covers this call, and no other command on its line.' };
