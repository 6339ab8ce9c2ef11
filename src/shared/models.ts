import { z } from 'zod';

/** `provider/model`: the part before the first `/` is the provider's id in settings, the rest is the provider's own name for the model. */
export const modelReference = z.templateLiteral([z.string().regex(/^[^/\s]+$/), '/', z.string().min(1)]);
export type ModelReference = z.infer<typeof modelReference>;

/** Built in, needs no network and no key: the bottom of the chain. */
export const OFFLINE_GUIDE: ModelReference = 'offline/guide';

export function splitReference(reference: ModelReference): { provider: string; model: string } {
  const slash = reference.indexOf('/');
  return { provider: reference.slice(0, slash), model: reference.slice(slash + 1) };
}

/** A short name for a label: the model without its provider. */
export function modelLabel(reference: ModelReference): string {
  return reference === OFFLINE_GUIDE ? 'Offline guide' : splitReference(reference).model;
}

export const providerKind = z.enum([
  'anthropic',
  'openai',
  'google',
  'openrouter',
  'ollama',
  'openai-compatible',
]);
export type ProviderKind = z.infer<typeof providerKind>;

/** Where a session's model comes from, first hit wins: the layers of the chain, top to bottom. */
export const modelSource = z.enum(['tab-mode', 'tab', 'mode', 'defaults', 'offline-guide']);
export type ModelSource = z.infer<typeof modelSource>;

/** One row of the picker. */
export const modelEntry = z.object({
  reference: modelReference,
  /** The provider's id in settings; the picker groups by it. */
  provider: z.string(),
  kind: z.union([providerKind, z.literal('offline-guide')]),
  /** Answers come from this machine: a loopback address or the built-in guide. */
  isLocal: z.boolean(),
  /** Why it cannot be picked now, in words that name what to do; absent when it can. */
  unavailable: z.string().optional(),
});
export type ModelEntry = z.infer<typeof modelEntry>;

export const modelList = z.object({
  models: z.array(modelEntry),
  /** Models of providers with `enabled = false`. */
  hiddenBySettings: z.number().int(),
});
export type ModelList = z.infer<typeof modelList>;

/** Why a model cannot be used. `message` names what to do about it. */
export const modelError = z.discriminatedUnion('code', [
  z.object({ code: z.literal('model-unknown'), message: z.string(), nearest: z.array(modelReference) }),
  z.object({ code: z.literal('provider-not-configured'), message: z.string() }),
  z.object({ code: z.literal('credential-missing'), message: z.string() }),
]);
export type ModelError = z.infer<typeof modelError>;
