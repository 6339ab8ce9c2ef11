import { z } from 'zod';
import { modelFacts, prices, providerKind, type ProviderKind } from '../../../shared/models.ts';

/** What the catalogue knows of a model: also what it costs when much is read. */
export const catalogueModel = modelFacts.strict().extend({
  /** Prices of a request that reads more than so many tokens, the least first. */
  tiers: z.array(prices.extend({ aboveTokens: z.number().int().positive() })).optional(),
});
export type CatalogueModel = z.infer<typeof catalogueModel>;

/** The first line of catalogue.jsonl. */
export const catalogueHead = z.strictObject({
  source: z.string(),
  /** When the source was made, as 2026-11-21. */
  date: z.iso.date(),
});

/** Every other line: by kind of provider, the newest models first. */
export const catalogueLine = z.strictObject({
  kind: providerKind,
  id: z.string().min(1),
  ...catalogueModel.shape,
});
export type CatalogueLine = z.infer<typeof catalogueLine>;

/** How each line of a kind begins, so that only those that are wanted need be parsed. */
export function lineStart(kind: ProviderKind): string {
  return `{"kind":"${kind}",`;
}
