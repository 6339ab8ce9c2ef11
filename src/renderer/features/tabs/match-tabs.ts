import { defaultFilter } from 'cmdk';

/** What a tab is found by. */
export type TabWords = {
  readonly title: string;
  readonly model: string;
  /** Of its panes, each once. */
  readonly folders: readonly string[];
  readonly programs: readonly string[];
};

/** A word that fits elsewhere than in the title counts this much of what it would there. */
const BESIDE_TITLE = 0.8;

/** Those that every word fits, the best first; letters may be left out. All of them, in their order, without a search. */
export function bestTabs<Tab extends TabWords>(tabs: readonly Tab[], search: string): readonly Tab[] {
  const words = search.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return tabs;
  return tabs
    .map((tab) => ({ tab, score: words.reduce((product, word) => product * fit(tab, word), 1) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .map(({ tab }) => tab);
}

function fit({ title, model, folders, programs }: TabWords, word: string): number {
  const beside = [model, ...folders, ...programs].map((text) => defaultFilter(text, word) * BESIDE_TITLE);
  return Math.max(defaultFilter(title, word), ...beside);
}
