import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Arm, OpenedArm } from './arms.ts';

/** A browser with the page of bench/page, each visit of which is a client of one arm over a WebSocket on loopback. */
export type Client = AsyncDisposable & {
  readonly page: Page;
  readonly terminal: OpenedArm;
  /** Resolves when the page has drawn the sign that a flood ended. */
  readonly done: Promise<void>;
};

export type ClientPages = AsyncDisposable & {
  open(arm: Arm, program: string): Promise<Client>;
  /** The page alone, with no program behind it. */
  visit(): Promise<AsyncDisposable & { readonly page: Page }>;
};

type Message = { key?: string; acknowledged?: number; drawnInMs?: number; done?: true };

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

export async function openClientPages(): Promise<ClientPages> {
  const files = await buildPage();
  await using resources = new AsyncDisposableStack();
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'http://bench').pathname);
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.content);
  });
  resources.adopt(server, (closing) => {
    closing.closeAllConnections();
    closing.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // Another page of this machine must not type into the bench's shells.
  const sockets = new WebSocketServer({
    server,
    verifyClient: (info: { origin: string }) => info.origin === origin,
  });
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CARREL_CHROMIUM'] ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  resources.adopt(browser, (closing) => closing.close());
  const kept = resources.move();

  const visit = async (query: string) => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    const connected = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve));
    await page.goto(`${origin}/?${query}`);
    const socket = await connected;
    await page.waitForFunction(() => 'typeKeys' in globalThis);
    return { page, socket };
  };

  return {
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
    async visit() {
      const { page } = await visit('alone');
      return { page, [Symbol.asyncDispose]: () => page.close() };
    },
    async open(arm, program) {
      const { page, socket } = await visit(arm.name);
      const { promise: done, resolve: isDone } = Promise.withResolvers<void>();
      const terminal = arm.open(program, (bytes) => socket.send(bytes));
      listen(socket, terminal, isDone);
      return {
        page,
        terminal,
        done,
        async [Symbol.asyncDispose]() {
          await terminal[Symbol.asyncDispose]();
          await page.close();
        },
      };
    },
  };
}

function listen(socket: WebSocket, terminal: OpenedArm, isDone: () => void): void {
  socket.on('message', (data: Buffer) => {
    const { key, acknowledged, drawnInMs = 0, done } = JSON.parse(data.toString()) as Message;
    if (key !== undefined) terminal.write(key);
    if (acknowledged !== undefined) terminal.acknowledge(acknowledged, drawnInMs);
    if (done) isDone();
  });
}

async function buildPage(): Promise<Map<string, { content: string | Uint8Array; type: string }>> {
  const root = fileURLToPath(new URL('../page', import.meta.url));
  const built = await build({ root, configFile: false, logLevel: 'error', build: { write: false } });
  if (!('output' in built)) throw new Error('The page was not built once');
  const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' } as Record<string, string>;
  return new Map(
    built.output.map((file) => {
      const type = types[file.fileName.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      const path = file.fileName === 'index.html' ? '/' : `/${file.fileName}`;
      return [path, { content: file.type === 'chunk' ? file.code : file.source, type }];
    }),
  );
}
