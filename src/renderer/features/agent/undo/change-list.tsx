import type { Undoable } from '../../../../shared/undo.ts';
import type { UndoTarget } from '../../../store/state.ts';
import { ChangeDetails } from './change-details.tsx';

/** More would take long to draw, and nobody reads them. */
const MAX_SHOWN = 200;

/** What would come of each path; its lines when it is opened. */
export function ChangeList({
  target,
  title,
  changes,
}: {
  readonly target: UndoTarget;
  readonly title: string;
  readonly changes: readonly Undoable[];
}) {
  const more = changes.length - MAX_SHOWN;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className="undo-list">
        {changes.slice(0, MAX_SHOWN).map((change) => (
          <li key={change.path}>
            <ChangeDetails target={target} change={change} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="faint text-small">and {more} more</p>}
    </section>
  );
}
