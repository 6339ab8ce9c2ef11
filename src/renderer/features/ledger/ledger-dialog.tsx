import { useState } from 'react';
import type { LedgerFilter } from '../../../shared/approval.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/status-mark.tsx';
import { LedgerFilters } from './ledger-filters.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { useLedger, type Ledger } from './use-ledger.ts';
import './ledger.css';

/** What the agents of all tabs did or asked for, and who allowed it. */
export function LedgerDialog() {
  const { closeDialog, openDialog } = useActions();
  const [filter, setFilter] = useState<LedgerFilter>({});
  const ledger = useLedger(filter);
  return (
    <Dialog
      title="Ledger"
      isTitleShown
      className="ledger"
      onClose={closeDialog}
      tools={
        <Button variant="quiet" onClick={() => openDialog('approvals')}>
          Rules…
        </Button>
      }
    >
      <LedgerFilters filter={filter} onChange={setFilter} />
      <div className="ledger-page" aria-busy={ledger.status === 'loading'}>
        <Page ledger={ledger} isFiltered={isFilter(filter)} onShowAll={() => setFilter({})} />
      </div>
    </Dialog>
  );
}

function isFilter(filter: LedgerFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

function Page({
  ledger,
  isFiltered,
  onShowAll,
}: {
  readonly ledger: Ledger;
  readonly isFiltered: boolean;
  readonly onShowAll: () => void;
}) {
  const { status, entries, hasMore, failure, showOlder } = ledger;
  if (failure !== undefined) {
    return (
      <div className="ledger-note" role="alert">
        <p>{failure}</p>
        <Button onClick={ledger.retry}>Try again</Button>
      </div>
    );
  }
  if (entries.length === 0 && status === 'loading') {
    return (
      <p className="ledger-note">
        <Spinner /> Looking it up…
      </p>
    );
  }
  if (entries.length === 0 && isFiltered) {
    return (
      <div className="ledger-note">
        <p>Nothing in the ledger is like this.</p>
        <Button onClick={onShowAll}>Show all</Button>
      </div>
    );
  }
  if (entries.length === 0) {
    return (
      <p className="ledger-note">
        Nothing has run yet. Each command, change and request of an agent will be listed here, with who
        allowed it.
      </p>
    );
  }
  return (
    <>
      <LedgerTable entries={entries} />
      {hasMore && (
        <Button className="ledger-more" disabled={status === 'loading'} onClick={showOlder}>
          Show older
        </Button>
      )}
    </>
  );
}
