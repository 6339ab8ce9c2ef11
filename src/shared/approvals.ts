import { z } from 'zod';

const decision = z.enum(['allow', 'ask', 'deny']);

/** A rule and where it comes from, in words, as "settings.toml". */
export const ruleDescription = z.object({ decision, rule: z.string(), source: z.string() });
export type RuleDescription = z.infer<typeof ruleDescription>;

const decided = {
  decision,
  /** The rule that decided; absent where none did. */
  rule: ruleDescription.exactOptional(),
  /** For a person, a whole sentence. */
  reason: z.string(),
};

/** What would be decided on a command. */
export const approvalTrial = z.object({
  ...decided,
  /** The part that decided: the first of the strictest. */
  subCommand: z.string(),
  parts: z.array(z.object({ ...decided, text: z.string() })),
  /** The rule that "Always…" would keep; absent where there is no safe one. */
  proposal: z.string().exactOptional(),
  /** What is wrong with the rules that were given. */
  problems: z.array(z.string()),
});
export type ApprovalTrial = z.infer<typeof approvalTrial>;
