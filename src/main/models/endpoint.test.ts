import { expect, it } from 'vitest';
import type { ProviderSettings } from '../settings/types.ts';
import { findCredential } from './credential.ts';
import { resolveEndpoint, type AddressSettings } from './endpoint.ts';
import { modelsOptions } from './testing/settings-with.ts';

function endpointOf(
  settings: AddressSettings & Partial<ProviderSettings>,
  environment: NodeJS.ProcessEnv = {},
): string | undefined {
  const credential = findCredential('work', settings, { ...modelsOptions(), environment });
  return resolveEndpoint(settings, credential, environment)?.href;
}

it.each<[ProviderSettings['kind'], string | undefined, string | undefined]>([
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
  ['azure', undefined, undefined],
  ['azure', 'https://mine.openai.azure.com', 'https://mine.openai.azure.com/openai'],
  ['azure', 'https://mine.openai.azure.com/openai/', 'https://mine.openai.azure.com/openai'],
  ['groq', undefined, 'https://api.groq.com/openai/v1'],
  ['xai', undefined, 'https://api.x.ai/v1'],
  ['mistral', undefined, 'https://api.mistral.ai/v1'],
  ['deepseek', undefined, 'https://api.deepseek.com/'],
])('%s at %s asks %s', (kind, baseUrl, expected) => {
  expect(endpointOf({ kind, ...(baseUrl !== undefined && { baseUrl }) })).toBe(expected);
});

it.each<[string, AddressSettings & Partial<ProviderSettings>, NodeJS.ProcessEnv, string | undefined]>([
  ['Bedrock', { kind: 'bedrock' }, {}, 'https://bedrock-runtime.us-east-1.amazonaws.com/'],
  [
    'Bedrock in the environment’s region',
    { kind: 'bedrock' },
    { AWS_REGION: 'eu-central-1' },
    'https://bedrock-runtime.eu-central-1.amazonaws.com/',
  ],
  [
    'Bedrock in the settings’ region',
    { kind: 'bedrock', region: 'cn-north-1' },
    { AWS_REGION: 'eu-central-1' },
    'https://bedrock-runtime.cn-north-1.amazonaws.com.cn/',
  ],
  ['Bedrock in a region that is another address', { kind: 'bedrock', region: 'x.example/' }, {}, undefined],
  [
    'Vertex with a key',
    { kind: 'vertex', apiKey: 'k', region: 'europe-west4' },
    {},
    'https://aiplatform.googleapis.com/v1/publishers/google',
  ],
  [
    'Vertex with a project',
    { kind: 'vertex', project: 'mine', region: 'europe-west4' },
    {},
    'https://europe-west4-aiplatform.googleapis.com/v1beta1/projects/mine/locations/europe-west4/publishers/google',
  ],
  [
    'Vertex with the environment’s project and location',
    { kind: 'vertex' },
    { GOOGLE_CLOUD_PROJECT: 'theirs', GOOGLE_VERTEX_LOCATION: 'eu' },
    'https://aiplatform.eu.rep.googleapis.com/v1beta1/projects/theirs/locations/eu/publishers/google',
  ],
  [
    'Vertex with nothing but a project',
    { kind: 'vertex' },
    { GOOGLE_VERTEX_PROJECT: 'mine', GOOGLE_CLOUD_PROJECT: 'theirs' },
    'https://aiplatform.googleapis.com/v1beta1/projects/mine/locations/global/publishers/google',
  ],
])('%s', (_, settings, environment, expected) => {
  expect(endpointOf(settings, environment)).toBe(expected);
});
