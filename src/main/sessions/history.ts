import type { Message, MessagePart } from '../../shared/agent.ts';
import type { TurnId } from '../../shared/ids.ts';

/**
 * What the model is told before an answer: every message of the person, and of each turn its last answer. An earlier one was retried; where
 * tools had run in it, that much of it is told all the same, because they are not run again.
 */
export function historyBefore(messages: readonly Message[], answer: Message): Message[] {
  const before = messages.filter(({ sequence }) => sequence < answer.sequence);
  const last = new Map<TurnId, Message>();
  for (const message of before) if (message.role === 'assistant') last.set(message.turnId, message);
  last.delete(answer.turnId);
  return before.flatMap((message) => {
    if (message.role === 'user' || message === last.get(message.turnId)) return [message];
    const isWhole = message.status === 'complete';
    const parts = isWhole ? message.parts : settledParts(message.parts);
    return parts.some(({ type }) => type === 'tool-result') ? [{ ...message, parts }] : [];
  });
}

/** Up to the last result: what comes after it belongs to a request that broke off. */
function settledParts(parts: readonly MessagePart[]): MessagePart[] {
  return parts.slice(0, parts.findLastIndex(({ type }) => type === 'tool-result') + 1);
}

/** Calls that wait for their result, as after a crash while one was asked about. */
export function hasOpenCalls({ parts }: Message): boolean {
  const ended = new Set(parts.flatMap((part) => (part.type === 'tool-result' ? [part.toolCallId] : [])));
  return parts.some((part) => part.type === 'tool-call' && !ended.has(part.toolCallId));
}

/** Whether an answer brought anything: a retry takes the place of one that did not. */
export function isEmpty(message: Message): boolean {
  return message.parts.every(
    (part) => (part.type === 'text' || part.type === 'reasoning') && part.text === '',
  );
}
