import { CaseSensitive, ChevronDown, ChevronUp, Regex, WholeWord, X } from 'lucide-react';
import type { ISearchOptions } from '@xterm/addon-search';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { PaneId } from '../../../shared/ids.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { hitsInWords, isUsable, type Find, type Hits } from './find.ts';
import type { LiveTerminal } from './live-terminal.ts';
import { useTerminalRequests } from './requests.ts';
import { token } from './terminal-theme.ts';

const EMPTY: Find = { term: '', caseSensitive: false, wholeWord: false, regex: false };

/** What was searched last in each tab, for as long as the window is open. */
const lastFinds = new Map<PaneId, Find>();

const TOGGLES = [
  { name: 'caseSensitive', label: 'Match case', icon: CaseSensitive },
  { name: 'wholeWord', label: 'Whole words', icon: WholeWord },
  { name: 'regex', label: 'Regular expression', icon: Regex },
] as const;

/** Searches the terminal's screen and scrollback while it is shown. */
export function FindBar({
  paneId,
  isActive,
  screen: { search, terminal, showOlder },
  onClose,
}: {
  readonly paneId: PaneId;
  /** Its pane hears the keys. */
  readonly isActive: boolean;
  readonly screen: Pick<LiveTerminal, 'search' | 'terminal' | 'showOlder'>;
  readonly onClose: () => void;
}) {
  const [find, setFind] = useState(lastFinds.get(paneId) ?? EMPTY);
  const [hits, setHits] = useState<Hits>({ resultIndex: -1, resultCount: 0 });
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.select();
    void showOlder();
    const listening = search.onDidChangeResults(setHits);
    return () => {
      listening.dispose();
      search.clearDecorations();
    };
  }, [search, showOlder]);

  function change(changed: Find): void {
    setFind(changed);
    lastFinds.set(paneId, changed);
    search.clearDecorations();
    setHits({ resultIndex: -1, resultCount: 0 });
    if (changed.term === '') terminal.clearSelection();
    if (isUsable(changed)) search.findNext(changed.term, { ...optionsFrom(changed), incremental: true });
  }

  function optionsFrom({ caseSensitive, wholeWord, regex }: Find): ISearchOptions {
    return { caseSensitive, wholeWord, regex, decorations: decorations(terminal.element) };
  }

  const next = () => isUsable(find) && search.findNext(find.term, optionsFrom(find));
  const previous = () => isUsable(find) && search.findPrevious(find.term, optionsFrom(find));

  useTerminalRequests(
    {
      find: () => field.current?.select(),
      'find-next': next,
      'find-previous': previous,
    },
    { isHeard: isActive },
  );

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    else if (event.key !== 'Enter' || event.target !== field.current) return;
    else if (event.shiftKey) previous();
    else next();
    event.preventDefault();
  }

  return (
    // Escape closes it from everywhere in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <search className="find-bar" onKeyDown={onKeyDown}>
      <input
        ref={field}
        aria-label="Find in terminal"
        aria-invalid={find.term !== '' && !isUsable(find)}
        placeholder="Find"
        spellCheck={false}
        value={find.term}
        onChange={(event) => change({ ...find, term: event.target.value })}
      />
      {TOGGLES.map(({ name, label, icon }) => (
        <IconButton
          key={name}
          label={label}
          aria-pressed={find[name]}
          onClick={() => change({ ...find, [name]: !find[name] })}
        >
          <Icon of={icon} />
        </IconButton>
      ))}
      <output className="faint text-small numbers">{hitsInWords(find, hits)}</output>
      <IconButton label="Previous match" keys="Shift+Enter" onClick={previous}>
        <Icon of={ChevronUp} />
      </IconButton>
      <IconButton label="Next match" keys="Enter" onClick={next}>
        <Icon of={ChevronDown} />
      </IconButton>
      <IconButton label="Close find" keys="Escape" onClick={onClose}>
        <Icon of={X} />
      </IconButton>
    </search>
  );
}

function decorations(terminal: Element | undefined) {
  const mark = token('--c-mark', terminal);
  const accent = token('--c-accent', terminal);
  return {
    matchBackground: mark,
    matchOverviewRuler: accent,
    activeMatchBackground: token('--c-accent-line', terminal),
    activeMatchBorder: accent,
    activeMatchColorOverviewRuler: accent,
  };
}
