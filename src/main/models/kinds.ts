import type { ProviderKind } from '../../shared/models.ts';

/** What Carrel knows of a kind of provider before it loads the provider's package. */
export type Kind = {
  readonly defaultUrl?: string;
  /** Follows a base_url that has no path of its own. */
  readonly path: string;
  /** Where the key is looked for when settings name none, first hit wins; empty means that no key is needed. */
  readonly keyVariables: readonly string[];
  /** Offered when settings list no models; any other id works too. */
  readonly models: readonly string[];
};

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
    models: ['gemini-4-argon', 'gemini-3.8-flash', 'gemini-3.5-flash-lite', 'gemini-2.5-pro'],
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
};
