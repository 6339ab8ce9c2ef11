import { useEffect, useEffectEvent, useState } from 'react';
import type { LedgerEntry, LedgerFilter } from '../../../shared/approval.ts';
import type { ApprovalId } from '../../../shared/ids.ts';
import { useActions } from '../../store/store.ts';

/** Keys that follow one another closely ask once. */
const DELAY_MS = 120;

type Pages = {
  readonly status: 'loading' | 'loaded';
  readonly entries: readonly LedgerEntry[];
  readonly hasMore: boolean;
  readonly failure?: string;
};

export type Ledger = Pages & { readonly showOlder: () => void; readonly retry: () => void };

/** The pages of the ledger that were asked for, from the newest entry on; a new filter begins anew. */
export function useLedger(filter: LedgerFilter): Ledger {
  const { listLedger } = useActions();
  const [pages, setPages] = useState<Pages>({ status: 'loading', entries: [], hasMore: false });
  const [tries, setTries] = useState(0);

  async function page(filter: LedgerFilter, before?: ApprovalId): Promise<(pages: Pages) => Pages> {
    const outcome = await listLedger({ ...filter, before });
    return ({ entries }) =>
      outcome.ok
        ? {
            status: 'loaded',
            entries: before === undefined ? outcome.value.entries : [...entries, ...outcome.value.entries],
            hasMore: outcome.value.hasMore,
          }
        : { status: 'loaded', entries, hasMore: false, failure: outcome.error.message };
  }

  const loadFirst = useEffectEvent(async (filter: LedgerFilter, leaving: AbortSignal) => {
    setPages((pages) => ({ ...pages, status: 'loading' }));
    const next = await page(filter);
    if (!leaving.aborted) setPages(next);
  });
  useEffect(() => {
    const leaving = new AbortController();
    const timer = setTimeout(() => void loadFirst(filter, leaving.signal), DELAY_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another try asks for the same again
  }, [filter, tries]);

  async function loadOlder(): Promise<void> {
    const last = pages.entries.at(-1);
    if (!last) return;
    setPages({ ...pages, status: 'loading' });
    const next = await page(filter, last.id);
    // A new filter has begun meanwhile.
    setPages((present) => (present.entries.at(-1) === last ? next(present) : present));
  }

  return { ...pages, showOlder: () => void loadOlder(), retry: () => setTries(tries + 1) };
}
