import { lazy, Suspense } from 'react';
import type { UsageReport } from '../../../shared/usage.ts';
import { useCarrel } from '../../store/store.ts';
import { formatDollars } from '../../ui/format-amounts.ts';
import type { Span } from './period.ts';
import { plotData, plotInWords } from './plot-data.ts';
import { FILLS, Hatches } from './series-fill.tsx';

/** The plotting library is fetched when it is first needed, so that the window's start does not pay for it. */
const CostBars = lazy(() => import('./cost-bars.tsx'));

/** What each day cost, by provider; series differ by fill, and the table below has the same figures for the ear. */
export function CostPlot({ report, span }: { readonly report: UsageReport; readonly span: Span }) {
  const limit = useCarrel((state) => state.settings?.dayBudget);
  const { series, days } = plotData(report, span);
  return (
    <figure className="usage-plot">
      <figcaption>
        <span className="strong spacer">Cost a day</span>
        {series.map((name, index) => (
          <span key={name} className="usage-legend">
            <svg width="12" height="12" aria-hidden="true">
              <Hatches prefix="legend" />
              <rect x="0.5" y="0.5" width="11" height="11" rx="2" {...FILLS[index]?.('legend')} />
            </svg>
            {name}
          </span>
        ))}
        {limit !== undefined && (
          <span className="usage-legend">
            <svg width="16" height="12" aria-hidden="true">
              <path d="M0 6h16" stroke="var(--c-muted)" strokeDasharray="2 4" />
            </svg>
            daily budget {formatDollars(limit)}
          </span>
        )}
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the picture is a drawing of its own */}
      <div className="usage-bars" role="img" aria-label={plotInWords(days)}>
        <Suspense>
          <CostBars series={series} days={days} limit={limit} />
        </Suspense>
      </div>
    </figure>
  );
}
