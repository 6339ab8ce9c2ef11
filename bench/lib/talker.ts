import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const INTERVAL_MS = 20;
const WORDS_A_PARAGRAPH = 800;

export type Talker = AsyncDisposable & {
  readonly baseUrl: string;
  /** Answers that are being given now. */
  readonly talking: number;
};

export type TalkerOptions = {
  readonly tokensPerSecond?: number;
  /** So many tokens from the one with this number on; without it, paragraphs of one word. */
  readonly say?: (from: number, count: number) => string;
  /** Of each answer; without it an answer has no end. */
  readonly tokens?: number;
  /** Tokens that each answer begins with at once. */
  readonly opening?: number;
};

/** A provider of the chat completions protocol that talks, at the pace of a quick model unless told otherwise. */
export async function startTalker(options: TalkerOptions = {}): Promise<Talker> {
  let talking = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    talking += 1;
    const timer = talk(response, options);
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

/** By the clock, so that the pace holds on a busy machine too. */
function talk(
  response: ServerResponse,
  { tokensPerSecond = 200, say = sayWords, tokens = Number.POSITIVE_INFINITY, opening = 0 }: TalkerOptions,
): NodeJS.Timeout {
  const startedAt = performance.now();
  if (opening > 0) response.write(event({ delta: { content: say(0, opening) } }));
  let said = opening;
  const timer = setInterval(() => {
    const due = opening + Math.floor(((performance.now() - startedAt) / 1000) * tokensPerSecond);
    const until = Math.min(due, tokens);
    let events = '';
    for (; said < until; said += 1) events += event({ delta: { content: say(said, 1) } });
    if (events !== '') response.write(events);
    if (said < tokens) return;
    clearInterval(timer);
    response.end(`${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`);
  }, INTERVAL_MS);
  return timer;
}

function event(choice: object): string {
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] })}\n\n`;
}

function sayWords(from: number, count: number): string {
  const word = (number: number) => (number % WORDS_A_PARAGRAPH === 0 ? '\n\nword ' : 'word ');
  return Array.from({ length: count }, (_, index) => word(from + index + 1)).join('');
}
