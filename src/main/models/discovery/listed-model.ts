import { z } from 'zod';
import { modelFacts, type ModelFacts } from '../../../shared/models.ts';

/** A model as its provider lists it. */
export const listedModel = z.object({
  id: z.string().min(1),
  facts: modelFacts,
  /** Seconds since 1970. */
  createdAt: z.number().optional(),
});
export type ListedModel = z.infer<typeof listedModel>;

type Loose<Part> = { readonly [Key in keyof Part]: Part[Key] | undefined };
type LooseFacts = Loose<Omit<ModelFacts, 'abilities'>> & {
  readonly abilities: Loose<ModelFacts['abilities']>;
};

/** What nobody said is left out. */
export function listed(id: string, facts: Partial<LooseFacts>, createdAt?: number): ListedModel {
  const { abilities = {}, ...others } = facts;
  return {
    id,
    facts: { ...said(others), abilities: said(abilities) },
    ...(createdAt !== undefined && { createdAt }),
  };
}

function said<Part extends object>(part: Part): { [Key in keyof Part]: Exclude<Part[Key], undefined> } {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as never;
}
