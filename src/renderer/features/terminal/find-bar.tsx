import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { ISearchOptions, SearchAddon } from '@xterm/addon-search';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { token } from './terminal-theme.ts';

/** On the window: the terminal that is shown opens its search, or goes back to it. */
export const FIND_EVENT = 'carrel-find';

type Hits = { readonly resultIndex: number; readonly resultCount: number };

/** Searches the terminal's screen and scrollback while it is shown. */
export function FindBar({ search, onClose }: { readonly search: SearchAddon; readonly onClose: () => void }) {
  const [term, setTerm] = useState('');
  const [hits, setHits] = useState<Hits>({ resultIndex: -1, resultCount: 0 });
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const focus = () => field.current?.select();
    focus();
    window.addEventListener(FIND_EVENT, focus);
    const listening = search.onDidChangeResults(setHits);
    return () => {
      window.removeEventListener(FIND_EVENT, focus);
      listening.dispose();
      search.clearDecorations();
    };
  }, [search]);

  function onChange(changed: string): void {
    setTerm(changed);
    if (changed === '') search.clearDecorations();
    search.findNext(changed, { ...searchOptions(), incremental: true });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    else if (event.key !== 'Enter') return;
    else if (event.shiftKey) search.findPrevious(term, searchOptions());
    else search.findNext(term, searchOptions());
    event.preventDefault();
  }

  return (
    <search className="find-bar">
      <input
        ref={field}
        aria-label="Find in terminal"
        placeholder="Find"
        spellCheck={false}
        value={term}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <output className="faint text-small numbers">{term !== '' && inWords(hits)}</output>
      <IconButton
        label="Previous match"
        keys="Shift+Enter"
        onClick={() => search.findPrevious(term, searchOptions())}
      >
        <Icon of={ChevronUp} />
      </IconButton>
      <IconButton label="Next match" keys="Enter" onClick={() => search.findNext(term, searchOptions())}>
        <Icon of={ChevronDown} />
      </IconButton>
      <IconButton label="Close find" keys="Escape" onClick={onClose}>
        <Icon of={X} />
      </IconButton>
    </search>
  );
}

/** With too many hits xterm does not say which one is meant. */
function inWords({ resultIndex, resultCount }: Hits): string {
  if (resultCount === 0) return 'None';
  return resultIndex < 0 ? `${resultCount} or more` : `${resultIndex + 1} of ${resultCount}`;
}

function searchOptions(): ISearchOptions {
  const mark = token('--c-mark');
  const accent = token('--c-accent');
  return {
    decorations: {
      matchBackground: mark,
      matchOverviewRuler: accent,
      activeMatchBackground: token('--c-accent-line'),
      activeMatchBorder: accent,
      activeMatchColorOverviewRuler: accent,
    },
  };
}
