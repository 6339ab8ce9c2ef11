import type { ProviderKind } from '../../../shared/models.ts';

type Wire = {
  readonly contentType: string;
  /** Begins an answer whose text is "Half". */
  readonly opening: string;
  /** Ends it in good order. */
  readonly ending: string;
  /** What the server may send to keep the connection open. */
  readonly keepAlive: string;
  /** An event whose JSON is broken. */
  readonly broken: string;
  /** An error of the provider in mid-stream, in these words: "Out of breath". */
  readonly error: string;
};

const sse = (...events: readonly object[]) =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
const named = (...events: readonly { readonly type: string; readonly [field: string]: unknown }[]) =>
  events.map((event) => `event: ${event.type}\n${sse(event)}`).join('');
const lines = (...events: readonly object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');

const chatChunk = (choice: object) => ({
  id: 'chat-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'one',
  choices: [{ index: 0, delta: {}, finish_reason: null, ...choice }],
});
const ollamaLine = (content: string, done: boolean) => ({
  model: 'one',
  created_at: '2026-01-01T00:00:00Z',
  message: { role: 'assistant', content },
  done,
});
const brokenEvent = 'data: {"choices": [\n\n';

const chatCompletions: Wire = {
  contentType: 'text/event-stream',
  opening: sse(chatChunk({ delta: { role: 'assistant', content: 'Half' } })),
  ending: `${sse(chatChunk({ finish_reason: 'stop' }))}data: [DONE]\n\n`,
  keepAlive: ': keep-alive\n\n',
  broken: brokenEvent,
  error: sse({ error: { message: 'Out of breath', code: 500 } }),
};

const message = { id: 'm', type: 'message', role: 'assistant', model: 'one', content: [], stop_reason: null };

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
  openai: {
    contentType: 'text/event-stream',
    opening: named(
      { type: 'response.created', response: { id: 'r', created_at: 1, model: 'one' } },
      { type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'i' } },
      { type: 'response.output_text.delta', item_id: 'i', output_index: 0, content_index: 0, delta: 'Half' },
    ),
    ending: named(
      { type: 'response.output_item.done', output_index: 0, item: { type: 'message', id: 'i' } },
      { type: 'response.completed', response: { id: 'r', usage: { input_tokens: 1, output_tokens: 2 } } },
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
  },
  google: {
    contentType: 'text/event-stream',
    opening: sse({ candidates: [{ content: { role: 'model', parts: [{ text: 'Half' }] } }] }),
    ending: sse({
      candidates: [{ content: { role: 'model', parts: [{ text: '.' }] }, finishReason: 'STOP' }],
    }),
    keepAlive: ': keep-alive\n\n',
    broken: brokenEvent,
    error: sse({ error: { code: 500, message: 'Out of breath', status: 'INTERNAL' } }),
  },
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
};
