import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ProviderKind } from '../../shared/models.ts';
import { allKinds, ask, bridgeTo, requestOf } from './testing/ask.ts';
import { serve } from './testing/serve.ts';
import { answerWhole } from './testing/wire.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const PATHS: Record<ProviderKind, string> = {
  anthropic: '/v1/messages',
  openai: '/v1/responses',
  google: '/v1beta/models/one:streamGenerateContent?alt=sse',
  openrouter: '/api/v1/chat/completions',
  ollama: '/api/chat',
  'openai-compatible': '/v1/chat/completions',
  azure: '/openai/responses',
  bedrock: '/model/one/converse-stream',
  vertex: '/v1/publishers/google/models/one:streamGenerateContent?alt=sse',
  groq: '/openai/v1/chat/completions',
  xai: '/v1/responses',
  mistral: '/v1/chat/completions',
  deepseek: '/chat/completions',
};

/** Variables that packages look into for themselves. */
const PACKAGES = [
  'ANTHROPIC',
  'OPENAI',
  'GOOGLE_GENERATIVE_AI',
  'GEMINI',
  'OPENROUTER',
  'OLLAMA',
  'AZURE',
  'GOOGLE_VERTEX',
  'GROQ',
  'XAI',
  'MISTRAL',
  'DEEPSEEK',
];
const OTHERS = [
  'ANTHROPIC_AUTH_TOKEN',
  'AZURE_RESOURCE_NAME',
  'AWS_BEARER_TOKEN_BEDROCK',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_REGION',
  'GOOGLE_VERTEX_PROJECT',
  'GOOGLE_VERTEX_LOCATION',
];
const ADDRESSES = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'];

function keyOf({ headers }: IncomingMessage): unknown {
  const key =
    headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers['api-key'] ?? headers.authorization;
  return typeof key === 'string' ? key.replace('Bearer ', '') : key;
}

describe.each(allKinds)('a request to %s', (kind) => {
  const provider = () => serve((_, response) => answerWhole(kind, response));

  it('goes to the usual path, with the key, the extra headers, prompt and question', async () => {
    const { url, requests, bodies } = await provider();
    await ask(await bridgeTo(kind, url, { headers: { 'x-team': 'blue' } }), requestOf('Hello'));
    expect(requests).toHaveLength(1);
    const [request] = requests as [IncomingMessage];
    expect(request.url).toBe(PATHS[kind]);
    expect(keyOf(request)).toBe('test-key-0123456789');
    expect(request.headers['x-team']).toBe('blue');
    expect(bodies[0]).toMatch(/Be brief\..*Hello|Hello.*Be brief\./);
  });

  it('carries its own provider’s key, whatever the environment holds', async () => {
    const { url, requests } = await provider();
    for (const name of PACKAGES) {
      vi.stubEnv(`${name}_API_KEY`, 'from-the-environment');
      vi.stubEnv(`${name}_BASE_URL`, 'http://127.0.0.1:1');
    }
    for (const name of OTHERS) vi.stubEnv(name, 'from-the-environment');
    for (const name of ADDRESSES) vi.stubEnv(name, 'http://127.0.0.1:1');
    const bridges = [
      await bridgeTo(kind, url, { apiKey: 'key-a' }),
      await bridgeTo(kind, url, { apiKey: 'key-b' }),
    ];
    await Promise.all(bridges.map((bridge) => ask(bridge, requestOf('Hello'))));
    expect(new Set(requests.map(keyOf))).toEqual(new Set(['key-a', 'key-b']));
    expect(JSON.stringify(requests.map(({ headers }) => headers))).not.toContain('from-the-environment');
  });

  it('is never taken to another host', async () => {
    const other = await provider();
    const { url } = await serve((_, response) => response.writeHead(307, { location: other.url }).end());
    const events = await ask(await bridgeTo(kind, url), requestOf('Hello'));
    expect(events).toEqual([
      {
        type: 'failed',
        error: {
          code: 'bad-response',
          message: expect.stringContaining(`redirected to another host, ${other.url},`),
        },
      },
    ]);
    expect(other.requests).toEqual([]);
  });
});

it.each(['ollama', 'openai-compatible'] as const)('%s needs no key', async (kind) => {
  vi.stubEnv('OPENAI_API_KEY', 'from-the-environment');
  const { url, requests } = await serve((_, response) => answerWhole(kind, response));
  const events = await ask(await bridgeTo(kind, url, { apiKey: '' }), requestOf('Hello'));
  expect(events.at(-1)).toMatchObject({ type: 'finished' });
  expect(requests[0]?.headers.authorization).toBeUndefined();
});

it.each([
  [5, 'finished'],
  [6, 'failed'],
])('follows %i redirects on the same host until it has %s', async (redirects, end) => {
  const { url, requests, bodies } = await serve((_, response) => {
    if (requests.length <= redirects)
      response.writeHead(308, { location: `/moved/${requests.length}` }).end();
    else answerWhole('ollama', response);
  });
  const events = await ask(await bridgeTo('ollama', url), requestOf('Hello'));
  expect(events.at(-1)?.type).toBe(end);
  expect(requests).toHaveLength(6);
  expect(new Set(bodies).size).toBe(1);
});

it.each(['openai', 'azure', 'xai'] as const)('streams %s without leaving anything with it', async (kind) => {
  const { url, bodies } = await serve((_, response) => answerWhole(kind, response));
  await ask(await bridgeTo(kind, url), requestOf('Hello'));
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ store: false, stream: true });
});
