import type { Message, MessagePart } from '../../../shared/agent.ts';

/** What is said of an answer's parts that are whole, in order; those of nobody's interest are empty. */
export function finishedParts({ role, parts, status }: Message): string[] {
  if (role === 'user') return [];
  const whole = status === 'streaming' ? parts.slice(0, -1) : parts;
  return whole.map(inWords);
}

function inWords(part: MessagePart): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'tool-result') return `${part.toolName} ${part.isError ? 'failed' : 'is done'}`;
  return '';
}
