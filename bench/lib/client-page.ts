import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type WebSocket, WebSocketServer } from 'ws';
import { keepProcess, type Arm, type OpenedArm } from './arms.ts';
import { buildPage } from './build-page.ts';

/** A browser with the page of bench/page, each visit of which is a client of one arm over a WebSocket on loopback. */
export type Client = AsyncDisposable & {
  readonly page: Page;
  readonly terminal: OpenedArm;
  /** Resolves when the page draws the next sign that a flood ended. */
  drawn(): Promise<void>;
};

export type ClientPages = AsyncDisposable & {
  open(arm: Arm, program: string): Promise<Client>;
  /** The page alone, with no program behind it. */
  visit(): Promise<AsyncDisposable & { readonly page: Page }>;
};

type Message = { key?: string; acknowledged?: number; drawnInMs?: number; done?: true };

const SETTLE_MS = 1000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

export async function openClientPages(): Promise<ClientPages> {
  const files = await buildPage('index.html');
  await using resources = new AsyncDisposableStack();
  resources.use(keepProcess());
  const server = createServer((request, response) => {
    const file = files.get(
      new URL(request.url ?? '/', 'http://bench').pathname.replace(/^\/$/, '/index.html'),
    );
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
    // A browser is busy with a new page for a while.
    await wait(SETTLE_MS);
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
      let tellDrawn = () => {};
      const terminal = arm.open(program, (bytes) => socket.send(bytes));
      listen(socket, terminal, () => tellDrawn());
      return {
        page,
        terminal,
        drawn: () => new Promise((resolve) => (tellDrawn = resolve)),
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
