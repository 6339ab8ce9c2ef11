import { z } from 'zod';
import { sessionId } from './ids.ts';

export const decision = z.enum(['allow', 'ask', 'deny']);

/** Where a rule is kept, and can be taken out of. */
export const rulePlace = z.discriminatedUnion('type', [
  z.object({ type: z.literal('settings') }),
  z.object({ type: z.literal('project'), folder: z.string() }),
  z.object({ type: z.literal('tab'), sessionId }),
]);
export type RulePlace = z.infer<typeof rulePlace>;

/** A rule and where it comes from, in words, as "settings.toml". `place` is absent for one that is built in. */
export const ruleDescription = z.object({
  decision,
  rule: z.string(),
  source: z.string(),
  place: rulePlace.exactOptional(),
});
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
