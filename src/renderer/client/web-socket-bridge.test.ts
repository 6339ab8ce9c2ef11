import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import type { PtyOutput } from '../../shared/contract.ts';
import type { PaneId, SessionId } from '../../shared/ids.ts';
import { createClient, type Link } from './client.ts';
import { createWebSocketBridge } from './web-socket-bridge.ts';

const SESSION = '01JD0000000000000000000000' as SessionId;
const PANE = '01JE0000000000000000000000' as PaneId;

let server: WebSocketServer;
let resources: DisposableStack;
beforeEach(async () => {
  resources = new DisposableStack();
  server = await listen(0);
});
afterEach(() => {
  resources.dispose();
  stop();
});

async function listen(port: number): Promise<WebSocketServer> {
  const started = new WebSocketServer({ host: '127.0.0.1', port });
  await once(started, 'listening');
  return started;
}

function stop(): void {
  for (const socket of server.clients) socket.terminate();
  server.close();
}

const portOf = () => (server.address() as AddressInfo).port;

/** Answers each call with its own input, or as a bug where it is named `fail`. */
function answerCalls(socket: ServerSocket): void {
  socket.on('message', (data: Buffer) => {
    const { id, name, input } = JSON.parse(data.toString('utf8')) as {
      id: number;
      name: string;
      input: unknown;
    };
    socket.send(
      JSON.stringify(name === 'fail' ? { id, error: 'broken' } : { id, answer: { ok: true, value: input } }),
    );
  });
}

async function connect() {
  const bridge = resources.use(createWebSocketBridge(`ws://127.0.0.1:${portOf()}/socket`));
  const links: Link[] = [];
  bridge.onLink((link) => links.push(link));
  const [socket] = (await once(server, 'connection')) as [ServerSocket];
  answerCalls(socket);
  return { bridge, links, socket };
}

it('matches answers to calls, also those made before the connection is there', async () => {
  const bridge = resources.use(createWebSocketBridge(`ws://127.0.0.1:${portOf()}/socket`));
  const early = bridge.call('early', { a: 1 });
  const [socket] = (await once(server, 'connection')) as [ServerSocket];
  answerCalls(socket);
  expect(await early).toEqual({ ok: true, value: { a: 1 } });
  expect(await Promise.all([bridge.call('x', 1), bridge.call('y', 2)])).toEqual([
    { ok: true, value: 1 },
    { ok: true, value: 2 },
  ]);
});

it('rejects a call that broke in the core', async () => {
  const { bridge } = await connect();
  await expect(bridge.call('fail', {})).rejects.toThrow('broken');
});

it('hands events on, and output to its own pane only', async () => {
  const { bridge, socket } = await connect();
  const client = createClient(bridge);
  const event = Promise.withResolvers<unknown>();
  client.onEvents(event.resolve);
  const outputs: [PtyOutput['kind'], string][] = [];
  client.onPtyOutput(PANE, (kind, bytes) => outputs.push([kind, new TextDecoder().decode(bytes)]));
  socket.send(Buffer.from(`\u0000${SESSION}${PANE}screen`));
  socket.send(Buffer.from(`\u0001${SESSION}${SESSION}other`));
  socket.send(Buffer.from(`\u0001${SESSION}${PANE}live`));
  socket.send(JSON.stringify({ envelopes: [{ sequence: 1, event: { type: 'notice-dismissed', id: 'n' } }] }));
  expect(await event.promise).toMatchObject([{ sequence: 1 }]);
  expect(outputs).toEqual([
    ['snapshot', 'screen'],
    ['data', 'live'],
  ]);
});

it('says that the connection is lost, fails what was under way, and comes back by itself', async () => {
  const { bridge, links, socket } = await connect();
  await bridge.call('x', {});
  socket.removeAllListeners('message');
  const unanswered = bridge.call('never', {});
  const port = portOf();
  stop();
  await expect(unanswered).rejects.toThrow('lost');
  await expect(bridge.call('now', {})).rejects.toThrow('no connection');
  server = await listen(port);
  server.on('connection', answerCalls);
  await vi.waitUntil(() => links.length === 3, { timeout: 10_000 });
  expect(links).toEqual(['connected', 'lost', 'connected']);
  expect(await bridge.call('again', {})).toEqual({ ok: true, value: {} });
});
