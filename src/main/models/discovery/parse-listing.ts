import { z } from 'zod';
import type { Prices, ProviderKind } from '../../../shared/models.ts';
import { TransportError } from '../transport-error.ts';
import { listed, type ListedModel } from './listed-model.ts';

/** The kinds that list their models at one address; Ollama needs more than one request. */
export type ListingKind = Exclude<ProviderKind, 'ollama' | 'azure' | 'bedrock' | 'vertex'>;

// Whatever a server writes into a field that is not what it should be, the field counts as left out.
const text = z.string().optional().catch(undefined);
const texts = z.array(z.string()).optional().catch(undefined);
const count = z.number().int().positive().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const supported = z
  .object({ supported: z.boolean() })
  .transform((capability) => capability.supported)
  .optional()
  .catch(undefined);
/** US dollars a token, as text; below zero where it depends. */
const price = z.coerce
  .number()
  .nonnegative()
  .transform((dollars) => Number((dollars * 1e6).toPrecision(12)))
  .optional()
  .catch(undefined);

const id = z.string().min(1);

const anthropic = z
  .object({
    id,
    display_name: text,
    created_at: z.iso
      .datetime({ offset: true })
      .transform((date) => Date.parse(date) / 1000)
      .optional()
      .catch(undefined),
    max_input_tokens: count,
    max_tokens: count,
    capabilities: z
      .object({ image_input: supported, thinking: supported, structured_outputs: supported })
      .optional()
      .catch(undefined),
  })
  .transform(({ id, display_name, created_at, max_input_tokens, max_tokens, capabilities }) =>
    listed(
      id,
      {
        name: display_name,
        contextWindow: max_input_tokens,
        outputLimit: max_tokens,
        abilities: {
          images: capabilities?.image_input,
          reasoning: capabilities?.thinking,
          structuredOutput: capabilities?.structured_outputs,
        },
      },
      created_at,
    ),
  );

const google = z
  .object({
    name: id,
    displayName: text,
    inputTokenLimit: count,
    outputTokenLimit: count,
    thinking: flag,
    supportedGenerationMethods: texts,
  })
  .transform((model) => {
    if (model.supportedGenerationMethods?.includes('generateContent') === false) return undefined;
    return listed(model.name.replace(/^models\//, ''), {
      name: model.displayName,
      contextWindow: model.inputTokenLimit,
      outputLimit: model.outputTokenLimit,
      abilities: { reasoning: model.thinking },
    });
  });

const openrouterPricing = z.object({
  prompt: price,
  completion: price,
  input_cache_read: price,
  input_cache_write: price,
});

const openrouter = z
  .object({
    id,
    name: text,
    created: count,
    context_length: count,
    architecture: z.object({ input_modalities: texts, output_modalities: texts }).optional().catch(undefined),
    pricing: openrouterPricing.optional().catch(undefined),
    top_provider: z.object({ max_completion_tokens: count }).optional().catch(undefined),
    supported_parameters: texts,
  })
  .transform(({ id, name, created, architecture, supported_parameters: parameters, ...model }) => {
    if (architecture?.output_modalities?.includes('text') === false) return undefined;
    return listed(
      id,
      {
        name: name?.replace(/^[^:]+: /, ''),
        contextWindow: model.context_length,
        outputLimit: model.top_provider?.max_completion_tokens,
        prices: toPrices(model.pricing),
        abilities: {
          images: architecture?.input_modalities?.includes('image'),
          tools: parameters?.includes('tools'),
          reasoning: parameters?.includes('reasoning'),
          structuredOutput: parameters?.includes('structured_outputs'),
        },
      },
      created,
    );
  });

function toPrices(pricing: z.infer<typeof openrouterPricing> | undefined): Prices | undefined {
  if (pricing?.prompt === undefined || pricing.completion === undefined) return undefined;
  const { prompt, completion, input_cache_read, input_cache_write } = pricing;
  return {
    input: prompt,
    output: completion,
    ...(input_cache_read && { cachedInput: input_cache_read }),
    ...(input_cache_write && { cacheWrite: input_cache_write }),
  };
}

const mistral = z
  .object({
    id,
    max_context_length: count,
    capabilities: z
      .object({ completion_chat: flag, function_calling: flag, vision: flag, reasoning: flag })
      .optional()
      .catch(undefined),
  })
  .transform(({ id, max_context_length, capabilities }) => {
    if (capabilities?.completion_chat === false) return undefined;
    return listed(id, {
      contextWindow: max_context_length,
      abilities: {
        tools: capabilities?.function_calling,
        images: capabilities?.vision,
        reasoning: capabilities?.reasoning,
      },
    });
  });

const CHAT_TYPES: ReadonlySet<string> = new Set(['chat', 'language', 'code', 'llm', 'vlm', 'model']);

/** OpenAI's form, with what Groq, vLLM, llama.cpp, Together and others add to it. */
const compatible = z
  .object({
    id,
    created: count,
    active: flag,
    type: text,
    context_window: count,
    context_length: count,
    max_model_len: count,
    meta: z.object({ n_ctx: count }).optional().catch(undefined),
    max_completion_tokens: count,
  })
  .transform((model) => {
    const isChat = model.type === undefined || CHAT_TYPES.has(model.type);
    if (model.active === false || !isChat) return undefined;
    const contextWindow =
      model.context_window ?? model.max_model_len ?? model.meta?.n_ctx ?? model.context_length;
    const facts = { contextWindow, outputLimit: model.max_completion_tokens, abilities: {} };
    return listed(model.id, facts, model.created);
  });

const entries: Readonly<Record<ListingKind, z.ZodType<ListedModel | undefined>>> = {
  anthropic,
  google,
  openrouter,
  mistral,
  openai: compatible,
  'openai-compatible': compatible,
  groq: compatible,
  xai: compatible,
  deepseek: compatible,
};

const list = z.union([
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
  z.object({ models: z.array(z.unknown()) }).transform(({ models }) => models),
  z.array(z.unknown()),
]);

/** The chat models in what a provider answered. An entry that cannot be read is left out; throws when there is no list at all. */
export function parseListing(kind: ListingKind, answer: unknown): ListedModel[] {
  const found = list.safeParse(answer);
  if (!found.success) {
    const message =
      'answered with something that is not a list of models. Check kind and base_url in settings.toml.';
    throw new TransportError('bad-response', message, JSON.stringify(answer).slice(0, 300));
  }
  return found.data.flatMap((entry) => entries[kind].safeParse(entry).data ?? []);
}
