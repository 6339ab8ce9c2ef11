import { z } from 'zod';
import { modelReference } from './models.ts';

/** Sums over answers. Tokens as the providers counted them; dollars of those whose price is known. */
export const usageSums = z.object({
  turns: z.number().int(),
  inputTokens: z.number().int(),
  cachedInputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** US dollars. */
  cost: z.number(),
  /** Answers whose price is not known: `cost` lacks them. */
  unpriced: z.number().int(),
});
export type UsageSums = z.infer<typeof usageSums>;

/** What was used in a span of time, of all tabs. */
export const usageReport = z.object({
  total: usageSums,
  /** The span of the same length before it, to compare. */
  before: usageSums,
  /** Of models on this machine. */
  local: usageSums,
  /** By day and provider, oldest first; days without a turn are left out. */
  days: z.array(usageSums.extend({ /** As 2026-11-21. */ day: z.string(), provider: z.string() })),
  /** By tab and model, the dearest first. */
  tabs: z.array(
    usageSums.extend({
      sessionId: z.string(),
      title: z.string(),
      isClosed: z.boolean(),
      model: modelReference,
    }),
  ),
});
export type UsageReport = z.infer<typeof usageReport>;
