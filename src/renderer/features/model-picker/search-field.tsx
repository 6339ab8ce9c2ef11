import { Search } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { isMac } from '../../ui/keys.ts';
import { optionId } from './model-list.tsx';
import type { Reach } from './reach.ts';
import type { Choices } from './use-choices.ts';

/** Options that Page Down goes on by. */
const PAGE = 10;

/** The field that has the focus, from which keys move through the list and choose. */
export function SearchField({
  listId,
  choices,
  onChoose,
  onStar,
  children,
}: {
  readonly listId: string;
  readonly choices: Choices;
  readonly onChoose: (reach: Reach) => void;
  readonly onStar: () => void;
  /** Stands at the right of the field. */
  readonly children: ReactNode;
}) {
  const { search, setSearch, options, active, highlight } = choices;
  const choice = options[active];

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const target = targetOf(event.key, active, options.length - 1);
    const hasMod = isMac ? event.metaKey : event.ctrlKey;
    if (target !== undefined) highlight(target, false);
    else if (event.key === 'Enter') onChoose(hasMod ? 'mode' : event.shiftKey ? 'fork' : 'tab');
    else if (hasMod && event.key.toLowerCase() === 'd') onStar();
    else return;
    event.preventDefault();
  }

  return (
    <div className="chooser-search">
      <Icon of={Search} />
      <input
        role="combobox"
        aria-label="Search models"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={choice && optionId(listId, choice.reference)}
        placeholder="Search models"
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {children}
    </div>
  );
}

/** Arrows go round the ends, pages do not. */
function targetOf(key: string, active: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return active >= last ? 0 : active + 1;
    case 'ArrowUp':
      return active <= 0 ? last : active - 1;
    case 'PageDown':
      return Math.min(active + PAGE, last);
    case 'PageUp':
      return Math.max(active - PAGE, 0);
    default:
      return undefined;
  }
}
