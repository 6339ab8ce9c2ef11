import { lookup as lookUp } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request as send, type Dispatcher } from 'undici';
import { isPrivateAddress } from './addresses.ts';

export type Lookup = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

export const systemLookup: Lookup = (hostname) => lookUp(hostname, { all: true });

/** Of an answer: the longest pages that people write have some hundred kB. */
const MAX_BYTES = 5 * 1024 * 1024;
const CONNECT_TIME_LIMIT_MS = 10_000;

export type Answer = {
  readonly type: 'answer';
  readonly status: number;
  readonly mediaType: string;
  readonly charset: string | undefined;
  readonly bytes: Buffer;
};

export type Fetched =
  | Answer
  | { readonly type: 'redirect'; readonly location: string }
  | { readonly type: 'private'; readonly address: string }
  | { readonly type: 'too-long'; readonly maxBytes: number }
  /** In words for a person. */
  | { readonly type: 'failed'; readonly reason: string };

export type RequestOptions = {
  readonly lookup: Lookup;
  /** Allows addresses that are not of the public internet. */
  readonly isPrivate: boolean;
  readonly signal: AbortSignal;
};

/** One GET request, to no other address than those that were looked up and checked here. Redirects are told, not followed. */
export async function request(url: URL, { lookup, isPrivate, signal }: RequestOptions): Promise<Fetched> {
  const name = url.hostname.replace(/^\[|\]$/g, '');
  try {
    const addresses = isIP(name)
      ? [{ address: name, family: isIP(name) }]
      : await withSignal(lookup(name), signal);
    const forbidden = isPrivate ? undefined : addresses.find(({ address }) => isPrivateAddress(address));
    if (forbidden) return { type: 'private', address: forbidden.address };
    const agent = new Agent({
      // Never looked up again: the answer could be another by then.
      connect: { lookup: pinnedTo(addresses), timeout: CONNECT_TIME_LIMIT_MS },
    });
    try {
      return await read(await send(url, { dispatcher: agent, signal, headers: HEADERS }));
    } finally {
      await agent.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    return { type: 'failed', reason: reasonOf(error) };
  }
}

const HEADERS = {
  'user-agent': 'Carrel (a terminal; fetched for a person)',
  accept: 'text/markdown, text/html;q=0.9, text/plain;q=0.8, application/json;q=0.8, */*;q=0.1',
  // What comes packed could be thousands of times as long.
  'accept-encoding': 'identity',
};

function pinnedTo(addresses: readonly { address: string; family: number }[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (!first) return callback(new Error('The name has no address.'), '', 0);
    if (options.all) return callback(null, [...addresses]);
    return callback(null, first.address, first.family);
  };
}

async function read({ statusCode: status, headers, body }: Dispatcher.ResponseData): Promise<Fetched> {
  const location = one(headers['location']);
  if (status >= 300 && status < 400 && location !== undefined) return { type: 'redirect', location };
  const encoding = one(headers['content-encoding']) ?? 'identity';
  if (encoding !== 'identity')
    return { type: 'failed', reason: `it came packed (${encoding}) although it was not asked to.` };
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) return { type: 'too-long', maxBytes: MAX_BYTES };
    chunks.push(chunk);
  }
  const contentType = one(headers['content-type']) ?? '';
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
  return { type: 'answer', status, mediaType, charset, bytes: Buffer.concat(chunks) };
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** A lookup cannot be stopped, but it can be left behind. */
function withSignal<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([promise, aborted]);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Where several addresses failed, the first says enough.
  const inner = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  return inner.message || ('code' in inner ? String(inner.code) : inner.name);
}
