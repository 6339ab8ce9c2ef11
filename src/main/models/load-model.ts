import { defaultSettingsMiddleware, wrapLanguageModel, type LanguageModel } from 'ai';
import type { ProviderKind } from '../../shared/models.ts';
import type { Transport } from './transport.ts';

type ModelObject = Parameters<typeof wrapLanguageModel>[0]['model'];

type LoadOptions = {
  readonly baseURL: string;
  /** Empty when the provider needs none; never undefined, or a package would look for a variable of its own. */
  readonly apiKey: string;
  readonly headers: Record<string, string>;
  readonly fetch: typeof globalThis.fetch;
};

type Load = (model: string, options: LoadOptions) => Promise<ModelObject>;

const loaders: Readonly<Record<ProviderKind, Load>> = {
  anthropic: async (model, options) => (await import('@ai-sdk/anthropic')).createAnthropic(options)(model),
  openai: async (model, options) =>
    wrapLanguageModel({
      model: (await import('@ai-sdk/openai')).createOpenAI(options).responses(model),
      // The history is sent whole each time, so nothing need stay with the provider.
      middleware: defaultSettingsMiddleware({ settings: { providerOptions: { openai: { store: false } } } }),
    }),
  google: async (model, options) => (await import('@ai-sdk/google')).createGoogle(options)(model),
  openrouter: async (model, options) =>
    // "strict" asks for the usage at the stream's end.
    (await import('@openrouter/ai-sdk-provider'))
      .createOpenRouter({ ...options, compatibility: 'strict' })
      .chat(model),
  ollama: async (model, { apiKey, ...options }) =>
    (await import('ollama-ai-provider-v2')).createOllama({
      ...options,
      headers: { ...(apiKey && { Authorization: `Bearer ${apiKey}` }), ...options.headers },
    })(model),
  'openai-compatible': async (model, options) =>
    (await import('@ai-sdk/openai-compatible')).createOpenAICompatible({
      ...options,
      name: 'openai-compatible',
      includeUsage: true,
    })(model),
};

/** Loads the kind's package and builds the model on it. */
export async function loadModel(
  kind: ProviderKind,
  model: string,
  { transport, ...options }: Omit<LoadOptions, 'fetch'> & { transport: Transport },
): Promise<LanguageModel> {
  const loaded = await loaders[kind](model, { ...options, fetch: transport.fetch });
  return wrapLanguageModel({ model: loaded, middleware: transport.middleware });
}
