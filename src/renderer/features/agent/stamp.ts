import type { Message } from '../../../shared/agent.ts';
import { formatDollars } from '../../ui/format-amounts.ts';

const numbers = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** What an answer was made with, and when it ended: each number has an owner. */
export function stampOf({
  model,
  mode,
  effort = 'default',
  usage,
  status,
  createdAt,
  endedAt,
}: Message): string[] {
  return [
    status === 'interrupted' && 'Interrupted',
    status === 'failed' && 'Cut off',
    model,
    mode,
    effort !== 'default' && `${effort} effort`,
    usage && tokensInWords(usage),
    usage?.cost !== undefined && formatDollars(usage.cost),
    clock.format(endedAt ?? createdAt),
  ].filter((piece): piece is string => Boolean(piece));
}

/** Providers may leave out either number. */
function tokensInWords({ inputTokens, outputTokens }: NonNullable<Message['usage']>): string {
  return [
    inputTokens !== undefined && `${numbers.format(inputTokens)} in`,
    outputTokens !== undefined && `${numbers.format(outputTokens)} out`,
  ]
    .filter(Boolean)
    .join(', ');
}
