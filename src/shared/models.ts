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
  'azure',
  'bedrock',
  'vertex',
  'groq',
  'xai',
  'mistral',
  'deepseek',
]);
export type ProviderKind = z.infer<typeof providerKind>;

/** Where a session's model comes from, first hit wins: the layers of the chain, top to bottom. */
export const modelSource = z.enum(['tab-mode', 'tab', 'mode', 'profile', 'defaults', 'offline-guide']);
export type ModelSource = z.infer<typeof modelSource>;

/** How much a model reasons before it answers. `default` leaves it to the provider. */
export const effort = z.enum(['default', 'none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']);
export type Effort = z.infer<typeof effort>;

/** In US dollars a million tokens, as the provider lists them. */
export const prices = z.object({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** Input that the provider still had from an earlier request. */
  cachedInput: z.number().nonnegative().optional(),
  /** Input that the provider keeps for later requests. */
  cacheWrite: z.number().nonnegative().optional(),
});
export type Prices = z.infer<typeof prices>;

/** What is known of a model: what is absent, nobody said. */
export const modelFacts = z.object({
  /** As its maker writes it, such as "Claude Sonnet 4.5". */
  name: z.string().optional(),
  /** In tokens: all that one request and its answer may hold. */
  contextWindow: z.number().int().positive().optional(),
  /** In tokens: the longest answer. */
  outputLimit: z.number().int().positive().optional(),
  prices: prices.optional(),
  abilities: z.object({
    images: z.boolean().optional(),
    tools: z.boolean().optional(),
    reasoning: z.boolean().optional(),
    structuredOutput: z.boolean().optional(),
  }),
  /** The efforts that it understands, least first, where it reasons. */
  efforts: z.array(effort).optional(),
});
export type ModelFacts = z.infer<typeof modelFacts>;

/** One row of the picker. */
export const modelEntry = z.object({
  reference: modelReference,
  /** The provider's id in settings; the picker groups by it. */
  provider: z.string(),
  kind: z.union([providerKind, z.literal('offline-guide')]),
  /** Answers come from this machine: a loopback address or the built-in guide. */
  isLocal: z.boolean(),
  /** Requests carry a key of the user's. */
  usesKey: z.boolean(),
  /** Absent: neither the catalogue nor the provider knows it, as with an id that was typed by hand. */
  facts: modelFacts.optional(),
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

/** What the user made of the list; the same in all tabs. */
export const modelPreferences = z.object({
  favourites: z.array(modelReference),
  /** Picked last, newest first. */
  recent: z.array(modelReference),
});
export type ModelPreferences = z.infer<typeof modelPreferences>;

/** What a switch would cost and lose, worked out before it is made. */
export const preflight = z.object({
  from: modelReference,
  to: modelReference,
  /** The history that the new model has to read, in tokens. */
  rereadTokens: z.number().int(),
  /** US dollars to read it, once; absent when its price is not known. */
  rereadCost: z.number().optional(),
  /** From 0 to 1, of the new model's window; above 1 it does not fit. */
  windowShare: z.number().optional(),
  /** Tokens that the present model's provider keeps in its cache, and what reading them there would cost. */
  cacheLost: z.object({ tokens: z.number().int(), cost: z.number().optional() }).optional(),
  /** Reasoning that only the present model understands. */
  reasoningLeftOut: z.number().int(),
  /** What this history uses and the new model cannot do, in words that say what becomes of it. */
  unsupported: z.array(z.object({ what: z.enum(['images', 'tools', 'window']), consequence: z.string() })),
  /** Worth a question before the switch: something is lost, or reading again costs more than the user said. */
  isWorthAsking: z.boolean(),
});
export type Preflight = z.infer<typeof preflight>;

/** Why a model cannot be used. `message` names what to do about it. */
export const modelError = z.discriminatedUnion('code', [
  z.object({ code: z.literal('model-unknown'), message: z.string(), nearest: z.array(modelReference) }),
  z.object({ code: z.literal('provider-not-configured'), message: z.string() }),
  z.object({ code: z.literal('credential-missing'), message: z.string() }),
]);
export type ModelError = z.infer<typeof modelError>;
