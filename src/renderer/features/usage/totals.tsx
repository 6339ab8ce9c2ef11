import type { UsageReport } from '../../../shared/usage.ts';
import { formatCount, formatDollars, formatTokens } from '../../ui/format-amounts.ts';
import type { Span } from './period.ts';
import { percentOf } from './share.ts';

/** The four figures at the top. */
export function Totals({
  report: { total, before, local },
  span,
}: {
  readonly report: UsageReport;
  readonly span: Span;
}) {
  const localTokens = local.inputTokens + local.outputTokens;
  const figures = [
    {
      name: 'Cost',
      value: formatDollars(total.cost),
      more: comparison(total.cost, before.cost, span.days.length),
    },
    {
      name: 'Read',
      value: formatTokens(total.inputTokens),
      more: `tokens, ${percentOf(total.cachedInputTokens, total.inputTokens)} from cache`,
    },
    { name: 'Written', value: formatTokens(total.outputTokens), more: 'tokens' },
    {
      name: 'On this machine',
      value: formatTokens(localTokens),
      more: `tokens, ${percentOf(localTokens, total.inputTokens + total.outputTokens)} of all, free`,
    },
  ];
  return (
    <div>
      <dl className="usage-totals">
        {figures.map(({ name, value, more }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              <small>{more}</small>
            </dd>
          </div>
        ))}
      </dl>
      {total.unpriced > 0 && (
        <p className="usage-unpriced">
          {formatCount(total.unpriced)} {total.unpriced === 1 ? 'answer' : 'answers'} of unknown price{' '}
          {total.unpriced === 1 ? 'is' : 'are'} not in the cost.
        </p>
      )}
    </div>
  );
}

function comparison(cost: number, before: number, days: number): string {
  const span = days === 1 ? 'the day before' : `the ${days} days before`;
  if (before === 0) return `nothing in ${span}`;
  const change = Math.round((cost / before - 1) * 100);
  if (change === 0) return `as in ${span}`;
  return `${Math.abs(change)}% ${change > 0 ? 'over' : 'under'} ${span}`;
}
