import type { Message, MessagePart } from '../../shared/agent.ts';
import type { AgentEvent, ToolCall, ToolResult } from './types.ts';
import type { TurnDelta } from '../../shared/turn-delta.ts';

type TextKind = TurnDelta['kind'];

/** An answer as it grows: its parts, and which text the clients have not been told yet. */
export class Answer {
  readonly #message: Message;
  readonly #parts: MessagePart[];
  #untold: TurnDelta[] = [];

  constructor(message: Message) {
    this.#message = message;
    this.#parts = [...message.parts];
  }

  append(
    event: Extract<AgentEvent, { type: 'text-delta' | 'reasoning-delta' | 'reasoning-metadata' }>,
  ): void {
    if (event.type === 'reasoning-metadata') this.#setMetadata({ kind: event.kind, data: event.data });
    else this.#appendText(event.type === 'text-delta' ? 'text' : 'reasoning', event.text);
  }

  addCall(call: ToolCall): void {
    this.#parts.push(call);
  }

  addResult(result: ToolResult): void {
    this.#parts.push(result);
  }

  /** Calls without a result, in order. */
  get openCalls(): readonly ToolCall[] {
    const ended = new Set(
      this.#parts.flatMap((part) => (part.type === 'tool-result' ? [part.toolCallId] : [])),
    );
    return this.#parts
      .filter((part) => part.type === 'tool-call')
      .filter(({ toolCallId }) => !ended.has(toolCallId));
  }

  /** The request that they came with broke off: they are never made. */
  dropOpenCalls(): void {
    const open = new Set<MessagePart>(this.openCalls);
    this.#parts.splice(0, Infinity, ...this.#parts.filter((part) => !open.has(part)));
  }

  /** One delta a part with all its text since the last call. */
  takeDeltas(): readonly TurnDelta[] {
    const deltas = this.#untold;
    this.#untold = [];
    return deltas;
  }

  /** The message with all text so far. */
  get message(): Message {
    return { ...this.#message, parts: [...this.#parts] };
  }

  #appendText(kind: TextKind, text: string): void {
    const last = this.#parts.at(-1);
    // Metadata closes a reasoning part: what comes after it is another.
    const open = last?.type === kind && !('metadata' in last) ? (last as { text: string }) : undefined;
    const index = open ? this.#parts.length - 1 : this.#parts.length;
    const before = open?.text ?? '';
    this.#parts[index] = { type: kind, text: before + text };
    const untold = this.#untold.at(-1);
    if (untold?.part === index)
      this.#untold[this.#untold.length - 1] = { ...untold, text: untold.text + text };
    else this.#untold.push({ part: index, kind, offset: before.length, text });
  }

  #setMetadata(metadata: NonNullable<Extract<MessagePart, { type: 'reasoning' }>['metadata']>): void {
    const last = this.#parts.at(-1);
    const isOpen = last?.type === 'reasoning' && !last.metadata;
    if (isOpen) this.#parts[this.#parts.length - 1] = { ...last, metadata };
    else this.#parts.push({ type: 'reasoning', text: '', metadata });
  }
}
