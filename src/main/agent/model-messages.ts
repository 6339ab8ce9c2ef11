import type { AssistantModelMessage, ModelMessage } from 'ai';
import type { Message } from '../../shared/agent.ts';
import type { ModelReference, ProviderKind } from '../../shared/models.ts';

/** The model that is asked. */
export type Recipient = { readonly kind: ProviderKind; readonly reference: ModelReference };

type AssistantPart = Exclude<AssistantModelMessage['content'], string>[number];

/**
 * The history as every provider accepts it: it begins with the user, roles take turns, and nothing is empty. Reasoning goes
 * back to the model that made it only, because its signature means nothing to another.
 */
export function toModelMessages(history: readonly Message[], recipient: Recipient): ModelMessage[] {
  const messages: ModelMessage[] = [];
  for (const message of history) {
    const content = message.role === 'user' ? textOf(message) : assistantParts(message, recipient);
    if (content.length === 0) continue;
    const last = messages.at(-1);
    if (typeof content === 'string') {
      if (last?.role === 'user') last.content = `${last.content as string}\n\n${content}`;
      else messages.push({ role: 'user', content });
    } else if (last?.role === 'assistant') {
      last.content = [...(last.content as AssistantPart[]), ...content];
    } else if (last) {
      messages.push({ role: 'assistant', content });
    }
  }
  return messages;
}

function textOf({ parts }: Message): string {
  const texts = parts.flatMap((part) => (part.type === 'text' && part.text.trim() !== '' ? [part.text] : []));
  return texts.join('\n\n');
}

/** Nothing for an answer without a word, even if it has reasoning: some providers refuse such a message. */
function assistantParts(message: Message, { kind, reference }: Recipient): AssistantPart[] {
  if (textOf(message) === '') return [];
  const isOwn = message.model === reference;
  return message.parts.flatMap((part): AssistantPart[] => {
    if (part.type === 'text') return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }];
    if (!isOwn || part.metadata?.kind !== kind) return [];
    const providerOptions = part.metadata.data as NonNullable<AssistantModelMessage['providerOptions']>;
    return [{ type: 'reasoning', text: part.text, providerOptions }];
  });
}
