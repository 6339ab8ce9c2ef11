import type { ProviderKind } from '../../shared/models.ts';

/** What Carrel knows of a kind of provider before it loads the provider's package. */
export type Kind = {
  /** Absent where the address depends on settings: see endpoint.ts. */
  readonly defaultUrl?: string;
  /** Follows a base_url that has no path of its own. */
  readonly path: string;
  /** Where the key is looked for when settings name none, first hit wins; empty means that no key is needed. */
  readonly keyVariables: readonly string[];
  /** Offered first; each is in the catalogue, but for those of Ollama. */
  readonly models: readonly string[];
};

const GEMINI = ['gemini-4-argon', 'gemini-3.8-flash', 'gemini-3.5-flash-lite', 'gemini-2.5-pro'];

export const kinds: Readonly<Record<ProviderKind, Kind>> = {
  anthropic: {
    defaultUrl: 'https://api.anthropic.com',
    path: '/v1',
    keyVariables: ['ANTHROPIC_API_KEY'],
    models: ['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-haiku-5-5', 'claude-sonnet-4-5'],
  },
  openai: {
    defaultUrl: 'https://api.openai.com',
    path: '/v1',
    keyVariables: ['OPENAI_API_KEY'],
    models: ['gpt-6.1-sol', 'gpt-6.1-terra', 'gpt-6-luna', 'gpt-5-mini'],
  },
  google: {
    defaultUrl: 'https://generativelanguage.googleapis.com',
    path: '/v1beta',
    keyVariables: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'],
    models: GEMINI,
  },
  openrouter: {
    defaultUrl: 'https://openrouter.ai',
    path: '/api/v1',
    keyVariables: ['OPENROUTER_API_KEY'],
    models: ['openrouter/auto', '~anthropic/claude-opus-latest', '~anthropic/claude-sonnet-latest'],
  },
  ollama: {
    defaultUrl: 'http://127.0.0.1:11434',
    path: '/api',
    keyVariables: [],
    models: ['qwen3-coder:30b', 'gpt-oss:20b', 'qwen3:8b', 'gemma3', 'llama3.2'],
  },
  'openai-compatible': { path: '/v1', keyVariables: [], models: [] },
  azure: {
    path: '/openai',
    keyVariables: ['AZURE_API_KEY', 'AZURE_OPENAI_API_KEY'],
    models: ['gpt-6.1-sol', 'gpt-6.1-terra', 'gpt-6-luna', 'gpt-5-mini'],
  },
  bedrock: {
    path: '',
    keyVariables: ['AWS_BEARER_TOKEN_BEDROCK'],
    models: [
      'global.anthropic.claude-opus-5-5',
      'global.anthropic.claude-sonnet-5-5',
      'global.anthropic.claude-haiku-5-5',
    ],
  },
  vertex: { path: '', keyVariables: ['GOOGLE_VERTEX_API_KEY'], models: GEMINI },
  groq: {
    defaultUrl: 'https://api.groq.com',
    path: '/openai/v1',
    keyVariables: ['GROQ_API_KEY'],
    models: ['openai/gpt-oss-120b', 'openai/gpt-oss-20b', 'qwen/qwen3.8-27b'],
  },
  xai: {
    defaultUrl: 'https://api.x.ai',
    path: '/v1',
    keyVariables: ['XAI_API_KEY'],
    models: ['grok-4.7'],
  },
  mistral: {
    defaultUrl: 'https://api.mistral.ai',
    path: '/v1',
    keyVariables: ['MISTRAL_API_KEY'],
    models: ['mistral-large-4', 'mistral-medium-latest', 'mistral-small-latest', 'devstral-latest'],
  },
  deepseek: {
    defaultUrl: 'https://api.deepseek.com',
    path: '',
    keyVariables: ['DEEPSEEK_API_KEY'],
    models: ['deepseek-v4-pro', 'deepseek-flash'],
  },
};
