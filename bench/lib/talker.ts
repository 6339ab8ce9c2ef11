import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const INTERVAL_MS = 20;
const INTERVALS_A_PARAGRAPH = 10;

export type Talker = AsyncDisposable & {
  readonly baseUrl: string;
  /** Answers that are being given now. */
  readonly talking: number;
};

/** A provider of the chat completions protocol that talks without end, in paragraphs, at the pace of a quick model unless told otherwise. */
export async function startTalker(tokensPerSecond = 200): Promise<Talker> {
  let talking = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    talking += 1;
    const event = (content: string) =>
      `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content } }] })}\n\n`;
    const words = event('word ').repeat((tokensPerSecond * INTERVAL_MS) / 1000);
    let intervals = 0;
    const timer = setInterval(() => {
      intervals += 1;
      response.write(intervals % INTERVALS_A_PARAGRAPH === 0 ? words + event('\n\n') : words);
    }, INTERVAL_MS);
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
