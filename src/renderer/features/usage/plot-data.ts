import type { UsageReport } from '../../../shared/usage.ts';
import { formatDollars } from '../../ui/format-amounts.ts';
import { shortDay, type Span } from './period.ts';

/** More series than these cannot be told apart: the rest is one. */
const MAX_SERIES = 4;
const OTHERS = 'others';

export type PlotDay = {
  readonly day: string;
  readonly costs: Readonly<Record<string, number>>;
  readonly total: number;
};

export type Plot = { readonly series: readonly string[]; readonly days: readonly PlotDay[] };

/** Every day of the span with its cost by provider, and the providers with the dearest first. */
export function plotData({ days }: UsageReport, span: Span): Plot {
  const totals = new Map<string, number>();
  for (const { provider, cost } of days) totals.set(provider, (totals.get(provider) ?? 0) + cost);
  const paid = [...totals].filter(([, cost]) => cost > 0).sort(([, one], [, other]) => other - one);
  const own = paid
    .slice(0, paid.length > MAX_SERIES ? MAX_SERIES - 1 : MAX_SERIES)
    .map(([provider]) => provider);
  const seriesOf = (provider: string) => (own.includes(provider) ? provider : OTHERS);
  const plotted = span.days.map((day) => {
    const costs: Record<string, number> = {};
    for (const row of days) {
      if (row.day !== day || row.cost === 0) continue;
      const series = seriesOf(row.provider);
      costs[series] = (costs[series] ?? 0) + row.cost;
    }
    return { day, costs, total: Object.values(costs).reduce((sum, cost) => sum + cost, 0) };
  });
  return { series: paid.length > own.length ? [...own, OTHERS] : own, days: plotted };
}

/** The plot in a sentence. */
export function plotInWords(days: readonly PlotDay[]): string {
  const highest = days.reduce((most, day) => (day.total > most.total ? day : most));
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || highest.total === 0) return 'Cost a day: nothing was paid for.';
  const span = first === last ? shortDay(first.day) : `${shortDay(first.day)} to ${shortDay(last.day)}`;
  return `Cost a day, ${span}: highest ${formatDollars(highest.total)} on ${shortDay(highest.day)}, ${formatDollars(last.total)} today.`;
}
