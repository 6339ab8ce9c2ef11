import type { Actions } from '../../store/actions.ts';
import { downloadText } from '../../ui/download.ts';
import { spanOf, type Span } from './period.ts';

/** Offers the usage of a span as a file; of 14 days where none is given. */
export async function saveUsage(
  { exportUsage }: Pick<Actions, 'exportUsage'>,
  { from, to, days }: Span = spanOf('14 days', new Date()),
): Promise<void> {
  const exported = await exportUsage({ from, to });
  if (exported.ok) downloadText(`carrel-usage-${days.at(-1)}.csv`, 'text/csv', exported.value.csv);
}
