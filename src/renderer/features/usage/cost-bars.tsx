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
import { formatDollars } from '../../ui/format-amounts.ts';
import { shortDay } from './period.ts';
import type { PlotDay } from './plot-data.ts';
import { FILLS, Hatches } from './series-fill.tsx';

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
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={days} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <Hatches prefix="bars" />
        <CartesianGrid vertical={false} stroke="var(--c-line)" />
        <XAxis
          dataKey="day"
          tickFormatter={shortDay}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          minTickGap={24}
        />
        <YAxis
          tickFormatter={formatDollars}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={56}
          domain={[0, 'auto']}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--c-hover)' }}
          contentStyle={{
            background: 'var(--c-card)',
            border: '1px solid var(--c-line-strong)',
            borderRadius: 6,
          }}
          labelFormatter={(day) => (typeof day === 'string' ? shortDay(day) : '')}
          formatter={(cost) => formatDollars(Number(cost))}
        />
        {limit !== undefined && (
          <ReferenceLine y={limit} ifOverflow="extendDomain" stroke="var(--c-muted)" strokeDasharray="2 4" />
        )}
        {series.map((name, index) => (
          <Bar
            key={name}
            name={name}
            dataKey={({ costs }: PlotDay) => costs[name] ?? 0}
            stackId="cost"
            maxBarSize={28}
            isAnimationActive={false}
            {...FILLS[index]?.('bars')}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
