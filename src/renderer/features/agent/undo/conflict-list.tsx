import { useId } from 'react';
import type { Undoable } from '../../../../shared/undo.ts';
import type { UndoTarget } from '../../../store/state.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { ChangeDetails } from './change-details.tsx';

/** What may hold somebody else's work: it stays, unless the person says of this very path that it goes. */
export function ConflictList({
  target,
  conflicts,
  chosen,
  onChoose,
}: {
  readonly target: UndoTarget;
  readonly conflicts: readonly Undoable[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}) {
  return (
    <section aria-label="Changed since">
      <h3>
        <StatusMark mark="needs" />
        {conflicts.length === 1 ? 'One needs your decision' : `${conflicts.length} need your decision`}
      </h3>
      <ul className="undo-list">
        {conflicts.map((conflict) => {
          const { path } = conflict;
          return (
            <li key={path}>
              <ChangeDetails target={target} change={conflict} />
              <KeepOrRestore
                path={path}
                isRestored={chosen.has(path)}
                onChange={(isRestored) => {
                  const others = new Set(chosen).difference(new Set([path]));
                  onChoose(isRestored ? others.add(path) : others);
                }}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function KeepOrRestore({
  path,
  isRestored,
  onChange,
}: {
  readonly path: string;
  readonly isRestored: boolean;
  readonly onChange: (isRestored: boolean) => void;
}) {
  const name = useId();
  return (
    <fieldset className="undo-choice" aria-label={path}>
      {[false, true].map((value) => (
        <label key={String(value)}>
          <input type="radio" name={name} checked={isRestored === value} onChange={() => onChange(value)} />
          {value ? 'Restore' : 'Keep mine'}
        </label>
      ))}
    </fieldset>
  );
}
