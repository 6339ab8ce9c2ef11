import { TriangleAlert } from 'lucide-react';
import type { SessionId } from '../../../shared/ids.ts';
import type { UsageReport, UsageSums } from '../../../shared/usage.ts';
import { anySession } from '../../store/other-windows.ts';
import { useCarrel } from '../../store/store.ts';
import { formatCount, formatDollars, formatTokens } from '../../ui/format-amounts.ts';
import { Icon } from '../../ui/icon.tsx';
import { Meter } from '../../ui/meter.tsx';
import { ModelName } from '../../ui/model-name.tsx';
import { percentOf } from './share.ts';

/** A row for each tab and model, the dearest first. */
export function TabTable({ report: { tabs, total } }: { readonly report: UsageReport }) {
  return (
    <table className="usage-table usage-tabs" aria-label="By tab and model">
      <thead>
        <tr>
          <th scope="col">Tab</th>
          <th scope="col">Model</th>
          <th scope="col">Turns</th>
          <th scope="col">Read</th>
          <th scope="col" className="usage-cache">
            From cache
          </th>
          <th scope="col" className="usage-written">
            Written
          </th>
          <th scope="col" className="usage-cost">
            Cost
          </th>
          <th scope="col" className="usage-budget">
            Budget
          </th>
        </tr>
      </thead>
      <tbody>
        {tabs.map((row, index) => (
          <tr key={`${row.sessionId} ${row.model}`}>
            <TabCell row={row} />
            <td className="mono text-small cut">
              <ModelName reference={row.model} />
            </td>
            <Sums sums={row} />
            {/* A budget is of the whole tab, and stands in its first row. */}
            {tabs.findIndex(({ sessionId }) => sessionId === row.sessionId) === index ? (
              <BudgetCell sessionId={row.sessionId} />
            ) : (
              <td className="usage-budget faint">see above</td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            All tabs
          </th>
          <Sums sums={total} />
        </tr>
      </tfoot>
    </table>
  );
}

/** An open one is called as it is in the strip of tabs. */
function TabCell({ row }: { readonly row: UsageReport['tabs'][number] }) {
  const title = useCarrel((state) => anySession(state, row.sessionId as SessionId)?.title) ?? row.title;
  return (
    <th scope="row" className="cut" title={title}>
      {title}
      {row.isClosed && <span className="faint"> closed</span>}
    </th>
  );
}

function Sums({ sums }: { readonly sums: UsageSums }) {
  return (
    <>
      <td>{formatCount(sums.turns)}</td>
      <td>{formatTokens(sums.inputTokens)}</td>
      <td className="usage-cache">{percentOf(sums.cachedInputTokens, sums.inputTokens)}</td>
      <td className="usage-written">{formatTokens(sums.outputTokens)}</td>
      <td className="strong">{costOf(sums)}</td>
    </>
  );
}

/** What nobody priced is not free. */
function costOf({ cost, unpriced }: UsageSums): string {
  if (unpriced === 0) return formatDollars(cost);
  return cost === 0 ? 'unknown' : `≥ ${formatDollars(cost)}`;
}

/** What a tab has spent since it was opened, of what it may. */
function BudgetCell({ sessionId }: { readonly sessionId: string }) {
  const session = useCarrel((state) => anySession(state, sessionId as SessionId));
  if (session?.budget.dollars === undefined) return <td className="usage-budget faint">none</td>;
  const { spending, budget } = session;
  const percent = (spending.dollars / session.budget.dollars) * 100;
  return (
    <td className="usage-budget">
      <span className="usage-of-budget">
        <Meter percent={percent} level={percent < 90 ? 'fine' : 'full'} />
        {formatDollars(spending.dollars)} of {formatDollars(budget.dollars ?? 0)}
        {percent >= 90 && <Icon of={TriangleAlert} isSmall />}
      </span>
    </td>
  );
}
