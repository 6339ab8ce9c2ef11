import type { Message } from './agent.ts';

/** Text at the end of a part of a streaming message; `offset` is the part's length before it. */
export type TurnDelta = {
  readonly part: number;
  readonly kind: 'text' | 'reasoning';
  readonly offset: number;
  readonly text: string;
};

/** What is missing before a delta can be added: nothing may be guessed. */
export function hasGapBefore(message: Message, delta: TurnDelta): boolean {
  return delta.part > message.parts.length || delta.offset > textAt(message, delta).length;
}

/** The message with the delta added once, however often it is told; the message itself where the delta is already in it. */
export function withDelta(message: Message, delta: TurnDelta): Message {
  const before = textAt(message, delta);
  const missing = delta.text.slice(Math.max(0, before.length - delta.offset));
  if (missing === '' || hasGapBefore(message, delta)) return message;
  const part = { ...message.parts[delta.part], type: delta.kind, text: before + missing };
  return { ...message, parts: message.parts.toSpliced(delta.part, 1, part) };
}

function textAt({ parts }: Message, { part }: TurnDelta): string {
  const present = parts[part];
  return present && 'text' in present ? present.text : '';
}
