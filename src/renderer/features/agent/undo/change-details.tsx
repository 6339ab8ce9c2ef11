import { useEffect, useState } from 'react';
import type { Undoable, UndoDiff } from '../../../../shared/undo.ts';
import { pathInTab } from '../../../store/selectors.ts';
import type { UndoTarget } from '../../../store/state.ts';
import { useActions, useCarrel } from '../../../store/store.ts';
import { Diff, LineCounts } from '../../../ui/diff.tsx';
import { formatBytes } from '../../../ui/format-amounts.ts';

/** One path and what would come of it. */
export function ChangeDetails({
  target,
  change,
}: {
  readonly target: UndoTarget;
  readonly change: Undoable;
}) {
  const [isOpen, setIsOpen] = useState(false);
  if (change.kind !== 'file' || change.status === 'not-kept')
    return (
      <div className="undo-path">
        <Head target={target} change={change} />
      </div>
    );
  return (
    <details className="undo-path" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <Head target={target} change={change} />
      </summary>
      {isOpen && <Lines target={target} path={change.path} />}
    </details>
  );
}

/** What undoing does with what the turn did. */
const EFFECTS = { created: 'removed', changed: 'changed back', removed: 'brought back' } as const;

function Head({
  target: { sessionId },
  change: { path, kind, change, status, reason, ...sizes },
}: {
  readonly target: UndoTarget;
  readonly change: Undoable;
}) {
  const name = useCarrel((state) => pathInTab(state, sessionId, path));
  const words = status === 'not-kept' || status === 'conflict' ? reason : EFFECTS[change];
  return (
    <span className="undo-head">
      <span className="mono text-small strong" title={path}>
        {name}
        {kind === 'folder' && '/'}
      </span>
      <span className={status === 'conflict' ? 'text-small wait' : 'text-small muted'}>{words}</span>
      <span className="text-small faint undo-size">{kind === 'file' ? sizeInWords(sizes) : kind}</span>
    </span>
  );
}

function sizeInWords({ bytesNow, bytesThen }: Pick<Undoable, 'bytesNow' | 'bytesThen'>): string {
  const sizes = [...new Set([bytesNow, bytesThen])].filter((bytes) => bytes !== undefined);
  return sizes.map(formatBytes).join(' → ');
}

function Lines({ target, path }: { readonly target: UndoTarget; readonly path: string }) {
  const { diffUndo } = useActions();
  const [shown, setShown] = useState<UndoDiff>();
  useEffect(() => {
    let isCurrent = true;
    async function load(): Promise<void> {
      const outcome = await diffUndo(target, path);
      const diff = outcome.ok ? outcome.value : { type: 'none' as const, reason: outcome.error.message };
      if (isCurrent) setShown(diff);
    }
    void load();
    return () => {
      isCurrent = false;
    };
  }, [diffUndo, path, target]);
  if (!shown) return <p className="undo-none faint">Comparing…</p>;
  if (shown.type === 'none') return <p className="undo-none muted">{shown.reason}</p>;
  return (
    <>
      <p className="undo-none muted">
        What undoing does to it: <LineCounts hunks={shown.hunks} />
      </p>
      <Diff hunks={shown.hunks} />
    </>
  );
}
