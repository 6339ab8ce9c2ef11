import type { ServerResponse } from 'node:http';
import { encodeEventStreamFrame, encodeEventStreamMessage } from '@copilotkit/aimock';
import type { ProviderKind } from '../../../shared/models.ts';

type Wire = {
  readonly contentType: string;
  /** Begins an answer whose text is "Half". */
  readonly opening: string | Buffer;
  /** Ends it in good order. */
  readonly ending: string | Buffer;
  /** What the server may send to keep the connection open. */
  readonly keepAlive: string | Buffer;
  /** An event whose JSON is broken. */
  readonly broken: string | Buffer;
  /** An error of the provider in mid-stream, in these words: "Out of breath". */
  readonly error: string | Buffer;
};

/** Answers with "Half" and a good end. */
export function answerWhole(kind: ProviderKind, response: ServerResponse): void {
  const { contentType, opening, ending } = wires[kind];
  response.writeHead(200, { 'content-type': contentType });
  response.write(opening);
  response.end(ending);
}

export const sse = (...events: readonly object[]) =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
export const named = (...events: readonly { readonly type: string; readonly [field: string]: unknown }[]) =>
  events.map((event) => `event: ${event.type}\n${sse(event)}`).join('');
export const lines = (...events: readonly object[]) =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

export const chatChunk = (choice: object) => ({
  id: 'chat-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'one',
  choices: [{ index: 0, delta: {}, finish_reason: null, ...choice }],
});
export const ollamaLine = (content: string, done: boolean) => ({
  model: 'one',
  created_at: '2026-01-01T00:00:00Z',
  message: { role: 'assistant', content },
  done,
});
const brokenEvent = 'data: {"choices": [\n\n';

const chatEnding = (more: object = {}) =>
  `${sse({ ...chatChunk({ finish_reason: 'stop' }), ...more })}data: [DONE]\n\n`;

const chatCompletions: Wire = {
  contentType: 'text/event-stream',
  opening: sse(chatChunk({ delta: { role: 'assistant', content: 'Half' } })),
  ending: chatEnding(),
  keepAlive: ': keep-alive\n\n',
  broken: brokenEvent,
  error: sse({ error: { message: 'Out of breath', type: 'api_error', code: 500 } }),
};

const chatUsage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };

const message = { id: 'm', type: 'message', role: 'assistant', model: 'one', content: [], stop_reason: null };

export const response = { id: 'r', object: 'response', created_at: 1, model: 'one', output: [] };
const item = { type: 'message', id: 'i', role: 'assistant', status: 'in_progress', content: [] };

const responses: Wire = {
  contentType: 'text/event-stream',
  opening: named(
    { type: 'response.created', response },
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.output_text.delta', item_id: 'i', output_index: 0, content_index: 0, delta: 'Half' },
  ),
  ending: named(
    { type: 'response.output_item.done', output_index: 0, item },
    {
      type: 'response.completed',
      response: { ...response, status: 'completed', usage: { input_tokens: 1, output_tokens: 2 } },
    },
  ),
  keepAlive: ': keep-alive\n\n',
  broken: brokenEvent,
  error: named({
    type: 'error',
    code: 'server_error',
    message: 'Out of breath',
    param: null,
    sequence_number: 4,
  }),
};

const gemini: Wire = {
  contentType: 'text/event-stream',
  opening: sse({ candidates: [{ content: { role: 'model', parts: [{ text: 'Half' }] } }] }),
  ending: sse({
    candidates: [{ content: { role: 'model', parts: [{ text: '.' }] }, finishReason: 'STOP' }],
  }),
  keepAlive: ': keep-alive\n\n',
  broken: brokenEvent,
  error: sse({ error: { code: 500, message: 'Out of breath', status: 'INTERNAL' } }),
};

const frame = (headers: Record<string, string>, payload: string) =>
  encodeEventStreamFrame(headers, Buffer.from(payload));

const converse: Wire = {
  contentType: 'application/vnd.amazon.eventstream',
  opening: Buffer.concat([
    encodeEventStreamMessage('messageStart', { role: 'assistant' }),
    encodeEventStreamMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Half' } }),
  ]),
  ending: Buffer.concat([
    encodeEventStreamMessage('contentBlockStop', { contentBlockIndex: 0 }),
    encodeEventStreamMessage('messageStop', { stopReason: 'end_turn' }),
    encodeEventStreamMessage('metadata', { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } }),
  ]),
  keepAlive: frame({ ':message-type': 'event', ':event-type': 'keepAlive' }, '{}'),
  broken: frame({ ':message-type': 'event', ':event-type': 'contentBlockDelta' }, '{"delta": '),
  error: frame(
    { ':message-type': 'exception', ':exception-type': 'internalServerException' },
    JSON.stringify({ message: 'Out of breath' }),
  ),
};

/** What each protocol looks like on the wire, for servers that do what aimock does not. */
export const wires: Readonly<Record<ProviderKind, Wire>> = {
  anthropic: {
    contentType: 'text/event-stream',
    opening: named(
      { type: 'message_start', message: { ...message, usage: { input_tokens: 1, output_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Half' } },
    ),
    ending: named(
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
      { type: 'message_stop' },
    ),
    keepAlive: named({ type: 'ping' }),
    broken: 'event: content_block_delta\ndata: {"type": \n\n',
    error: named({ type: 'error', error: { type: 'overloaded_error', message: 'Out of breath' } }),
  },
  openai: responses,
  google: gemini,
  openrouter: { ...chatCompletions, keepAlive: ': OPENROUTER PROCESSING\n\n' },
  'openai-compatible': chatCompletions,
  ollama: {
    contentType: 'application/x-ndjson',
    opening: lines(ollamaLine('Half', false)),
    ending: lines({ ...ollamaLine('', true), done_reason: 'stop', prompt_eval_count: 11, eval_count: 7 }),
    keepAlive: '\n',
    broken: '{"model": \n',
    error: lines({ error: 'Out of breath' }),
  },
  azure: responses,
  bedrock: converse,
  vertex: gemini,
  groq: { ...chatCompletions, ending: chatEnding({ x_groq: { id: 'r', usage: chatUsage } }) },
  xai: responses,
  mistral: {
    ...chatCompletions,
    ending: chatEnding({ usage: chatUsage }),
    error: sse({ object: 'error', message: 'Out of breath', type: 'internal_server_error', code: '3000' }),
  },
  deepseek: chatCompletions,
};
