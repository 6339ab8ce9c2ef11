import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import type { AgentError } from '../../../shared/agent.ts';
import type { ProviderKind } from '../../../shared/models.ts';
import { allKinds } from './ask.ts';
import { callWires, type WiredCall } from './wire-calls.ts';
import { wires } from './wire.ts';

/** What a provider does wrong, and what a person is told of it. */
export type Fault = {
  readonly does: string;
  readonly answer: (kind: ProviderKind, response: ServerResponse, request: IncomingMessage) => unknown;
  readonly code: AgentError['code'];
  readonly says: RegExp;
  /** In the details fold. */
  readonly details?: RegExp;
  /** The text that is kept; none where there is nothing to keep. */
  readonly keeps?: string;
  /** How long to wait before it is asked again by itself, in seconds; absent where it is not. */
  readonly waits?: number;
  readonly idleTimeoutMs?: number;
  readonly kinds?: readonly ProviderKind[];
};

const BLOCK_KINDS = allKinds.filter((kind) => !['google', 'vertex', 'ollama'].includes(kind));
const SSE_KINDS = allKinds.filter((kind) => !['ollama', 'bedrock'].includes(kind));

const RESPONSES_KINDS: ReadonlySet<ProviderKind> = new Set(['openai', 'azure', 'xai']);
/** One of each protocol, where a test takes its time. */
const PROTOCOLS: readonly ProviderKind[] = [
  'anthropic',
  'openai',
  'google',
  'ollama',
  'openai-compatible',
  'bedrock',
];

const json = { 'content-type': 'application/json' };
const status =
  (number: number, body: string | object = '', headers: Record<string, string> = json) =>
  (_: ProviderKind, response: ServerResponse) =>
    response.writeHead(number, headers).end(typeof body === 'string' ? body : JSON.stringify(body));

function begin(kind: ProviderKind, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': wires[kind].contentType });
  response.write(wires[kind].opening);
}

function begun(rest: (kind: ProviderKind, response: ServerResponse) => unknown): Fault['answer'] {
  return (kind, response) => {
    begin(kind, response);
    rest(kind, response);
  };
}

const words = (message: string, more: object = {}) => ({ error: { message, ...more } });
const call: WiredCall = { json: '{"path":"a.txt"}', id: 'call_one1' };
const MEGABYTE = 'x'.repeat(1_000_000);

