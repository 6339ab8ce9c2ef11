import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ProviderKind } from '../../shared/models.ts';
import { allKinds, ask, bridgeTo, requestOf } from './testing/ask.ts';
import { serve } from './testing/serve.ts';
import { wires } from './testing/wire.ts';

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
};

function keyOf({ headers }: IncomingMessage): unknown {
  const key = headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers.authorization;
  return typeof key === 'string' ? key.replace('Bearer ', '') : key;
}

describe.each(allKinds)('a request to %s', (kind) => {
  const { contentType, opening, ending } = wires[kind];
  const provider = () =>
    serve((_, response) => response.writeHead(200, { 'content-type': contentType }).end(opening + ending));

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
    for (const name of ['ANTHROPIC', 'OPENAI', 'GOOGLE_GENERATIVE_AI', 'GEMINI', 'OPENROUTER', 'OLLAMA']) {
      vi.stubEnv(`${name}_API_KEY`, 'from-the-environment');
      vi.stubEnv(`${name}_BASE_URL`, 'http://127.0.0.1:1');
    }
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'from-the-environment');
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
  const { contentType, opening, ending } = wires[kind];
  const { url, requests } = await serve((_, response) =>
    response.writeHead(200, { 'content-type': contentType }).end(opening + ending),
  );
  const events = await ask(await bridgeTo(kind, url, { apiKey: '' }), requestOf('Hello'));
  expect(events.at(-1)).toMatchObject({ type: 'finished' });
  expect(requests[0]?.headers.authorization).toBeUndefined();
});

it.each([
  [5, 'finished'],
  [6, 'failed'],
])('follows %i redirects on the same host until it has %s', async (redirects, end) => {
  const { contentType, opening, ending } = wires.ollama;
  const { url, requests, bodies } = await serve((_, response) => {
    if (requests.length <= redirects)
      response.writeHead(308, { location: `/moved/${requests.length}` }).end();
    else response.writeHead(200, { 'content-type': contentType }).end(opening + ending);
  });
  const events = await ask(await bridgeTo('ollama', url), requestOf('Hello'));
  expect(events.at(-1)?.type).toBe(end);
  expect(requests).toHaveLength(6);
  expect(new Set(bodies).size).toBe(1);
});

it('streams openai without leaving anything with it', async () => {
  const { contentType, opening, ending } = wires.openai;
  const { url, bodies } = await serve((_, response) =>
    response.writeHead(200, { 'content-type': contentType }).end(opening + ending),
  );
  await ask(await bridgeTo('openai', url), requestOf('Hello'));
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ store: false, stream: true });
});
