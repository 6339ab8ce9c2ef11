import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const TOKENS_PER_SECOND = 200;
const INTERVAL_MS = 20;

export type Talker = AsyncDisposable & {
  readonly baseUrl: string;
  /** Answers that are being given now. */
  readonly talking: number;
};

/** A provider of the chat completions protocol that talks without end, at the pace of a quick model. */
export async function startTalker(): Promise<Talker> {
  let talking = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    talking += 1;
    const token = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'word ' } }] };
    const events = `data: ${JSON.stringify(token)}\n\n`.repeat((TOKENS_PER_SECOND * INTERVAL_MS) / 1000);
    const timer = setInterval(() => response.write(events), INTERVAL_MS);
    response.once('close', () => {
      clearInterval(timer);
      talking -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get talking() {
      return talking;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
