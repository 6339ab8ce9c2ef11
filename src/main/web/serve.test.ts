import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { paneId, sessionId } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import type { ClientSink } from '../connection.ts';
import type { Core } from '../core.ts';
import { serveWeb } from './serve.ts';

const id = sessionId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV');

/** A host over a core that answers each call with its input, and whose clients the test can reach. */
async function openHost() {
  const folder = mkdtempSync(join(tmpdir(), 'carrel-web-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Carrel</title>');
  const sinks: ClientSink[] = [];
  const core: Core = {
    reportError: () => undefined,
    state: { get: () => undefined, set: () => undefined },
    windows: { list: () => [], giveTabs: () => undefined },
    menu: { ownKeys: {}, onChange: () => undefined, pick: () => undefined },
    connect: (sink) => {
      sinks.push(sink);
      return { call: async (name, input) => ok({ name, input }), [Symbol.dispose]: () => void sinks.pop() };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const host = await serveWeb(core, folder, 0);
  onTestFinished(async () => {
    await host[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  const url = new URL(host.url);
  return { url, sinks, core, folder };
}

function get(url: URL, path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ host: url.hostname, port: url.port, path, headers }, (response) => {
      response.resume();
      resolve(response);
    })
      .on('error', reject)
      .end();
  });
}

async function cookieOf(url: URL): Promise<string> {
  const response = await get(url, url.pathname + url.search);
  return String(response.headers['set-cookie']).split(';')[0] ?? '';
}

it('takes the token from the address into a cookie, and serves nothing without it', async () => {
  const { url } = await openHost();
  const withToken = await get(url, url.pathname + url.search);
  const cookie = await cookieOf(url);
  const statuses = await Promise.all([
    get(url, '/'),
    get(url, '/?token=wrong'),
    get(url, '/', { cookie: cookie.slice(0, -1) }),
    get(url, '/', { cookie }),
    get(url, '/', { cookie, host: `evil.example:${url.port}` }),
    get(url, '/../../etc/passwd', { cookie }),
    get(url, '/%2e%2e/%2e%2e/etc/passwd', { cookie }),
    get(url, '/%zz', { cookie }),
  ]);
  expect([withToken.statusCode, withToken.headers.location]).toEqual([303, '/']);
  const ofWindow = await get(url, `${url.pathname}${url.search}&window=${id}`);
  expect(ofWindow.headers.location).toBe(`/?window=${id}`);
  expect(withToken.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict/);
  expect(statuses.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 200, 403, 404, 404, 404]);
});

it('sends a policy that lets nothing in from elsewhere', async () => {
  const { url } = await openHost();
  const page = await get(url, '/', { cookie: await cookieOf(url) });
  expect(page.headers['content-security-policy']).toContain(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';",
  );
});

async function connect(
  url: URL,
  headers: Record<string, string>,
  path = '/socket',
): Promise<WebSocket | number> {
  const socket = new WebSocket(`ws://${url.host}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
}

it('connects a page of its own origin with the cookie only', async () => {
  const { url } = await openHost();
  const cookie = await cookieOf(url);
  const origin = url.origin;
  const refused = await Promise.all([
    connect(url, { origin }),
    connect(url, { cookie }),
    connect(url, { cookie, origin: 'http://evil.example' }),
  ]);
  expect(refused).toEqual([403, 403, 403]);
  expect(await connect(url, { cookie, origin })).toBeInstanceOf(WebSocket);
  expect(await connect(url, { cookie, origin }, `/socket?window=${id}`)).toBeInstanceOf(WebSocket);
  expect(await connect(url, { cookie, origin }, '//')).toBe(403);
});

it('carries calls and events as JSON and terminal output as binary', async () => {
  const { url, sinks } = await openHost();
  const socket = await connect(url, { cookie: await cookieOf(url), origin: url.origin });
  if (typeof socket === 'number') throw new Error(`Refused with ${socket}`);
  const frames: unknown[] = [];
  const { promise: done, resolve } = Promise.withResolvers<void>();
  socket.on('message', (data: Buffer, isBinary) => {
    frames.push(isBinary ? [...data.subarray(0, 1), data.toString('ascii', 1)] : JSON.parse(String(data)));
    if (frames.length === 3) resolve();
  });
  socket.send(JSON.stringify({ id: 7, name: 'pty.write', input: { data: 'x' } }));
  sinks[0]?.events([{ sequence: 1, event: { type: 'session-closed', sessionId: id } }]);
  sinks[0]?.ptyOutput({ sessionId: id, paneId: paneId.parse(id), kind: 'data', bytes: Buffer.from('hello') });
  await done;
  expect(frames).toEqual(
    expect.arrayContaining([
      { id: 7, answer: { ok: true, value: { name: 'pty.write', input: { data: 'x' } } } },
      { envelopes: [{ sequence: 1, event: { type: 'session-closed', sessionId: id } }] },
      [1, `${id}${id}hello`],
    ]),
  );
});

it('closes a client that sends what is not a call', async () => {
  const { url } = await openHost();
  const socket = await connect(url, { cookie: await cookieOf(url), origin: url.origin });
  if (typeof socket === 'number') throw new Error(`Refused with ${socket}`);
  const code = await new Promise((resolve) => {
    socket.once('close', resolve);
    socket.send('{"id":');
  });
  expect(code).toBe(1007);
});

it('says when the port is taken', async () => {
  const { url, core, folder } = await openHost();
  await expect(serveWeb(core, folder, Number(url.port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
