import type { Message } from '../../shared/agent.ts';
import type { CarrelEvent, EventEnvelope } from '../../shared/contract.ts';
import { hasGapBefore, withDelta } from '../../shared/turn-delta.ts';
import type { Conversation } from './state.ts';

type Delta = Extract<CarrelEvent, { type: 'turn-delta' }>;
type ConversationEvent = Delta | Extract<CarrelEvent, { type: 'message-changed' | 'history-cleared' }>;

export const loadingConversation: Conversation = {
  status: 'loading',
  sequence: 0,
  messages: [],
  arrived: [],
};

/** What was loaded, with the events that arrived meanwhile on top. */
export function conversationLoaded(
  conversation: Conversation,
  loaded: { readonly sequence: number; readonly messages: readonly Message[] },
): Conversation {
  const start: Conversation = { status: 'loaded', ...loaded };
  return (conversation.arrived ?? []).reduce(conversationEvent, start);
}

/**
 * Applies one event. When something before it is missing, the conversation goes back to `loading`
 * and shows what it has until it is loaded again.
 */
export function conversationEvent(conversation: Conversation, envelope: EventEnvelope): Conversation {
  const { event, sequence } = envelope;
  if (!isOfConversation(event)) return conversation;
  if (conversation.status === 'failed') return conversation;
  if (conversation.status === 'loading') {
    return { ...conversation, arrived: [...(conversation.arrived ?? []), envelope] };
  }
  if (sequence <= conversation.sequence) return conversation;
  const messages = applyToMessages(conversation.messages, event);
  if (messages === 'gap') return { ...conversation, status: 'loading', arrived: [envelope] };
  return messages === conversation.messages ? conversation : { ...conversation, messages };
}

function isOfConversation(event: CarrelEvent): event is ConversationEvent {
  return ['message-changed', 'history-cleared', 'turn-delta'].includes(event.type);
}

function applyToMessages(messages: readonly Message[], event: ConversationEvent): readonly Message[] | 'gap' {
  if (event.type === 'history-cleared') return [];
  if (event.type === 'message-changed') return withMessage(messages, event.message);
  const index = messages.findLastIndex((message) => message.id === event.messageId);
  const message = messages[index];
  if (!message) return 'gap';
  // A late delta of a turn that has ended: its message came whole.
  if (message.status !== 'streaming') return messages;
  if (hasGapBefore(message, event)) return 'gap';
  const changed = withDelta(message, event);
  return changed === message ? messages : messages.with(index, changed);
}

function withMessage(messages: readonly Message[], changed: Message): readonly Message[] | 'gap' {
  const index = messages.findLastIndex((message) => message.id === changed.id);
  if (index !== -1) return messages.with(index, changed);
  const last = messages.at(-1);
  if (changed.sequence > (last?.sequence ?? 0) + 1) return 'gap';
  return [...messages, changed].sort((left, right) => left.sequence - right.sequence);
}
