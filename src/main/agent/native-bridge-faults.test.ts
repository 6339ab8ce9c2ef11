import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ProviderKind } from '../../shared/models.ts';
import { allKinds, ask, bridgeTo, messageOf, requestOf, textOf } from './testing/ask.ts';
import { serve } from './testing/serve.ts';
import { answerWhole, wires } from './testing/wire.ts';

const KEY = 'test-key-0123456789';

function begin(kind: ProviderKind, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': wires[kind].contentType });
  response.write(wires[kind].opening);
}

describe.each(allKinds)('%s', (kind) => {
  const wire = wires[kind];
  const failure = (code: string) => ({ type: 'failed', error: expect.objectContaining({ code }) });

  it('finishes an answer that ends as the protocol has it', async () => {
    const { url } = await serve((_, response) => answerWhole(kind, response));
    const events = await ask(await bridgeTo(kind, url), requestOf('Hello'));
    expect(textOf(events)).toMatch(/^Half/);
    const isCounted = kind === 'ollama' || kind === 'groq' || kind === 'mistral';
    const usage = isCounted ? { inputTokens: 11, outputTokens: 7 } : {};
    expect(events.at(-1)).toMatchObject({ type: 'finished', usage });
  });

  it.each([
    ['closes the stream', (response: ServerResponse) => response.end()],
    ['breaks the connection', (response: ServerResponse) => setImmediate(() => response.destroy())],
  ])('notices that the provider %s half-way, and keeps the text', async (_, cut) => {
    const { url } = await serve((_, response) => {
      begin(kind, response);
      cut(response);
    });
    const events = await ask(await bridgeTo(kind, url), requestOf('Hello'));
    expect(textOf(events)).toBe('Half');
    expect(events.at(-1)).toEqual(failure('stream-cut'));
  });

  it('notices a stream that is cut before its first word', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': wire.contentType }).end();
    });
    expect(await ask(await bridgeTo(kind, url), requestOf('Hello'))).toEqual([failure('stream-cut')]);
  });

  it('stops at once when it is aborted, and lets the connection go', async () => {
    const { url, letGo } = await serve((_, response) => begin(kind, response));
    const abort = new AbortController();
    const bridge = await bridgeTo(kind, url);
    const events = [];
    for await (const event of bridge.runTurn(requestOf('Hello', { signal: abort.signal }))) {
      events.push(event);
      abort.abort();
    }
    expect(events).toEqual([{ type: 'text-delta', text: 'Half' }]);
    await letGo;
  });

  it('stops when it is aborted before the first byte', async () => {
    const abort = new AbortController();
    const { url, letGo } = await serve(() => abort.abort());
    expect(await ask(await bridgeTo(kind, url), requestOf('Hello', { signal: abort.signal }))).toEqual([]);
    await letGo;
  });

  it('lets the turn go when the bridge is disposed', async () => {
    const { url, letGo } = await serve((_, response) => begin(kind, response));
    const bridge = await bridgeTo(kind, url);
    const events = [];
    for await (const event of bridge.runTurn(requestOf('Hello'))) {
      events.push(event);
      await bridge[Symbol.asyncDispose]();
    }
    expect(events).toHaveLength(1);
    await letGo;
  });

  it('gives up on a provider that never answers', async () => {
    const { url, requests, letGo } = await serve(() => {});
    const bridge = await bridgeTo(kind, url, { idleTimeoutMs: 200 });
    expect(await ask(bridge, requestOf('Hello'))).toEqual([failure('timed-out')]);
    // On a busy machine the question itself may not have come that far.
    if (requests.length > 0) await letGo;
  });

  it('gives up on a provider that falls silent but for keep-alives', async () => {
    const { url, letGo } = await serve((_, response) => {
      begin(kind, response);
      const beat = setInterval(() => response.write(wire.keepAlive), 20);
      response.once('close', () => clearInterval(beat));
    });
    const bridge = await bridgeTo(kind, url, { idleTimeoutMs: 200 });
    const events = await ask(bridge, requestOf('Hello'));
    expect(textOf(events)).toBe('Half');
    expect(events.at(-1)).toEqual(failure('timed-out'));
    await letGo;
  });

  it('tells an error in mid-stream in the provider’s words', async () => {
    const { url } = await serve((_, response) => {
      begin(kind, response);
      response.end(wire.error);
    });
    const events = await ask(await bridgeTo(kind, url), requestOf('Hello'));
    expect(textOf(events)).toBe('Half');
    expect(events.at(-1)).toEqual(failure('provider-failed'));
    expect(JSON.stringify(events.at(-1))).toContain('Out of breath');
  });

  it('tells JSON that cannot be read, and lets the connection go', async () => {
    const { url, letGo } = await serve((_, response) => {
      begin(kind, response);
      response.write(wire.broken);
    });
    const events = await ask(await bridgeTo(kind, url), requestOf('Hello'));
    expect(textOf(events)).toBe('Half');
    expect(events.at(-1)).toEqual(failure('bad-response'));
    await letGo;
  });

  it('tells an answer that is no stream', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>');
    });
    const events = await ask(await bridgeTo(kind, url), requestOf('Hello'));
    expect(events).toEqual([failure('bad-response')]);
    expect(events[0]).toMatchObject({ error: { details: '<h1>Sign in</h1>' } });
  });

  it('names host and port of a server that does not run', async () => {
    const { url, port } = await serve(() => {});
    const free = url.replace(String(port), '1');
    const [event] = await ask(await bridgeTo(kind, free), requestOf('Hello'));
    expect(event).toEqual(failure('network'));
    expect(event).toMatchObject({ error: { message: expect.stringContaining('127.0.0.1:1') } });
  });

  it('tells a connection that is reset before an answer as a network fault', async () => {
    const { url } = await serve((request) => request.socket.resetAndDestroy());
    expect(await ask(await bridgeTo(kind, url), requestOf('Hello'))).toEqual([failure('network')]);
  });

  it('never shows the key that a server echoes', async () => {
    const { url } = await serve((request, response) => {
      const words = `Wrong key ${KEY} or ${JSON.stringify(request.headers)}`;
      response.writeHead(401, { 'content-type': 'application/json', 'x-request-id': KEY });
      response.end(JSON.stringify({ error: { message: words } }));
    });
    const bridge = await bridgeTo(kind, url, { headers: { 'x-extra': 'secret-header-value' } });
    const events = await ask(bridge, requestOf('Hello'));
    expect(events).toEqual([failure('credential-refused')]);
    expect(JSON.stringify(events)).toContain('Wrong key •••');
    expect(JSON.stringify(events)).not.toMatch(/0123456789|secret-header-value/);
  });

  it('accepts a long history that other providers have been in', async () => {
    const { url, bodies } = await serve((_, response) => answerWhole(kind, response));
    const signed = (made: string) => ({
      parts: [
        {
          type: 'reasoning' as const,
          text: `Thought of ${made}`,
          metadata: { kind: made, data: { [made]: {} } },
        },
        { type: 'text' as const, text: `Answer of ${made}` },
      ],
    });
    const history = [
      messageOf('user', 'First'),
      ...allKinds.flatMap((made) => [
        messageOf('assistant', '', { ...signed(made), model: `${made}/one` }),
        messageOf('user', `After ${made}`),
      ]),
      messageOf('assistant', '', { status: 'failed' }),
      messageOf('user', 'Hello'),
    ];
    const events = await ask(await bridgeTo(kind, url), requestOf('', { history }));
    expect(events.at(-1)).toMatchObject({ type: 'finished' });
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain('Answer of google');
    expect(bodies[0]).not.toContain('Thought of');
  });
});

