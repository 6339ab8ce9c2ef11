import { expect, it } from 'vitest';
import type { ProviderKind } from '../../shared/models.ts';
import { resolveEndpoint } from './endpoint.ts';

it.each<[ProviderKind, string | undefined, string | undefined]>([
  ['anthropic', undefined, 'https://api.anthropic.com/v1'],
  ['openai', 'http://localhost:1234', 'http://localhost:1234/v1'],
  ['openai', 'http://localhost:1234/', 'http://localhost:1234/v1'],
  ['openai', 'http://localhost:1234/custom/', 'http://localhost:1234/custom'],
  ['google', undefined, 'https://generativelanguage.googleapis.com/v1beta'],
  ['openrouter', undefined, 'https://openrouter.ai/api/v1'],
  ['ollama', undefined, 'http://127.0.0.1:11434/api'],
  ['ollama', 'http://box:11434/api/', 'http://box:11434/api'],
  ['ollama', 'http://box/ollama', 'http://box/ollama/api'],
  ['openai-compatible', 'https://api.mistral.ai/v1', 'https://api.mistral.ai/v1'],
  ['openai-compatible', undefined, undefined],
  ['openai-compatible', 'file:///etc', undefined],
  ['openai-compatible', 'nonsense', undefined],
])('%s at %s asks %s', (kind, baseUrl, expected) => {
  expect(resolveEndpoint(kind, baseUrl)?.href).toBe(expected);
});
