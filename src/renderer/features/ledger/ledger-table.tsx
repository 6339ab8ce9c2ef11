import { useState } from 'react';
import type { LedgerEntry, ProposedAction } from '../../../shared/approval.ts';
import type { SessionId } from '../../../shared/ids.ts';
import { anySession } from '../../store/other-windows.ts';
import { shortPath } from '../../store/selectors.ts';
import { useCarrel } from '../../store/store.ts';
import { Diff, LineCounts } from '../../ui/diff.tsx';
import { ExactText } from '../../ui/exact-text.tsx';
import { ModelName } from '../../ui/model-name.tsx';
import { decisionInWords, outcomeInWords, timeInWords } from './ledger-words.ts';

/* A table that a narrow window lays out as cards is none any more for browsers, unless its roles say so. */
/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */

export function LedgerTable({ entries }: { readonly entries: readonly LedgerEntry[] }) {
  return (
    <table className="ledger-table" role="table" aria-label="What ran, the newest first">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            When
          </th>
          <th role="columnheader" scope="col">
            What
          </th>
          <th role="columnheader" scope="col">
            Asked by
          </th>
          <th role="columnheader" scope="col">
            Decided by
          </th>
          <th role="columnheader" scope="col">
            Outcome
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ entry }: { readonly entry: LedgerEntry }) {
  const { who, rule } = decisionInWords(entry);
  const { words, isFailure, isWaiting } = outcomeInWords(entry);
  const { time, whole } = timeInWords(entry);
  return (
    <tr role="row">
      <td role="cell" className="ledger-when" title={whole}>
        <time dateTime={new Date(entry.askedAt).toISOString()}>{time}</time>
      </td>
      <td role="cell" className="ledger-what">
        <What entry={entry} />
      </td>
      <AskedBy entry={entry} />
      <td role="cell">
        {who}
        {rule !== undefined && <code className="ledger-rule">{rule}</code>}
      </td>
      <td role="cell" className={isFailure ? 'fail' : isWaiting ? 'wait' : undefined}>
        {words}
      </td>
    </tr>
  );
}

function What({ entry: { toolName, action } }: { readonly entry: LedgerEntry }) {
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  return (
    <>
      <span className="text-small muted">
        <span className="mono">{toolName}</span>
        {action.type === 'execute' && <> in {shortPath(action.cwd, homeFolder)}</>}
        {action.type === 'change' && (
          <>
            {' '}
            <LineCounts hunks={action.hunks} />
          </>
        )}
        {'isOutside' in action && action.isOutside && (
          <span className="wait"> outside of the tab's folder</span>
        )}
      </span>
      <code className="ledger-exact">
        <ExactText text={textOf(action)} />
      </code>
      {action.type === 'change' && action.hunks.length > 0 && <Change action={action} />}
    </>
  );
}

function textOf(action: ProposedAction): string {
  if (action.type === 'execute') return action.command;
  return action.type === 'fetch' ? action.url : action.path;
}

function Change({ action }: { readonly action: Extract<ProposedAction, { type: 'change' }> }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="ledger-change" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Lines</summary>
      {isOpen && <Diff hunks={action.hunks} />}
    </details>
  );
}

/** An open tab is called as it is in the strip of tabs. */
function AskedBy({ entry: { sessionId, title, model, mode } }: { readonly entry: LedgerEntry }) {
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  const open = useCarrel((state) => anySession(state, sessionId as SessionId)?.title);
  return (
    <td role="cell">
      <span className="ledger-tab cut" title={open ?? title}>
        {open ?? shortPath(title, homeFolder)}
        {open === undefined && <span className="faint"> closed</span>}
      </span>
      <span className="ledger-model muted">
        <ModelName reference={model} /> {mode}
      </span>
    </td>
  );
}
