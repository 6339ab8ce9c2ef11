import { textOf, type Message } from '../../../../shared/agent.ts';

/** Whether an answer in `plan` mode is something to begin with, and not a question that comes before it. */
export function endsWithPlan(message: Message): boolean {
  if (message.role !== 'assistant' || message.status !== 'complete' || message.mode !== 'plan') return false;
  const text = textOf(message).trim();
  const steps = text.match(/^\s*\d+[.)]\s.*$/gm) ?? [];
  if (steps.length > 0) return steps.some((step) => !step.trim().endsWith('?'));
  return text !== '' && !text.endsWith('?');
}
