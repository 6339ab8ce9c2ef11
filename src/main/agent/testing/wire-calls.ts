import { encodeEventStreamMessage } from '@copilotkit/aimock';
import type { ProviderKind } from '../../../shared/models.ts';
import { assertNever } from '../../../shared/result.ts';
import { chatChunk, lines, named, ollamaLine, response, sse } from './wire.ts';

/** A call of the tool as a protocol streams it. `json` is what the model wrote as its input, be it JSON or not. */
export type WiredCall = {
  readonly json: string;
  readonly name?: string;
  /** Undefined: the server gives it none. */
  readonly id?: string | undefined;
  /** Place among the answer's calls, from 0. */
  readonly index?: number;
};

type CallWire = {
  /** The call begins, and so much of its input comes. */
  readonly open: (call: WiredCall) => string | Buffer;
  /** It is whole. Empty where a protocol does not say so. */
  readonly close: (call: WiredCall) => string | Buffer;
  /** The answer ends because of it. */
  readonly ending: string | Buffer;
};

const nameOf = ({ name = 'look' }: Pick<WiredCall, 'name'>) => name;
/** The text of the answer's opening is the first block. */
const blockOf = ({ index = 0 }: Pick<WiredCall, 'index'>) => index + 1;

const chatCompletions: CallWire = {
  open: ({ json, id, index = 0, ...call }) =>
    sse(
      chatChunk({
        delta: {
          role: 'assistant',
          tool_calls: [
            {
              index,
              ...(id !== undefined && { id }),
              type: 'function',
              function: { name: nameOf(call), arguments: json },
            },
          ],
        },
      }),
    ),
  close: () => '',
  ending: `${sse(chatChunk({ finish_reason: 'tool_calls' }))}data: [DONE]\n\n`,
};

const item = (call: WiredCall, status: string, json: string) => ({
  type: 'function_call',
  id: `item_${blockOf(call)}`,
  ...(call.id !== undefined && { call_id: call.id }),
  name: nameOf(call),
  arguments: json,
  status,
});
const responses: CallWire = {
  open: (call) =>
    named(
      {
        type: 'response.output_item.added',
        output_index: blockOf(call),
        item: item(call, 'in_progress', ''),
      },
      {
        type: 'response.function_call_arguments.delta',
        item_id: `item_${blockOf(call)}`,
        output_index: blockOf(call),
        delta: call.json,
      },
    ),
  close: (call) =>
    named(
      {
        type: 'response.function_call_arguments.done',
        item_id: `item_${blockOf(call)}`,
        output_index: blockOf(call),
        arguments: call.json,
      },
      {
        type: 'response.output_item.done',
        output_index: blockOf(call),
        item: item(call, 'completed', call.json),
      },
    ),
  ending: named({ type: 'response.completed', response: { ...response, status: 'completed' } }),
};

/** Protocols that send a call in one piece: half of it is a line without its end. */
const gemini: CallWire = {
  open: (call) => {
    const part = `{"functionCall":{"name":${JSON.stringify(nameOf(call))},"args":${call.json}`;
    return `data: {"candidates":[{"content":{"role":"model","parts":[${part}`;
  },
  close: () => '}}]}}]}\n\n',
  ending: sse({ candidates: [{ content: { role: 'model', parts: [] }, finishReason: 'STOP' }] }),
};
const ollama: CallWire = {
  open: (call) =>
    `{"model":"one","created_at":"2026-01-01T00:00:00Z","done":false,"message":{"role":"assistant","content":"",` +
    `"tool_calls":[{"function":{"name":${JSON.stringify(nameOf(call))},"arguments":${call.json}`,
  close: () => '}}]}}\n',
  ending: lines({ ...ollamaLine('', true), done_reason: 'stop' }),
};

const converse: CallWire = {
  open: ({ json, id, ...call }) =>
    Buffer.concat([
      encodeEventStreamMessage('contentBlockStart', {
        contentBlockIndex: blockOf(call),
        start: { toolUse: { ...(id !== undefined && { toolUseId: id }), name: nameOf(call) } },
      }),
      encodeEventStreamMessage('contentBlockDelta', {
        contentBlockIndex: blockOf(call),
        delta: { toolUse: { input: json } },
      }),
    ]),
  close: (call) => encodeEventStreamMessage('contentBlockStop', { contentBlockIndex: blockOf(call) }),
  ending: Buffer.concat([
    encodeEventStreamMessage('messageStop', { stopReason: 'tool_use' }),
    encodeEventStreamMessage('metadata', { usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 } }),
  ]),
};

const anthropic: CallWire = {
  open: ({ json, id, ...call }) =>
    named(
      {
        type: 'content_block_start',
        index: blockOf(call),
        content_block: {
          type: 'tool_use',
          ...(id !== undefined && { id }),
          name: nameOf(call),
          input: {},
        },
      },
      {
        type: 'content_block_delta',
        index: blockOf(call),
        delta: { type: 'input_json_delta', partial_json: json },
      },
    ),
  close: (call) => named({ type: 'content_block_stop', index: blockOf(call) }),
  ending: named(
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 2 } },
    { type: 'message_stop' },
  ),
};

/** How each protocol streams calls of tools, after the opening of an answer. */
export const callWires: Readonly<Record<ProviderKind, CallWire>> = {
  anthropic,
  openai: responses,
  google: gemini,
  openrouter: chatCompletions,
  ollama,
  'openai-compatible': chatCompletions,
  azure: responses,
  bedrock: converse,
  vertex: gemini,
  groq: chatCompletions,
  xai: responses,
  mistral: chatCompletions,
  deepseek: chatCompletions,
};

type Protocol = 'chat' | 'responses' | 'google' | 'ollama' | 'anthropic' | 'bedrock';

const PROTOCOLS: Partial<Record<ProviderKind, Protocol>> = {
  anthropic: 'anthropic',
  openai: 'responses',
  azure: 'responses',
  xai: 'responses',
  google: 'google',
  vertex: 'google',
  ollama: 'ollama',
  bedrock: 'bedrock',
};

const CUT_BY = {
  length: {
    chat: 'length',
    responses: 'max_output_tokens',
    google: 'MAX_TOKENS',
    ollama: 'length',
    anthropic: 'max_tokens',
    bedrock: 'max_tokens',
  },
  filter: {
    chat: 'content_filter',
    responses: 'content_filter',
    google: 'SAFETY',
    ollama: 'content_filter',
    anthropic: 'refusal',
    bedrock: 'guardrail_intervened',
  },
} as const;

/** The end of an answer that is not whole: its limit of length was reached, or a content filter stopped it. */
export function cutEnding(kind: ProviderKind, by: keyof typeof CUT_BY): string | Buffer {
  const protocol = PROTOCOLS[kind] ?? 'chat';
  const reason = CUT_BY[by][protocol];
  switch (protocol) {
    case 'chat':
      return `${sse(chatChunk({ finish_reason: reason }))}data: [DONE]\n\n`;
    case 'responses': {
      const cut = { ...response, status: 'incomplete', incomplete_details: { reason } };
      return named({ type: 'response.incomplete', response: cut });
    }
    case 'google':
      return sse({ candidates: [{ content: { role: 'model', parts: [] }, finishReason: reason }] });
    case 'ollama':
      return lines({ ...ollamaLine('', true), done_reason: reason });
    case 'anthropic':
      return named(
        { type: 'message_delta', delta: { stop_reason: reason }, usage: { output_tokens: 2 } },
        { type: 'message_stop' },
      );
    case 'bedrock':
      return encodeEventStreamMessage('messageStop', { stopReason: reason });
    default:
      return assertNever(protocol);
  }
}
