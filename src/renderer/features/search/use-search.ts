import { useEffect, useState } from 'react';
import type { SearchQuery } from '../../../shared/search.ts';
import { useActions } from '../../store/store.ts';
import type { FoundHit } from './group-hits.ts';

/** A search begins when typing pauses for so long. */
const PAUSE_MS = 120;

export type Results = {
  readonly hits: readonly FoundHit[];
  readonly isSearching: boolean;
  /** They are those of the query before, until there are others. */
  readonly isStale: boolean;
  /** There are more than are told. */
  readonly hasMore: boolean;
  readonly error?: string | undefined;
};

type Known = Omit<Results, 'isStale' | 'isSearching'> & {
  readonly query: SearchQuery | undefined;
  readonly isOver: boolean;
};

const NOTHING: Known = { query: undefined, hits: [], isOver: true, hasMore: false };

/** Searches everything for what is asked now; what is left of the search before is given up. */
export function useSearch(query: SearchQuery): Results {
  const { search, stopSearch } = useActions();
  const [known, setKnown] = useState(NOTHING);

  useEffect(() => {
    if (query.text === '') return undefined;
    const stopping = new AbortController();
    const { signal } = stopping;
    const start = async () => {
      const run = performance.now();
      let found: Known = { ...NOTHING, query, isOver: false };
      const outcome = await search(query, {
        signal,
        onPiece: ({ hits, isOver, hasMore }) => {
          const first = found.hits.length;
          const added = hits.map((hit, index) => ({ id: `${run}-${first + index}`, hit }));
          found = { ...found, hits: [...found.hits, ...added], isOver, hasMore };
          if (hits.length > 0 || isOver) setKnown(found);
        },
      });
      if (!outcome.ok && !signal.aborted) setKnown({ ...found, isOver: true, error: outcome.error.message });
    };
    const timer = setTimeout(() => void start(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [query, search]);
  useEffect(() => stopSearch, [stopSearch]);

  if (query.text === '') return { ...NOTHING, isStale: false, isSearching: false };
  const isStale = known.query !== query;
  return { ...known, isStale, isSearching: isStale || !known.isOver };
}
