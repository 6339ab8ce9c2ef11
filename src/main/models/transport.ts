import { AsyncLocalStorage } from 'node:async_hooks';
import type { LanguageModelMiddleware } from 'ai';
import type { ProviderKind } from '../../shared/models.ts';
import { failureInJson } from './line-follower.ts';
import { watchBody } from './stream-end.ts';
import { connectionFailed, TransportError } from './transport-error.ts';

type Fetch = typeof globalThis.fetch;
type Call = { failure?: TransportError };

/** How a provider's package reaches its server. */
export type Transport = {
  /** For requests to a model, whose answers are watched for a good end. */
  readonly fetch: Fetch;
  /** For all other requests. */
  readonly ask: Fetch;
  /** Tokens that requests carried, which a server may echo. */
  readonly tokens: ReadonlySet<string>;
  /** Puts what `fetch` found wrong with a stream in the place of its end, after all the text that came before. */
  readonly middleware: LanguageModelMiddleware;
};

export function createTransport(kind: ProviderKind, fetch: Fetch): Transport {
  const calls = new AsyncLocalStorage<Call>();
  const tokens = new Set<string>();
  const ask: Fetch = (input, init) =>
    requestSameHost(fetch, new URL(input instanceof Request ? input.url : input), init);
  return {
    ask,
    tokens,
    fetch: async (input, init) => {
      const call = calls.getStore();
      const token = /^Bearer (.+)/.exec(new Headers(init?.headers).get('authorization') ?? '')?.[1];
      if (token) tokens.add(token);
      const response = await ask(input, init);
      if (!response.ok) return shortened(response);
      if (!call) return response;
      const body = await streamOf(kind, response);
      const report = (failure: TransportError) => {
        call.failure ??= failure;
      };
      const signal = init?.signal ?? undefined;
      return new Response(watchBody(body, { kind, signal, report }), response);
    },
    middleware: {
      specificationVersion: 'v4',
      wrapStream: ({ doStream }) => {
        const call: Call = {};
        return calls.run(call, async () => {
          const result = await doStream();
          return { ...result, stream: result.stream.pipeThrough(tellFailure(call)) };
        });
      },
    },
  };
}

type Streamed = Awaited<ReturnType<NonNullable<LanguageModelMiddleware['wrapStream']>>>;
type Part = Streamed['stream'] extends ReadableStream<infer StreamPart> ? StreamPart : never;

function tellFailure(call: Call): TransformStream<Part, Part> {
  return new TransformStream({
    transform(part, controller) {
      const isSuperseded = call.failure && (part.type === 'finish' || part.type === 'error');
      if (!isSuperseded) controller.enqueue(part);
    },
    flush(controller) {
      if (call.failure) controller.enqueue({ type: 'error', error: call.failure });
    },
  });
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 5;

/** Never takes a key to another host: `fetch` itself would drop `Authorization` on the way, but forward `x-api-key`. */
async function requestSameHost(fetch: Fetch, first: URL, init: RequestInit | undefined): Promise<Response> {
  let url = first;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await request(fetch, url, init);
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
    if (location === null) return response;
    await response.body?.cancel();
    const next = URL.parse(location, url);
    if (next?.host !== url.host || (url.protocol === 'https:' && next.protocol !== 'https:')) {
      throw new TransportError(
        'bad-response',
        `redirected to another host, ${next?.origin ?? 'which cannot be read'}, and was not followed, so that your key ` +
          'stays here. Check base_url in settings.toml.',
      );
    }
    url = next;
  }
  throw new TransportError(
    'bad-response',
    `redirected more than ${MAX_REDIRECTS} times. Check base_url in settings.toml.`,
  );
}

async function request(fetch: Fetch, url: URL, init: RequestInit | undefined): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'manual' });
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw connectionFailed(error, url);
  }
}

/** Of an error: more is no message to anyone, and one without end would fill the memory. */
const MAX_ERROR_BYTES = 64 * 1024;

/** The beginning of an error's body, which its package reads whole. */
function shortened(response: Response): Response {
  const reader = response.body?.getReader();
  if (!reader) return response;
  let left = MAX_ERROR_BYTES;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // What cannot be read to its end, as a broken gzip, is told as far as it came.
      const { done, value = EMPTY } = await reader.read().catch(() => ({ done: true, value: EMPTY }));
      if (value.length > 0) controller.enqueue(value.subarray(0, left));
      left -= value.length;
      if (!done && left > 0) return;
      controller.close();
      await reader.cancel().catch(() => {});
    },
    cancel: (reason) => reader.cancel(reason).catch(() => {}),
  });
  return new Response(body, response);
}

const EMPTY = new Uint8Array();
const STREAM_CONTENT = /event-?stream|ndjson|octet-stream|text\/plain/;

/** Throws where there is no stream: a page of a proxy or a wrong address answers 200 too. */
async function streamOf(kind: ProviderKind, response: Response): Promise<ReadableStream<Uint8Array>> {
  const { body, status } = response;
  const base = 'Check base_url in settings.toml.';
  if (!body) throw new TransportError('bad-response', `answered nothing (${status}). ${base}`);
  const type = response.headers.get('content-type');
  if (!type || STREAM_CONTENT.test(type) || (kind === 'ollama' && type.includes('json'))) return body;
  const start = await shortened(response).text();
  const error = failureInJson(start);
  if (error?.code === 'provider-failed') throw error;
  throw new TransportError('bad-response', `answered with ${type} where a stream was due. ${base}`, start);
}
