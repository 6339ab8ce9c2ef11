import type { ProviderKind } from '../../../shared/models.ts';

type KindWords = {
  /** As its maker writes it. */
  readonly name: string;
  /** Its address is the user's own and has to be given. */
  readonly needsAddress?: boolean;
  /** Asks for no key by itself. */
  readonly needsNoKey?: boolean;
  /** What else may have to be said, which has no field. */
  readonly hint?: string;
};

export const kindWords: Readonly<Record<ProviderKind, KindWords>> = {
  anthropic: { name: 'Anthropic' },
  openai: { name: 'OpenAI' },
  google: { name: 'Google' },
  openrouter: { name: 'OpenRouter' },
  ollama: { name: 'Ollama', needsNoKey: true },
  'openai-compatible': { name: 'OpenAI-compatible', needsAddress: true, needsNoKey: true },
  azure: {
    name: 'Azure OpenAI',
    needsAddress: true,
    hint: 'Models are your deployments: name them in settings.toml.',
  },
  bedrock: {
    name: 'Amazon Bedrock',
    hint: 'Its region is that of AWS_REGION, or region in settings.toml. Without a key, AWS_ACCESS_KEY_ID is used.',
  },
  vertex: {
    name: 'Google Vertex AI',
    hint: 'Without a key it needs project in settings.toml, and Google’s application default credentials.',
  },
  groq: { name: 'Groq' },
  xai: { name: 'xAI' },
  mistral: { name: 'Mistral' },
  deepseek: { name: 'DeepSeek' },
};
