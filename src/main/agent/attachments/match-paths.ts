/** A path that can be searched for; made once for each, so that a key stroke only compares. */
export type SearchablePath = {
  /** From the folder, with slashes; a folder's ends with one. */
  readonly path: string;
  readonly lower: string;
  /** Where its last part begins. */
  readonly nameAt: number;
};

export function searchable(path: string): SearchablePath {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return { path, lower: path.toLowerCase(), nameAt: path.lastIndexOf('/', end - 1) + 1 };
}

/** The paths that fit, best first; without a query the first ones. Each word of the query must fit. */
export function matchPaths(paths: readonly SearchablePath[], query: string, limit: number): string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return paths.slice(0, limit).map(({ path }) => path);
  const found: { readonly path: string; readonly score: number }[] = [];
  for (const candidate of paths) {
    let score = 0;
    for (const word of words) {
      const fit = scoreOf(candidate, word);
      score = fit === 0 ? -Infinity : score + fit;
    }
    if (score > 0) found.push({ path: candidate.path, score });
  }
  return found
    .sort((one, other) => other.score - one.score || one.path.length - other.path.length)
    .slice(0, limit)
    .map(({ path }) => path);
}

/** 0 where it does not fit. A name goes before a path, a whole word before its letters one by one. */
function scoreOf({ lower, nameAt }: SearchablePath, word: string): number {
  const inName = lower.indexOf(word, nameAt);
  if (inName === nameAt) return lower.length - nameAt === word.length ? 1_000 : 900;
  if (inName > 0) return isWordStart(lower, inName) ? 850 : 800;
  const inPath = lower.lastIndexOf(word);
  if (inPath >= 0) return isWordStart(lower, inPath) ? 700 : 600;
  const spread = spreadOf(lower, word, nameAt) ?? spreadOf(lower, word, 0);
  return spread === undefined ? 0 : Math.max(1, 400 - spread);
}

function isWordStart(text: string, index: number): boolean {
  return index === 0 || !/[\p{L}\p{N}]/u.test(text[index - 1] ?? '');
}

/** Letters between the word's letters, where they all come in order; the last place that each can have counts. */
function spreadOf(text: string, word: string, from: number): number | undefined {
  let at = text.length;
  let last = 0;
  for (let index = word.length - 1; index >= 0; index--) {
    const found = text.lastIndexOf(word[index] ?? '', at - 1);
    if (found < from || at === 0) return undefined;
    if (index === word.length - 1) last = found;
    at = found;
  }
  return last - at + 1 - word.length;
}
