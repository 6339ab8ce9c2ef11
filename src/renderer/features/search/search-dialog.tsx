import { CaseSensitive, Regex, WholeWord } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { SearchHit, SearchQuery } from '../../../shared/search.ts';
import { shortPath, tabsByUse } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { IconButton } from '../../ui/button.tsx';
import { Chooser, ChooserGroup, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Spinner } from '../../ui/status-mark.tsx';
import { groupHits, type HitGroup } from './group-hits.ts';
import { SearchRow } from './search-row.tsx';
import { useSearch, type Results } from './use-search.ts';
import './search.css';

const EMPTY: SearchQuery = { text: '', isCaseSensitive: false, isWholeWord: false, isRegex: false };

const TOGGLES = [
  { name: 'isCaseSensitive', label: 'Match case', icon: CaseSensitive },
  { name: 'isWholeWord', label: 'Whole words', icon: WholeWord },
  { name: 'isRegex', label: 'Regular expression', icon: Regex },
] as const;

const KINDS = [
  { kind: undefined, words: 'All' },
  { kind: 'message', words: 'Messages' },
  { kind: 'command', words: 'Commands' },
  { kind: 'line', words: 'Terminals' },
] as const;
type Kind = SearchHit['kind'] | undefined;

/** Looks through the terminals, conversations and commands of all tabs, and goes where something was found. */
export function SearchDialog() {
  const { closeDialog, showHit } = useActions();
  const [query, setQuery] = useState(EMPTY);
  const [kind, setKind] = useState<Kind>();
  const results = useSearch(query);
  const groups = useGroups(results, kind);
  const chosen = useRef<SearchHit>(undefined);
  const homeFolder = useCarrel((state) => state.host?.homeFolder);
  const short = useCallback((path: string) => shortPath(path, homeFolder), [homeFolder]);

  function choose(hit: SearchHit): void {
    // What is typed is not what these were found by.
    if (results.isStale) return;
    chosen.current = hit;
    closeDialog();
  }

  return (
    <Dialog
      title="Search everything"
      className="search-dialog"
      onClose={closeDialog}
      // The tab that is gone to takes the focus for itself.
      onClosed={() => {
        if (chosen.current) void showHit(chosen.current);
      }}
    >
      <Chooser
        searchLabel="Search everything"
        listLabel="Results"
        isBusy={results.isStale}
        onSearch={(text) => setQuery({ ...query, text })}
        tools={TOGGLES.map(({ name, label, icon }) => (
          <IconButton
            key={name}
            label={label}
            aria-pressed={query[name]}
            onClick={() => setQuery({ ...query, [name]: !query[name] })}
          >
            <Icon of={icon} />
          </IconButton>
        ))}
        bar={<Kinds results={results} kind={kind} onChoose={setKind} />}
      >
        {groups.map((group) => (
          <ChooserGroup key={group.sessionId} title={headingOf(group)}>
            {group.hits.map(({ id, hit }) => (
              <ChooserOption key={id} className="chooser-option-tall" value={id} onSelect={() => choose(hit)}>
                <SearchRow hit={hit} shortPath={short} />
              </ChooserOption>
            ))}
          </ChooserGroup>
        ))}
        {groups.length === 0 && <Nothing query={query} results={results} />}
      </Chooser>
      <footer className="dialog-foot">
        <span>
          <Kbd keys="Enter" isCap /> Go there
        </span>
        <span>
          <Kbd keys="Escape" isCap /> Stay
        </span>
        <output className="search-status">
          <Status query={query} results={results} />
        </output>
      </footer>
    </Dialog>
  );
}

type NamedGroup = HitGroup & { readonly isActive: boolean; readonly isElsewhere: boolean };

/** By tab: the active one, then the others by use as they were when the search was opened. */
function useGroups({ hits }: Results, kind: Kind): NamedGroup[] {
  const sessions = useCarrel((state) => state.sessions);
  const elsewhere = useCarrel((state) => state.elsewhere);
  const activeSessionId = useCarrel((state) => state.activeSessionId);
  const [byUse] = useState(() => tabsByUse({ ...sessions, ...elsewhere }, activeSessionId));
  const wanted = kind ? hits.filter(({ hit }) => hit.kind === kind) : hits;
  return groupHits(wanted, byUse).map((group) => ({
    ...group,
    title: (sessions[group.sessionId] ?? elsewhere[group.sessionId])?.title ?? group.title,
    isActive: group.sessionId === activeSessionId,
    isElsewhere: group.sessionId in elsewhere,
  }));
}

function headingOf({ title, isClosed, isActive, isElsewhere }: NamedGroup): string {
  if (isActive) return `${title} – this tab`;
  if (isElsewhere) return `${title} – in another window`;
  return isClosed ? `${title} – closed` : title;
}

function Kinds({
  results: { hits },
  kind: chosen,
  onChoose,
}: {
  readonly results: Results;
  readonly kind: Kind;
  readonly onChoose: (kind: Kind) => void;
}) {
  return (
    <fieldset className="search-kinds" aria-label="Kind">
      {KINDS.map(({ kind, words }) => (
        <button key={words} type="button" aria-pressed={kind === chosen} onClick={() => onChoose(kind)}>
          {words}{' '}
          {hits.length > 0 && (
            <span className="numbers">
              {kind ? hits.filter(({ hit }) => hit.kind === kind).length : hits.length}
            </span>
          )}
        </button>
      ))}
    </fieldset>
  );
}

function Nothing({ query, results }: { readonly query: SearchQuery; readonly results: Results }) {
  if (results.error !== undefined && !results.isStale) {
    return (
      <p className="chooser-empty fail" role="alert">
        {results.error}
      </p>
    );
  }
  const words =
    query.text === ''
      ? 'Looks through the text of all terminals, and the conversations and commands of all tabs, closed ones too.'
      : results.isSearching
        ? 'Searching…'
        : 'Nothing has this text.';
  return <p className="chooser-empty">{words}</p>;
}

function Status({ query, results }: { readonly query: SearchQuery; readonly results: Results }) {
  const { hits, isSearching, hasMore, error } = results;
  if (query.text === '' || error !== undefined) return null;
  if (isSearching) {
    return (
      <>
        <Spinner /> Searching…
      </>
    );
  }
  if (hasMore) return `The newest ${hits.length} are shown: search for more words to see others`;
  return hits.length === 1 ? '1 found' : `${hits.length} found`;
}
