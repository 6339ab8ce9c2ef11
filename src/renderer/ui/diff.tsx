import type { Hunk } from '../../shared/agent.ts';
import './diff.css';

/** How many lines come and go. */
function countLines(hunks: readonly Hunk[]): { readonly added: number; readonly removed: number } {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  };
}

export function LineCounts({ hunks }: { readonly hunks: readonly Hunk[] }) {
  const { added, removed } = countLines(hunks);
  return (
    <span className="diff-counts" aria-label={`${added} lines added, ${removed} removed`}>
      <span className="diff-added">+{added}</span> <span className="diff-removed">−{removed}</span>
    </span>
  );
}

/** The lines that change, each with its number. With `selected`, each part can be left out. */
export function Diff({
  hunks,
  selected,
  onSelect,
}: {
  readonly hunks: readonly Hunk[];
  readonly selected?: ReadonlySet<number>;
  readonly onSelect?: (selected: ReadonlySet<number>) => void;
}) {
  const canSelect = onSelect !== undefined && hunks.length > 1;
  return (
    <div className="diff mono">
      {hunks.map((hunk, index) => (
        <section
          key={hunk.oldStart}
          aria-label={`Part ${index + 1} of ${hunks.length}`}
          data-left-out={canSelect && !selected?.has(index)}
        >
          {canSelect && (
            <label className="diff-part">
              <input
                type="checkbox"
                checked={selected?.has(index) ?? true}
                onChange={(event) => onSelect(toggled(selected ?? new Set(), index, event.target.checked))}
              />
              Part {index + 1} of {hunks.length}, from line {hunk.newStart}
            </label>
          )}
          <Lines hunk={hunk} />
        </section>
      ))}
    </div>
  );
}

function toggled(selected: ReadonlySet<number>, index: number, isSelected: boolean): ReadonlySet<number> {
  const others = [...selected].filter((other) => other !== index);
  return new Set(isSelected ? [...others, index] : others);
}

type Line = { readonly number: number; readonly sign: string; readonly text: string };

function Lines({ hunk }: { readonly hunk: Hunk }) {
  return (
    <pre>
      {linesOf(hunk).map(({ number, sign, text }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines never move
        <span key={index} className={SIGN_CLASSES[sign]}>
          <i>{number}</i>
          <b>{sign}</b>
          <span>{text}</span>
        </span>
      ))}
    </pre>
  );
}

const SIGN_CLASSES: Readonly<Record<string, string>> = { '+': 'diff-line-added', '-': 'diff-line-removed' };

/** A line that goes has its old number, the others their new one. */
function linesOf({ oldStart, newStart, lines }: Hunk): Line[] {
  let [oldNumber, newNumber] = [oldStart, newStart];
  return lines.flatMap((line): Line[] => {
    const [sign, text] = [line.slice(0, 1), line.slice(1)];
    if (sign === '\\') return [];
    const number = sign === '-' ? oldNumber : newNumber;
    if (sign !== '+') oldNumber += 1;
    if (sign !== '-') newNumber += 1;
    return [{ number, sign: sign.trim(), text }];
  });
}
