import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { LLMock, type ChatMessage } from '@copilotkit/aimock';
import { Exchange, type Answer } from './exchange.ts';

const KINDS = {
  anthropic: '/v1',
  openai: '/v1',
  'openai-compatible': '/v1',
  google: '/v1beta',
  openrouter: '/api/v1',
  ollama: '/api',
} as const;

/** Pieces that a text is streamed in where an answer does not say. */
const USUAL_PIECES = 4;

/**
 * An HTTP server that speaks the protocol of every kind of provider. The protocols are aimock's; this front records what
 * was asked, and can hold an answer half-way until the test lets it go on, cuts it or spoils it.
 */
export class ProviderServer implements AsyncDisposable {
  /** In the order in which they began. */
  readonly exchanges: Exchange[] = [];
  /** The models that it lists when it is asked, as OpenAI lists them; undefined: it does not list any. */
  listed: readonly string[] | undefined;
  readonly #server: Server;
  readonly #protocols: LLMock;
  readonly #standing = new Map<string, Answer>();
  readonly #next = new Map<string, Answer[]>();

  private constructor(server: Server, protocols: LLMock) {
    this.#server = server;
    this.#protocols = protocols;
    server.on('request', (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<ProviderServer> {
    const protocols = await LLMock.create({ host: '127.0.0.1', port: 0 });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ProviderServer(server, protocols);
  }

  /** What `base_url` is set to for a provider of this kind. */
  baseUrl(kind: keyof typeof KINDS): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${KINDS[kind]}`;
  }

  /** From now on the model answers so. Without this it repeats the question after its own name. */
  answer(model: string, answer: Answer): void {
    this.#standing.set(model, answer);
  }

  /** The model's next answer; further calls wait their turn. */
  answerNext(model: string, answer: Answer): void {
    this.#next.set(model, [...(this.#next.get(model) ?? []), answer]);
  }

  exchangesOf(model: string): Exchange[] {
    return this.exchanges.filter((exchange) => exchange.model === model);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      // A question for its models, and no turn.
      response.writeHead(this.listed ? 200 : 404, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ object: 'list', data: this.listed?.map((id) => ({ id, object: 'model' })) }),
      );
      return;
    }
    const exchange = new Exchange(request, await text(request));
    this.exchanges.push(exchange);
    response.once('close', () => exchange.end(response.writableFinished ? 'complete' : 'aborted'));
    const answer = this.#next.get(exchange.model)?.shift() ?? this.#standing.get(exchange.model) ?? {};
    if (answer.spoilt) {
      answer.spoilt(response);
      return;
    }
    const { status, contentType, body, pieces } = await this.#compose(exchange, answer);
    if (!(await exchange.mayGoOn(0, answer, response))) return;
    response.writeHead(status, { 'content-type': contentType, ...answer.error?.headers });
    response.flushHeaders();
    const isLines = contentType.includes('ndjson');
    const events = body.split(isLines ? /(?<=\n)/ : /(?<=\n\n)/);
    let sent = 0;
    for (const event of events) {
      response.write(event);
      const piece = pieces[sent];
      if (piece === undefined || !event.includes(JSON.stringify(piece).slice(1, -1))) continue;
      sent += 1;
      if (!(await exchange.mayGoOn(sent, answer, response))) return;
      if (answer.paceMs !== undefined) await wait(answer.paceMs);
    }
    response.end();
  }

  /** The whole answer in the protocol of the request's path. */
  async #compose(exchange: Exchange, answer: Answer) {
    const key = `exchange-${this.exchanges.length}`;
    let pieces: string[] = [];
    const chunkSize = (content: string) => Math.ceil(content.length / (answer.pieces ?? USUAL_PIECES)) || 1;
    const fixture = {
      match: { context: key },
      response: ({ messages }: { messages: ChatMessage[] }) => {
        exchange.messages = messages.map(({ role, content }) => ({ role, text: plainText(content) }));
        const { error, usage, calls } = answer;
        if (error) return { status: error.status, error: { message: error.message, type: 'api_error' } };
        const content = answer.text ?? (calls ? '' : `${exchange.model}: ${exchange.question}`);
        fixture.chunkSize = chunkSize(content);
        pieces = cutIntoPieces(content, fixture.chunkSize);
        return {
          content,
          ...(calls && {
            toolCalls: calls.map(({ name, input }, index) => ({
              id: `call_${this.exchanges.length}_${index}`,
              name,
              arguments: JSON.stringify(input),
            })),
          }),
          ...(answer.reasoning && { reasoning: answer.reasoning }),
          ...(usage && nativeUsage(usage)),
        };
      },
      chunkSize: 1,
    };
    this.#protocols.addFixture(fixture);
    const answered = await fetch(`${this.#protocols.url}${exchange.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-aimock-context': key },
      body: exchange.rawBody,
    });
    const body = await answered.text();
    return { status: answered.status, contentType: answered.headers.get('content-type') ?? '', body, pieces };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#protocols.stop();
  }
}

function plainText(content: ChatMessage['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('');
}

function cutIntoPieces(content: string, size: number): string[] {
  return Array.from({ length: Math.ceil(content.length / size) }, (_, index) =>
    content.slice(index * size, (index + 1) * size),
  );
}

/** Each protocol picks its own names out of these. */
function nativeUsage({ input, output }: NonNullable<Answer['usage']>) {
  return {
    usage: {
      prompt_tokens: input,
      completion_tokens: output,
      input_tokens: input,
      output_tokens: output,
      promptTokenCount: input,
      candidatesTokenCount: output,
    },
  };
}
