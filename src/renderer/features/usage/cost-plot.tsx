import { lazy, Suspense } from 'react';
import type { UsageReport } from '../../../shared/usage.ts';
import { useCarrel } from '../../store/store.ts';
import { formatDollars } from '../../ui/format-amounts.ts';
import { shortDay, type Span } from './period.ts';
import { plotData, plotInWords, type Plot } from './plot-data.ts';
import { FillPatterns, Swatch } from './series-fill.tsx';

/** The plotting library is fetched when it is first needed, so that the window's start does not pay for it. */
const CostBars = lazy(() => import('./cost-bars.tsx'));

/** What each day cost, by provider; series differ by fill. The table beneath has the same figures without a pointer. */
export function CostPlot({ report, span }: { readonly report: UsageReport; readonly span: Span }) {
  const limit = useCarrel((state) => state.settings?.dayBudget);
  const plot = plotData(report, span);
  return (
    <figure className="usage-plot">
      <FillPatterns />
      <figcaption>
        <span className="strong spacer">Cost a day</span>
        {plot.series.map((name, index) => (
          <span key={name} className="usage-legend">
            <Swatch index={index} />
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
      <div className="usage-bars" role="img" aria-label={plotInWords(plot.days)}>
        <Suspense>
          <CostBars {...plot} limit={limit} />
        </Suspense>
      </div>
      {plot.series.length > 0 && (
        <details className="usage-figures">
          <summary>Figures of each day</summary>
          <DayTable plot={plot} />
        </details>
      )}
    </figure>
  );
}

function DayTable({ plot: { series, days } }: { readonly plot: Plot }) {
  return (
    <table className="usage-table">
      <thead>
        <tr>
          <th scope="col">Day</th>
          {series.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">Cost</th>
        </tr>
      </thead>
      <tbody>
        {days
          .filter(({ total }) => total > 0)
          .map(({ day, costs, total }) => (
            <tr key={day}>
              <th scope="row">{shortDay(day)}</th>
              {series.map((name) => (
                <td key={name}>{formatDollars(costs[name] ?? 0)}</td>
              ))}
              <td className="strong">{formatDollars(total)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
