import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** What a provider is to answer; empty, it repeats the question after the model's name. */
export type Answer = {
  readonly text?: string;
  readonly reasoning?: string;
  /** Tools that are wanted, after the text. */
  readonly calls?: readonly { readonly name: string; readonly input: unknown }[];
  /** Tokens. */
  readonly usage?: { readonly input: number; readonly output: number };
  /** How many pieces the text is streamed in. */
  readonly pieces?: number;
  /** Time between two pieces. */
  readonly paceMs?: number;
  /** An HTTP error instead of an answer. */
  readonly error?: {
    readonly status: number;
    readonly message: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** Does with the connection whatever it likes, in the place of an answer. */
  readonly spoilt?: (response: ServerResponse) => void;
  /** After so many pieces of the text nothing more comes until `release`; with 0 not even the headers. */
  readonly hold?: number;
};

/** How a held answer goes on: to its end, by a broken connection, or with an event that is no JSON. */
export type Continuation = 'on' | 'cut' | 'spoil';

/** One request to a provider and what became of it. */
export class Exchange {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  readonly model: string;
  /** As the protocol of the path reads them, system prompt included. */
  messages: readonly { readonly role: string; readonly text: string }[] = [];
  status: 'open' | 'complete' | 'aborted' = 'open';
  readonly startedAt = Date.now();
  endedAt: number | undefined;
  readonly #released = Promise.withResolvers<Continuation>();

  constructor(request: IncomingMessage, rawBody: string) {
    this.path = request.url ?? '';
    this.headers = request.headers;
    this.rawBody = rawBody;
    const { model } = JSON.parse(rawBody) as { model?: string };
    // Google names the model in the address.
    this.model = model ?? /\/models\/([^:]+):/.exec(this.path)?.[1] ?? '';
  }

  get key(): string | undefined {
    const { authorization } = this.headers;
    const key =
      this.headers['x-api-key'] ?? this.headers['x-goog-api-key'] ?? authorization?.replace(/^Bearer /, '');
    return key?.toString();
  }

  /** The last thing the user said. */
  get question(): string {
    return this.messages.findLast(({ role }) => role === 'user')?.text ?? '';
  }

  /** All that was said, without the system prompt. */
  get conversation(): string[] {
    return this.messages.filter(({ role }) => role !== 'system').map(({ role, text }) => `${role}: ${text}`);
  }

  release(how: Continuation = 'on'): void {
    this.#released.resolve(how);
  }

  end(status: 'complete' | 'aborted'): void {
    this.status = status;
    this.endedAt = Date.now();
    this.release();
  }

  /** Waits where the answer is held after so many pieces; false when nothing more may be sent. */
  async mayGoOn(pieces: number, { hold }: Answer, response: ServerResponse): Promise<boolean> {
    const how = hold === pieces ? await this.#released.promise : 'on';
    if (how === 'cut') response.destroy();
    if (how === 'spoil') {
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('data: {"broken\n\n');
    }
    return !response.destroyed && !response.writableEnded;
  }
}
