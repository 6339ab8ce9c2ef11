import { Fragment } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatCount, formatDollars } from '../../ui/format-amounts.ts';
import { shortDay } from './period.ts';
import type { PlotDay } from './plot-data.ts';
import { FILLS, Swatch } from './series-fill.tsx';

const TICK = { fill: 'var(--c-faint)', fontSize: 11 };

/** Stacked bars, one a day. */
export default function CostBars({
  series,
  days,
  limit,
}: {
  readonly series: readonly string[];
  readonly days: readonly PlotDay[];
  readonly limit: number | undefined;
}) {
  const today = days.at(-1)?.day;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={days} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--c-line)" />
        <XAxis
          dataKey="day"
          tickFormatter={(day: string) => (day === today ? 'Today' : shortDay(day))}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          minTickGap={16}
        />
        <YAxis
          tickFormatter={(dollars: number) =>
            Number.isInteger(dollars) ? `$${formatCount(dollars)}` : formatDollars(dollars)
          }
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width="auto"
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--c-hover)' }}
          content={<DayFigures series={series} days={days} />}
        />
        {limit !== undefined && (
          <ReferenceLine y={limit} stroke="var(--c-muted)" strokeDasharray="2 4" ifOverflow="extendDomain" />
        )}
        {series.map((name, index) => (
          <Bar
            key={name}
            name={name}
            dataKey={({ costs }: PlotDay) => costs[name] ?? 0}
            stackId="cost"
            maxBarSize={28}
            isAnimationActive={false}
            {...FILLS[index]}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

/** What lies under the pointer, in the order in which the bar is stacked. The plot hands over the first two. */
function DayFigures({
  active = false,
  label,
  series,
  days,
}: {
  readonly active?: boolean;
  readonly label?: string;
  readonly series: readonly string[];
  readonly days: readonly PlotDay[];
}) {
  const day = days.find((each) => each.day === label);
  if (!active || !day) return null;
  return (
    <dl className="usage-day">
      <dt className="strong">{shortDay(day.day)}</dt>
      <dd className="strong">{formatDollars(day.total)}</dd>
      {series
        .map((name, index) => ({ name, index, cost: day.costs[name] ?? 0 }))
        .filter(({ cost }) => cost > 0)
        .toReversed()
        .map(({ name, index, cost }) => (
          <Fragment key={name}>
            <dt>
              <Swatch index={index} />
              {name}
            </dt>
            <dd>{formatDollars(cost)}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
