import type { ClientSettings } from '../../../shared/app.ts';
import {
  modelLabel,
  splitReference,
  type ModelEntry,
  type ModelPreferences,
  type ModelReference,
} from '../../../shared/models.ts';

type Known = Pick<ClientSettings, 'aliases' | 'providers'>;

/** What an option of the list stands for. */
export type Choice = {
  readonly reference: ModelReference;
  /** Absent where the reference is in no list. */
  readonly entry?: ModelEntry;
  /** Stands for what is in the search field. */
  readonly isTyped?: boolean;
  /** The words of settings that stand for it. */
  readonly aliases: readonly string[];
};

export type ChoiceGroup = { readonly name: string; readonly choices: readonly Choice[] };

export type SearchableChoice = Choice & {
  /** In lower case: the model's own name, and all that a search looks in. */
  readonly label: string;
  readonly text: string;
};

/** Done once for a list, so that a key stroke only compares. What a person liked or picked stays on offer when it is in no list. */
export function searchableChoices(
  models: readonly ModelEntry[],
  { favourites, recent }: ModelPreferences,
  { aliases, providers }: Known,
): SearchableChoice[] {
  const namesOf = Map.groupBy(aliases, ({ reference }) => reference);
  const listed = new Set(models.map(({ reference }) => reference));
  const unlisted = [...new Set([...favourites, ...recent])].filter(
    (reference) => !listed.has(reference) && isUsable(reference, providers),
  );
  return [
    ...models.map((entry) => ({ reference: entry.reference, entry })),
    ...unlisted.map((reference) => ({ reference })),
  ].map((choice: Pick<Choice, 'reference' | 'entry'>) => {
    const { reference, entry } = choice;
    const names = namesOf.get(reference)?.map(({ name }) => name) ?? [];
    const label = modelLabel(reference);
    return {
      ...choice,
      aliases: names,
      label: label.toLowerCase(),
      text: [reference, label, entry?.facts?.name, entry?.kind, ...names].join(' ').toLowerCase(),
    };
  });
}

/**
 * Without a search favourites, then what was picked last, then every other model by provider, in the order of the list.
 * With one what fits it by provider, the best first, groups and models alike. Each model stands in one group only.
 */
export function arrangeChoices(
  choices: readonly SearchableChoice[],
  { favourites, recent }: ModelPreferences,
  search: string,
): ChoiceGroup[] {
  const query = search.trim().toLowerCase();
  if (query !== '') {
    const rank = ({ reference }: Choice) =>
      favourites.includes(reference) ? 0.5 : recent.includes(reference) ? 0.25 : 0;
    return byProvider(bestFirst(choices, query, rank));
  }
  const groups = [
    { name: 'Favourites', choices: pickOut(choices, favourites) },
    {
      name: 'Recent',
      choices: pickOut(
        choices,
        recent.filter((reference) => !favourites.includes(reference)),
      ),
    },
  ];
  const placed = new Set([...favourites, ...recent]);
  const rest = choices.filter(({ reference }) => !placed.has(reference));
  return [...groups.filter(({ choices }) => choices.length > 0), ...byProvider(rest)];
}

/** A reference that was typed, or that a typed alias stands for, and that is in no list. Only its provider knows whether it is right. */
export function typedReference(
  search: string,
  choices: readonly Choice[],
  { aliases, providers }: Known,
): ModelReference | undefined {
  const typed = search.trim();
  const reference = aliases.find(({ name }) => name === typed)?.reference ?? typed;
  if (!isReference(reference) || choices.some((choice) => choice.reference === reference)) return undefined;
  return isUsable(reference, providers) ? reference : undefined;
}

function isUsable(reference: ModelReference, providers: Known['providers']): boolean {
  const { provider } = splitReference(reference);
  return providers.some(
    ({ id, isEnabled, problem }) => id === provider && isEnabled && problem === undefined,
  );
}

function isReference(text: string): text is ModelReference {
  return /^[^/\s]+\/\S+$/.test(text);
}

function pickOut(choices: readonly SearchableChoice[], references: readonly ModelReference[]): Choice[] {
  return references.flatMap((wanted) => choices.find(({ reference }) => reference === wanted) ?? []);
}

function byProvider(choices: readonly SearchableChoice[]): ChoiceGroup[] {
  const groups = Map.groupBy(choices, ({ reference }) => splitReference(reference).provider);
  return [...groups].map(([name, choices]) => ({ name, choices }));
}

/** Every word must fit. Where nothing does, letters may be left out: `qwn` finds `qwen3`. */
function bestFirst(
  choices: readonly SearchableChoice[],
  query: string,
  rank: (choice: Choice) => number,
): SearchableChoice[] {
  const words = query.split(/\s+/);
  const found = sorted(choices, (choice) => {
    const fits = choice.reference.toLowerCase() === query ? [100] : words.map((word) => fit(choice, word));
    return fits.includes(0) ? 0 : fits.reduce((sum, each) => sum + each, rank(choice));
  });
  return found.length > 0
    ? found
    : sorted(choices, ({ reference }) => looseFit(reference.toLowerCase(), words.join('')));
}

/** Those with a score, the highest first; equal ones stay in order. */
function sorted(
  choices: readonly SearchableChoice[],
  score: (choice: SearchableChoice) => number,
): SearchableChoice[] {
  return choices
    .map((choice) => ({ choice, score: score(choice) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .map(({ choice }) => choice);
}

/** 0 where the word does not occur; a whole name counts most, the middle of a word least. */
function fit({ label, text, aliases }: SearchableChoice, word: string): number {
  if (label === word || aliases.some((alias) => alias.toLowerCase() === word)) return 5;
  if (label.startsWith(word)) return 4;
  const at = text.indexOf(word);
  if (at < 0) return 0;
  return at === 0 || /[^a-z0-9]/.test(text.charAt(at - 1)) ? 3 : 2;
}

/** Greater the closer together the letters stand; 0 where they do not come in this order. */
function looseFit(text: string, letters: string): number {
  const start = text.indexOf(letters.charAt(0));
  let at = start - 1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return 0;
  }
  return letters.length / (at + 1 - start);
}
