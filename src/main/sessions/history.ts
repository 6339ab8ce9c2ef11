import type { Message } from '../../shared/agent.ts';
import type { TurnId } from '../../shared/ids.ts';

/**
 * What the model is told: every turn's user message and its last answer (an earlier one was retried), up to and with the
 * user message of the turn that is about to run.
 */
export function historyForTurn(messages: readonly Message[], turnId: TurnId): Message[] {
  const lastAnswers = new Map<TurnId, Message>();
  for (const message of messages) if (message.role === 'assistant') lastAnswers.set(message.turnId, message);
  lastAnswers.delete(turnId);
  return messages.filter((message) => message.role === 'user' || message === lastAnswers.get(message.turnId));
}

/** Whether an answer brought anything: a retry takes the place of one that did not. */
export function isEmpty(message: Message): boolean {
  return message.parts.every(
    (part) => (part.type === 'text' || part.type === 'reasoning') && part.text === '',
  );
}
