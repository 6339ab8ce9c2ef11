import type { ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { textOf } from '../../shared/agent.ts';
import type { ProviderKind } from '../../shared/models.ts';
import { allKinds, bridgeTo, messageOf } from './testing/ask.ts';
import { playTurn } from './testing/play-turn.ts';
import { selfSigned } from './testing/self-signed.ts';
import { serve } from './testing/serve.ts';
import { chatChunk, sse, wires } from './testing/wire.ts';

/** Where it listens. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failureAt(
  url: string,
  kind: ProviderKind = 'openai-compatible',
  history = [messageOf('user', 'Hello')],
) {
  const { outcome, waitsMs } = await playTurn(
    await bridgeTo(kind, url),
    { history },
    { steps: 2, retries: 1 },
  );
  expect(outcome.status).toBe('failed');
  return { ...outcome.message.error, waitsMs };
}

it('tells a name that is not known', async () => {
  const failure = await failureAt('http://no-such-host.invalid:81/v1');
  expect(failure.code).toBe('network');
  expect(failure.message).toMatch(/could not be reached at no-such-host\.invalid:81: its name .*Check/);
  expect(failure.waitsMs).toEqual([1000]);
});

it('tells a port where nobody listens', async () => {
  const server = createServer();
  const address = await listen(server);
  await new Promise((closed) => server.close(closed));
  const failure = await failureAt(`http://${address}/v1`);
  expect(failure.message).toMatch(
    /127\.0\.0\.1:\d+: the connection was refused\. Check base_url, and that the server runs\./,
  );
});

it('tells a certificate that nobody vouches for', async () => {
  const address = await listen(createTlsServer(selfSigned, (_, response) => response.end()));
  const failure = await failureAt(`https://${address}/v1`);
  expect(failure.code).toBe('network');
  expect(failure.message).toMatch(/its certificate is not trusted\. Check base_url; .*NODE_EXTRA_CA_CERTS/);
});

it('tells a server that has no TLS', async () => {
  const { port } = await serve((_, response) => response.end());
  expect((await failureAt(`https://127.0.0.1:${port}/v1`)).message).toMatch(
    /it does not speak https\. Check base_url\./,
  );
});

it('tells a server that speaks no HTTP', async () => {
  const address = await listen(createServer((socket) => socket.end('220 mail.example.com ESMTP\r\n')));
  expect((await failureAt(`http://${address}/v1`)).message).toMatch(
    /it does not speak HTTP\. Check base_url\./,
  );
});

it('tells a connection that is reset while the question is sent', async () => {
  const address = await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
  const long = messageOf('user', 'x'.repeat(5_000_000));
  const failure = await failureAt(`http://${address}/v1`, 'openai-compatible', [long]);
  expect(failure).toMatchObject({ code: 'network', message: expect.stringContaining('Try again') });
});

describe.each(allKinds)('%s', (kind) => {
  const { contentType, opening, ending } = wires[kind];

  it('reads an answer that comes a byte at a time, in whatever letters', async () => {
    const words = 'Grüße, 世界 👩‍👩‍👧';
    const { url } = await serve((_, response) => void trickle(response));
    const trickle = async (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': contentType });
      // The frames of Bedrock hold lengths and checksums.
      const start = kind === 'bedrock' ? opening : String(opening).replace('Half', words);
      for (const byte of Buffer.from(start)) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end(ending);
    };
    const { outcome } = await playTurn(await bridgeTo(kind, url));
    expect(outcome.status).toBe('complete');
    expect(textOf(outcome.message)).toContain(kind === 'bedrock' ? 'Half' : words);
  });

  it('shows bytes that are no letters as such, and goes on', async () => {
    if (kind === 'bedrock') return;
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': contentType });
      const [before, after] = String(opening).split('Half') as [string, string];
      response.write(Buffer.concat([Buffer.from(before), Buffer.of(0xff, 0xfe, 0xc3), Buffer.from(after)]));
      response.end(ending);
    });
    const { outcome } = await playTurn(await bridgeTo(kind, url));
    expect(outcome.status).toBe('complete');
    expect(textOf(outcome.message)).toContain('\uFFFD');
  });

  it('passes over comments, unknown fields, and CRLF', async () => {
    if (kind === 'bedrock' || kind === 'ollama') return;
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': contentType });
      response.write(': hello\r\nretry: 100\r\nnonsense\r\nx-field: 1\r\n\r\n');
      response.end((String(opening) + String(ending)).replaceAll('\n', '\r\n'));
    });
    const { outcome } = await playTurn(await bridgeTo(kind, url));
    expect(outcome).toMatchObject({ status: 'complete' });
    expect(textOf(outcome.message)).toMatch(/^Half/);
  });

  it('ends with the answer or a readable failure where counts are no numbers', async () => {
    if (kind === 'bedrock') return;
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': contentType });
      const spoilt = String(ending).replace(/"(\w*tokens|\w*eval_count)":\d+/g, '"$1":"many"');
      response.end(String(opening) + spoilt);
    });
    const { outcome } = await playTurn(await bridgeTo(kind, url));
    const { status, error } = outcome.message;
    expect([status, error?.code]).toEqual(
      status === 'failed' ? ['failed', 'bad-response'] : ['complete', undefined],
    );
    expect(textOf(outcome.message)).toMatch(/^Half/);
  });
});

it('tells text that is no text', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(sse(chatChunk({ delta: { content: { text: 1 } } })));
  });
  expect((await failureAt(url)).code).toBe('bad-response');
});

it.each([
  ['a line', (megabyte: string) => megabyte],
  ['an event of many lines', (megabyte: string) => `data: ${megabyte}\n`],
])('keeps little of %s without end in memory, and lets the connection go', async (_, piece) => {
  const megabyte = 'x'.repeat(1_000_000);
  let sentMegabytes = 0;
  const { url, letGo } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(sse(chatChunk({ delta: { content: 'Half' } })));
    const write = () => {
      while (!response.destroyed) {
        sentMegabytes += 1;
        if (!response.write(piece(megabyte))) return;
      }
    };
    response.on('drain', write);
    write();
  });
  const { outcome } = await playTurn(await bridgeTo('openai-compatible', url));
  expect(outcome).toMatchObject({ status: 'failed', error: { code: 'bad-response' } });
  expect(textOf(outcome.message)).toBe('Half');
  await letGo;
  expect(sentMegabytes).toBeLessThan(40);
});