export const faults: readonly Fault[] = [
  {
    does: 'refuses the key',
    answer: status(401, words('Invalid key')),
    code: 'credential-refused',
    says: /refused the key \(401\)\. Check /,
    details: /Invalid key/,
  },
  {
    does: 'forbids it to this key',
    answer: status(403, words('Not for you')),
    code: 'credential-refused',
    says: /\(403\)\. Check /,
    details: /Not for you/,
  },
  {
    does: 'does not know the model',
    answer: status(404, words('No such model')),
    code: 'model-unknown',
    says: /does not know one \(404\)\. Choose another model/,
  },
  {
    does: 'limits requests, with seconds',
    answer: status(429, words('Slow down'), { ...json, 'retry-after': '7' }),
    code: 'rate-limited',
    says: /Try again in 7 s/,
    waits: 7,
  },
  {
    does: 'limits requests, with a date',
    answer: (kind, response) =>
      status(429, words('Slow down'), {
        ...json,
        'retry-after': new Date(Date.now() + 3_600_000).toUTCString(),
      })(kind, response),
    code: 'rate-limited',
    says: /Try again in 3[56]\d\d s/,
  },
  {
    does: 'limits requests, without a word of when',
    answer: status(429, words('Slow down')),
    code: 'rate-limited',
    says: /Try again in a while/,
    waits: 1,
  },
  {
    does: 'limits requests, in milliseconds',
    answer: status(429, words('Slow down'), { ...json, 'retry-after-ms': '2500' }),
    code: 'rate-limited',
    says: /Try again in 3 s/,
    waits: 3,
  },
  {
    does: 'limits requests, with the time in its body',
    answer: status(429, words('Slow down', { details: [{ '@type': 'RetryInfo', retryDelay: '4.2s' }] })),
    code: 'rate-limited',
    says: /Try again in 5 s/,
    waits: 5,
  },
  {
    does: 'is overloaded, and says for how long',
    answer: status(503, words('Overloaded'), { ...json, 'retry-after': '6' }),
    code: 'provider-failed',
    says: /Overloaded\. Try again in 6 s/,
    waits: 6,
  },
  {
    does: 'wants to be paid',
    answer: status(402, words('Add credits')),
    code: 'quota-spent',
    says: /account.*Add credits|credit|Check your account/,
    details: /Add credits/,
  },
  {
    does: 'says with a 429 that the quota is spent',
    answer: status(429, words('You exceeded your current quota', { code: 'insufficient_quota' })),
    code: 'quota-spent',
    says: /Check your account/,
  },
  {
    does: 'finds the conversation too long',
    answer: status(400, words("This model's maximum context length is 8192 tokens.")),
    code: 'context-exceeded',
    says: /\/compact|\/clear|model with a larger window/,
  },
  {
    does: 'finds the request too large',
    answer: status(413, words('Request too large')),
    code: 'context-exceeded',
    says: /larger window/,
  },
  {
    does: 'refuses the request in its own words',
    answer: status(400, words('temperature: wrong')),
    code: 'request-refused',
    says: /temperature: wrong/,
  },
  ...[500, 502, 503, 504, 529].map((number): Fault => ({
    does: `fails with ${number}`,
    answer: status(number, words('Broken')),
    code: 'provider-failed',
    says: new RegExp(`\\(${number}\\): Broken.*Try again`, 's'),
    waits: 1,
  })),
  {
    does: 'fails with a page of a proxy',
    answer: status(502, '<html><head><title>Bad gateway</title></head><body><h1>nginx</h1></body></html>', {
      'content-type': 'text/html',
    }),
    code: 'provider-failed',
    says: /^work \(127\.0\.0\.1:\d+\) failed \(502\)(: Bad Gateway)?\. Try again\.$/,
    details: /nginx/,
    waits: 1,
  },
  {
    does: 'fails without a body',
    answer: status(500),
    code: 'provider-failed',
    says: /failed \(500\)/,
    waits: 1,
  },
  {
    does: 'fails with a body without end',
    answer: (_, response) => {
      response.writeHead(500, json);
      const write = () => {
        while (!response.destroyed && response.write(MEGABYTE));
      };
      response.on('drain', write);
      write();
    },
    code: 'provider-failed',
    says: /failed \(500\)/,
    waits: 1,
  },
  {
    does: 'fails and never ends its error',
    answer: (_, response) => response.writeHead(500, json).write('{"error":'),
    code: 'timed-out',
    says: /sent nothing for 0\.3 s\. Try again/,
    idleTimeoutMs: 300,
    kinds: PROTOCOLS,
  },
  {
    does: 'answers with a page',
    answer: status(200, '<h1>Sign in</h1>', { 'content-type': 'text/html' }),
    code: 'bad-response',
    says: /text\/html where a stream was due\. Check base_url/,
    details: /Sign in/,
  },
  {
    does: 'answers with an error as good JSON',
    answer: status(200, words('Overloaded')),
    code: 'provider-failed',
    says: /Overloaded/,
  },
  {
    does: 'answers with an error as plain text',
    answer: status(200, words('Overloaded'), { 'content-type': 'text/plain' }),
    code: 'provider-failed',
    says: /Overloaded/,
    kinds: SSE_KINDS,
  },
  {
    does: 'answers with nothing',
    answer: (kind, response) => response.writeHead(200, { 'content-type': wires[kind].contentType }).end(),
    code: 'stream-cut',
    says: /Try again/,
  },
  { does: 'answers 204', answer: status(204), code: 'bad-response', says: /Check base_url/ },
  {
    does: 'ends well, without a word',
    answer: (kind, response) =>
      response.writeHead(200, { 'content-type': wires[kind].contentType }).end(silent(kind)),
    code: 'provider-failed',
    says: /without a word\. Try again/,
    kinds: BLOCK_KINDS.concat('ollama'),
  },
  {
    does: 'never answers',
    answer: () => {},
    code: 'timed-out',
    says: /sent nothing for 0\.1 s\. Try again/,
    idleTimeoutMs: 100,
    kinds: PROTOCOLS,
  },
  {
    does: 'hangs after its headers',
    answer: (kind, response) =>
      response.writeHead(200, { 'content-type': wires[kind].contentType }).flushHeaders(),
    code: 'timed-out',
    says: /sent nothing for 0\.2 s/,
    idleTimeoutMs: 200,
    kinds: PROTOCOLS,
  },
  {
    does: 'sends keep-alives and nothing else',
    answer: (kind, response) => {
      response.writeHead(200, { 'content-type': wires[kind].contentType });
      const beat = setInterval(() => response.write(wires[kind].keepAlive), 20);
      response.once('close', () => clearInterval(beat));
    },
    code: 'timed-out',
    says: /sent nothing for 0\.3 s/,
    idleTimeoutMs: 300,
    kinds: PROTOCOLS,
  },
  {
    does: 'hangs in mid-stream',
    answer: begun(() => {}),
    code: 'timed-out',
    says: /sent nothing for 0\.3 s/,
    keeps: 'Half',
    idleTimeoutMs: 300,
    kinds: PROTOCOLS,
  },
  {
    does: 'breaks the connection in mid-stream',
    answer: begun((_, response) => setTimeout(() => response.destroy(), 20)),
    code: 'stream-cut',
    says: /broke off before the answer was whole\. Try again/,
    keeps: 'Half',
  },
  {
    does: 'resets the connection in mid-stream',
    answer: begun((_, response) => setTimeout(() => response.socket?.resetAndDestroy(), 20)),
    code: 'stream-cut',
    says: /broke off/,
    keeps: 'Half',
  },
  {
    does: 'ends the stream half-way',
    answer: begun((_, response) => response.end()),
    code: 'stream-cut',
    says: /broke off/,
    keeps: 'Half',
  },
  {
    does: 'sends fewer bytes than it said',
    answer: (kind, response) => {
      response.writeHead(200, { 'content-type': wires[kind].contentType, 'content-length': '100000' });
      response.write(wires[kind].opening);
      setTimeout(() => response.destroy(), 20);
    },
    code: 'stream-cut',
    says: /broke off/,
    keeps: 'Half',
  },
  {
    does: 'breaks off in the middle of a call',
    answer: begun((kind, response) => {
      response.write(callWires[kind].open({ ...call, json: '{"path":"a.t' }));
      setTimeout(() => response.destroy(), 20);
    }),
    code: 'stream-cut',
    says: /broke off/,
    keeps: 'Half',
  },
  {
    does: 'ends the stream in the middle of a call',
    answer: begun((kind, response) => response.end(callWires[kind].open({ ...call, json: '{"path":"a.t' }))),
    code: 'stream-cut',
    says: /broke off/,
    keeps: 'Half',
  },
  {
    does: 'ends the stream after a whole call, without an ending',
    answer: begun((kind, response) => {
      response.write(callWires[kind].open(call));
      response.end(callWires[kind].close(call));
    }),
    code: 'stream-cut',
    says: /broke off/,
    keeps: 'Half',
  },
  {
    does: 'hangs in the middle of a call',
    answer: begun((kind, response) =>
      response.write(callWires[kind].open({ ...call, json: '{"path":"a.t' })),
    ),
    code: 'timed-out',
    says: /sent nothing for/,
    keeps: 'Half',
    idleTimeoutMs: 300,
    kinds: PROTOCOLS,
  },
  {
    does: 'fails in mid-stream in its own words',
    answer: begun((kind, response) => response.end(wires[kind].error)),
    code: 'provider-failed',
    says: /.*/,
    details: /Out of breath/,
    keeps: 'Half',
  },
  {
    does: 'fails after a whole call',
    answer: begun((kind, response) => {
      response.write(callWires[kind].open(call));
      response.write(callWires[kind].close(call));
      response.end(wires[kind].error);
    }),
    code: 'provider-failed',
    says: /.*/,
    details: /Out of breath/,
    keeps: 'Half',
  },
  {
    does: 'sends an event that is no JSON',
    answer: begun((kind, response) => response.write(wires[kind].broken)),
    code: 'bad-response',
    says: /Check|Try again/,
    keeps: 'Half',
  },
  {
    does: 'goes over to a page in mid-stream',
    answer: begun((_, response) => response.end('<html><body>Gateway timeout</body></html>\n')),
    code: 'bad-response',
    says: /Try again/,
    details: /Gateway timeout/,
    keeps: 'Half',
    kinds: SSE_KINDS.concat('ollama'),
  },
  {
    does: 'sends a line of 100 MB',
    answer: begun((kind, response) => flood(response, 100, kind === 'ollama' ? '' : 'data: ')),
    code: 'bad-response',
    says: /too long.*Try again/,
    keeps: 'Half',
    kinds: SSE_KINDS.concat('ollama'),
  },
  {
    does: 'sends calls without end',
    answer: begun((kind, response) => {
      response.write(callWires[kind].open({ ...call, json: '{"path":"' }));
      const more = moreArguments(kind);
      const write = () => {
        while (!response.destroyed && response.write(more));
      };
      response.on('drain', write);
      write();
    }),
    code: 'bad-response',
    says: /no end\. Try again/,
    keeps: 'Half',
    kinds: BLOCK_KINDS,
  },
  {
    does: 'sends what is no gzip as gzip',
    answer: (kind, response) =>
      response
        .writeHead(200, { 'content-type': wires[kind].contentType, 'content-encoding': 'gzip' })
        .end('this is no gzip'),
    code: 'stream-cut',
    says: /Try again/,
  },
  {
    does: 'breaks off its gzip',
    answer: (kind, response) => {
      response.writeHead(200, { 'content-type': wires[kind].contentType, 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response, { end: false });
      gzip.write(wires[kind].opening);
      gzip.flush(() => setTimeout(() => response.end(), 20));
    },
    code: 'stream-cut',
    says: /Try again/,
    keeps: 'Half',
  },
  {
    does: 'redirects in circles',
    answer: (_, response, request) => response.writeHead(307, { location: request.url }).end(),
    code: 'bad-response',
    says: /redirected more than 5 times\. Check base_url/,
  },
  {
    does: 'redirects to another host',
    answer: (_, response) => response.writeHead(308, { location: 'http://example.com/v1' }).end(),
    code: 'bad-response',
    says: /redirected to another host.*Check base_url/,
  },
  {
    does: 'resets the connection before an answer',
    answer: (_, response) => response.socket?.resetAndDestroy(),
    code: 'network',
    says: /the connection was closed before an answer\./,
    waits: 1,
  },
  {
    does: 'speaks no HTTP',
    answer: (_, response) => response.socket?.end('220 mail.example.com ESMTP\r\n'),
    code: 'network',
    says: /Check base_url/,
    waits: 1,
  },
  {
    does: 'sends too many headers',
    answer: (_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(500_000) }).end(),
    code: 'network',
    says: /.*/,
    waits: 1,
  },
];

function silent(kind: ProviderKind): string | Buffer {
  if (RESPONSES_KINDS.has(kind))
    return String(wires[kind].ending).replace(/^.*?(?=event: response.completed)/s, '');
  if (kind !== 'anthropic') return wires[kind].ending;
  const [start = ''] = String(wires[kind].opening).split('event: content_block_start');
  return start + String(wires[kind].ending).replace(/^.*?(?=event: message_delta)/s, '');
}

function flood(response: ServerResponse, megabytes: number, start: string): void {
  response.write(start);
  let left = megabytes;
  const write = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(MEGABYTE)) return;
    }
    if (left === 0) response.end('\n');
  };
  response.on('drain', write);
  write();
}

function moreArguments(kind: ProviderKind): string | Buffer {
  const opened = callWires[kind].open({ ...call, json: 'x'.repeat(100_000) });
  if (Buffer.isBuffer(opened)) return opened.subarray(opened.readUInt32BE(0));
  return opened.split(/(?<=\n\n)/).at(-1) ?? '';
}
