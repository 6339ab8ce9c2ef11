/** What is searched for, and how. */
export type Find = {
  readonly term: string;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
  readonly regex: boolean;
};

export type Hits = {
  /** Of the one that is shown; -1 where xterm does not say which one it is. */
  readonly resultIndex: number;
  readonly resultCount: number;
};

/** There is something to search for, and it is a pattern where it has to be one. */
export function isUsable({ term, regex }: Find): boolean {
  if (term === '' || !regex) return term !== '';
  try {
    return !new RegExp(term).test('');
  } catch {
    return false;
  }
}

export function hitsInWords(find: Find, { resultIndex, resultCount }: Hits): string {
  if (find.term === '') return '';
  if (!isUsable(find)) return 'No pattern';
  if (resultCount === 0) return 'None';
  return resultIndex < 0 ? `${resultCount} or more` : `${resultIndex + 1} of ${resultCount}`;
}
