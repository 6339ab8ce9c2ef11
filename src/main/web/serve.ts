import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { MAIN_WINDOW, windowId, type WindowId } from '../../shared/ids.ts';
import type { Core } from '../core.ts';
import { readPageFile } from '../page.ts';
import { encodePtyOutput } from './frames.ts';
import { PageWindows } from './page-windows.ts';
import { createToken, type Token } from './token.ts';

/** Loopback only: what answers here runs commands as the user. */
const HOST = '127.0.0.1';

/** Bytes of one message from the page; the longest is a pasted text or message. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

const callFrame = z.object({ id: z.number(), name: z.string(), input: z.unknown() });

export interface WebHost extends AsyncDisposable {
  /** The address to open, with the token. */
  readonly url: string;
  /** A window has tabs now, and its page is on its way. */
  expectPage(id: WindowId): void;
}

/** Serves the window and the core on a loopback port; 0 takes a free one. Rejects with `EADDRINUSE` when the port is taken. */
export async function serveWeb(core: Core, rendererFolder: string, port: number): Promise<WebHost> {
  const server = createServer();
  await listen(server, port);
  const address = server.address() as AddressInfo;
  const token = createToken(address.port);
  const origin = `http://${HOST}:${address.port}`;
  const guard = { token, hosts: new Set([`${HOST}:${address.port}`, `localhost:${address.port}`]) };
  server.on('request', (request, response) => {
    void servePage(request, response, rendererFolder, guard);
  });
  const windows = new PageWindows(core);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request, socket, head) => {
    if (!mayConnect(request, guard)) return refuse(socket);
    sockets.handleUpgrade(request, socket, head, (client) => {
      serveClient(core, client);
      const page = windows.opened(windowOf(request));
      client.on('close', () => page[Symbol.dispose]());
    });
  });
  return {
    url: `${origin}/?token=${token.value}`,
    expectPage: (id) => windows.expect(id),
    async [Symbol.asyncDispose]() {
      windows[Symbol.dispose]();
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Guard = { readonly token: Token; readonly hosts: ReadonlySet<string> };

function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, HOST, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  rendererFolder: string,
  { token, hosts }: Guard,
): Promise<void> {
  const answer = (status: number, body: string) =>
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
  // A foreign name that resolves to loopback (DNS rebinding) has another Host.
  if (!hosts.has(request.headers.host ?? ''))
    return void answer(403, 'Open the address that Carrel printed.');
  if (request.method !== 'GET') return void answer(405, 'Only GET is answered here.');
  const url = pathOf(request);
  const hasToken = token.isValid(url.searchParams.get('token'));
  if (!hasToken && !token.isInCookie(request)) {
    return void answer(
      403,
      'The token is missing or old. Open the address that Carrel printed when it started.',
    );
  }
  if (hasToken) {
    // The token leaves the address bar and the history at once.
    url.searchParams.delete('token');
    return void response.writeHead(303, { location: `/${url.search}`, 'set-cookie': token.cookie }).end();
  }
  const connect = `'self' ws://${request.headers.host}`;
  const file = await readPageFile(rendererFolder, url.pathname, connect);
  if (!file) return void answer(404, 'There is no such file.');
  response.writeHead(200, file.headers).end(file.body);
}

function mayConnect(request: IncomingMessage, { token, hosts }: Guard): boolean {
  const { host = '', origin = '' } = request.headers;
  return (
    pathOf(request).pathname === '/socket' &&
    hosts.has(host) &&
    origin === `http://${host}` &&
    token.isInCookie(request)
  );
}

/** The address, whose host is checked elsewhere. */
function pathOf({ url = '/' }: IncomingMessage): URL {
  const root = `http://${HOST}/`;
  return URL.parse(url, root) ?? new URL(root);
}

function windowOf(request: IncomingMessage): WindowId {
  return windowId.safeParse(pathOf(request).searchParams.get('window')).data ?? MAIN_WINDOW;
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
}

function serveClient(core: Core, client: WebSocket): void {
  const connection = core.connect({
    events: (envelopes) => client.send(JSON.stringify({ envelopes })),
    ptyOutput: (output) => client.send(encodePtyOutput(output)),
  });
  client.on('message', (data: Buffer) => {
    const frame = parseCall(data.toString());
    if (!frame) return client.close(1007, 'Not a call');
    connection
      .call(frame.name, frame.input)
      .then((answer) => client.send(JSON.stringify({ id: frame.id, answer })))
      .catch((error: unknown) => {
        core.reportError(`The command ${frame.name.slice(0, 100)}`, error);
        const reason = error instanceof Error ? error.message : String(error);
        client.send(JSON.stringify({ id: frame.id, error: reason }));
      });
  });
  client.on('error', (error) => core.reportError('A web client', error));
  client.on('close', () => connection[Symbol.dispose]());
}

function parseCall(text: string): z.infer<typeof callFrame> | undefined {
  try {
    return callFrame.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
