import type { Parser } from 'web-tree-sitter';
import type { Result } from '../../../shared/result.ts';
import { builtInRules } from './built-in-rules.ts';
import { decideCommand } from './decide-command.ts';
import { decideAddress, decideByName, decidePath } from './decide-tool.ts';
import { checkRule, proposeRule } from './propose-rule.ts';
import { loadParser } from './shell/load-parser.ts';
import type { DecisionContext, PartVerdict, ToolCall, Verdict } from './types.ts';

/** Pure decisions on what tools may do. */
export type Approvals = {
  readonly decide: (call: ToolCall, context: DecisionContext) => Verdict;
  /** The rule that "Always…" would keep for a command; undefined where there is no safe one. */
  readonly proposeRule: (command: string, context: DecisionContext) => string | undefined;
  /** Whether a rule, as it was edited, may be kept for a command; the error says why not. */
  readonly checkRule: (rule: string, command: string, context: DecisionContext) => Result<void, string>;
};

/** Loads what reading shell text needs, when it is first asked for. */
export async function loadApprovals(): Promise<Approvals> {
  const parser = await loadParser();
  return {
    decide: (call, context) => decide(parser, call, context),
    proposeRule: (command, context) => proposeRule(parser, command, withBuiltIn(context)),
    checkRule: (rule, command, context) => checkRule(parser, rule, command, withBuiltIn(context)),
  };
}

function withBuiltIn(context: DecisionContext): DecisionContext {
  return { ...context, rules: [...context.rules, ...builtInRules] };
}

/**
 * Whether a tool call may go ahead: `deny` beats `ask` beats `allow`, whatever the mode. Rules of the context come before
 * the built-in ones, so that the answer names a person's own rule where there is one.
 */
function decide(parser: Parser, call: ToolCall, given: DecisionContext): Verdict {
  const { mode } = given;
  const context = withBuiltIn(given);
  if (mode?.tools && !mode.tools.includes(call.tool)) {
    return alone({
      decision: 'deny',
      text: 'command' in call ? call.command : call.tool,
      reason: `The mode ${mode.name} has no tool ${call.tool}.`,
    });
  }
  if ('command' in call) return inMode(decideCommand(parser, call.command, context), context);
  if (call.path !== undefined) return alone(decidePath(call.tool, call.path, context));
  if (call.url !== undefined) return alone(decideAddress(call.tool, call.url, context));
  return alone(decideByName(call.tool, context));
}

function alone(part: PartVerdict): Verdict {
  return { ...part, parts: [part] };
}

/** A mode that only reads runs what Carrel knows to look only, and refuses the rest: an answer cannot lift it, another mode can. */
function inMode(verdict: Verdict, { mode }: DecisionContext): Verdict {
  if (mode?.stance !== 'read-only' || verdict.decision === 'deny') return verdict;
  const other = verdict.parts.find(
    ({ decision, rule }) => decision !== 'allow' || (rule !== undefined && rule.source.type !== 'built-in'),
  );
  if (!other) return verdict;
  const reason = `The mode ${mode.name} only reads, and this may do more.`;
  return { decision: 'deny', text: other.text, reason, parts: verdict.parts };
}