it.each([
  ['7', 7],
  ['0.4', 1],
  ['soon', undefined],
])('reads Retry-After: %s', async (header, retryAfterSeconds) => {
  const { url } = await serve((_, response) => response.writeHead(429, { 'retry-after': header }).end());
  const [event] = await ask(await bridgeTo('openai', url), requestOf('Hello'));
  expect(event).toMatchObject({ error: { code: 'rate-limited' } });
  expect(event?.type === 'failed' && event.error.retryAfterSeconds).toBe(retryAfterSeconds);
});

it('reads a date in Retry-After', async () => {
  const { url } = await serve((_, response) => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    response.writeHead(429, { 'retry-after': date }).end();
  });
  const [event] = await ask(await bridgeTo('openai', url), requestOf('Hello'));
  const seconds = event?.type === 'failed' ? event.error.retryAfterSeconds : undefined;
  expect(seconds).toBeGreaterThan(3500);
  expect(seconds).toBeLessThanOrEqual(3600);
});

it('knows Google’s word for a wrong key, which comes as a 400', async () => {
  const { url } = await serve((_, response) => {
    const details = [{ reason: 'API_KEY_INVALID' }];
    const error = { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT', details };
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  });
  const [event] = await ask(await bridgeTo('google', url), requestOf('Hello'));
  expect(event).toMatchObject({ error: { code: 'credential-refused', status: 400 } });
});

it.each([
  ['openai', 400, 'model_not_found'],
  ['openrouter', 400, 'nobody/one is not a valid model ID'],
] as const)('knows %s’s word for an unknown model, which comes as a %i', async (kind, status, words) => {
  const { url } = await serve((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: words, code: words } }));
  });
  const [event] = await ask(await bridgeTo(kind, url), requestOf('Hello'));
  expect(event).toMatchObject({ error: { code: 'model-unknown', message: expect.stringContaining('one') } });
});
