import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Served = {
  readonly url: string;
  readonly port: number;
  /** In the order in which they came. */
  readonly requests: readonly IncomingMessage[];
  readonly bodies: readonly string[];
  /** Resolves when the client has let the first request go before it was answered whole. */
  readonly letGo: Promise<void>;
};

/** An HTTP server on this machine for as long as the test runs. */
export async function serve(listener: RequestListener): Promise<Served> {
  const requests: IncomingMessage[] = [];
  const bodies: string[] = [];
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  const server = createServer();
  server.on('request', (request, response) => {
    requests.push(request);
    response.once('close', () => {
      if (!response.writableFinished) resolve();
    });
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => (body += text));
    request.once('end', () => {
      bodies.push(body);
      listener(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, requests, bodies, letGo };
}
