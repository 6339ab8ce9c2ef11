import { RadioGroup } from 'radix-ui';
import { useEffect, useEffectEvent, useState } from 'react';
import type { UsageReport } from '../../../shared/usage.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/status-mark.tsx';
import { CostPlot } from './cost-plot.tsx';
import { PERIODS, spanOf, type Period, type Span } from './period.ts';
import { saveUsage } from './save-usage.ts';
import { TabTable } from './tab-table.tsx';
import { Totals } from './totals.tsx';
import './usage.css';

type Loaded =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'loaded'; readonly report: UsageReport; readonly span: Span };

/** What all tabs have used, closed ones too: in all, by day, and by tab. */
export function UsageDialog() {
  const { closeDialog, exportUsage } = useActions();
  const [request, setRequest] = useState<Request>({ period: '14 days' });
  const loaded = useReport(request);
  const isEmpty = loaded.status !== 'loaded' || loaded.report.total.turns === 0;

  async function saveCsv(): Promise<void> {
    if (loaded.status === 'loaded') await saveUsage({ exportUsage }, loaded.span);
  }

  return (
    <Dialog
      title="Usage"
      isTitleShown
      className="usage"
      onClose={closeDialog}
      tools={
        <>
          <PeriodChoice period={request.period} onChange={(period) => setRequest({ period })} />
          <Button disabled={isEmpty} onClick={() => void saveCsv()}>
            Export CSV
          </Button>
        </>
      }
    >
      <div className="usage-page" aria-busy={loaded.status === 'loading'}>
        <Page loaded={loaded} onRetry={() => setRequest({ ...request })} />
      </div>
    </Dialog>
  );
}

function Page({ loaded, onRetry }: { readonly loaded: Loaded; readonly onRetry: () => void }) {
  if (loaded.status === 'loading') {
    return (
      <p className="usage-note">
        <Spinner /> Adding up…
      </p>
    );
  }
  if (loaded.status === 'failed') {
    return (
      <div className="usage-note" role="alert">
        <p>{loaded.message}</p>
        <Button onClick={onRetry}>Try again</Button>
      </div>
    );
  }
  const { report, span } = loaded;
  if (report.total.turns === 0 && report.before.turns === 0) {
    return (
      <p className="usage-note">
        Nothing was used in this time. Each answer's tokens and cost will be counted here.
      </p>
    );
  }
  return (
    <>
      <Totals report={report} span={span} />
      <CostPlot report={report} span={span} />
      <TabTable report={report} />
    </>
  );
}

function PeriodChoice({
  period,
  onChange,
}: {
  readonly period: Period;
  readonly onChange: (period: Period) => void;
}) {
  return (
    <RadioGroup.Root
      className="usage-periods"
      aria-label="Period"
      orientation="horizontal"
      value={period}
      onValueChange={(value) => onChange(value as Period)}
    >
      {PERIODS.map((name) => (
        <RadioGroup.Item key={name} value={name}>
          {name}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}

type Request = { readonly period: Period };

/** What the newest request brought; another object with the same period asks again. */
function useReport(request: Request): Loaded {
  const { reportUsage } = useActions();
  const [loaded, setLoaded] = useState<Loaded>({ status: 'loading' });
  const load = useEffectEvent(async ({ period }: Request): Promise<Loaded> => {
    const span = spanOf(period, new Date());
    const { from, to, timeZone } = span;
    const outcome = await reportUsage({ from, to, timeZone });
    if (!outcome.ok) return { status: 'failed', message: outcome.error.message };
    return { status: 'loaded', report: outcome.value, span };
  });
  useEffect(() => {
    const leaving = new AbortController();
    void load(request).then((loaded) => leaving.signal.aborted || setLoaded(loaded));
    return () => leaving.abort();
  }, [request]);
  return loaded;
}
