import { useMemo, useState } from 'react';
import type { ModelReference } from '../../../shared/models.ts';
import { useCarrel } from '../../store/store.ts';
import {
  arrangeChoices,
  searchableChoices,
  typedReference,
  type Choice,
  type ChoiceGroup,
} from './match-models.ts';

const NO_SETTINGS = { aliases: [], providers: [] };

export type Choices = ReturnType<typeof useChoices>;

/** What fits the search, and which of it is highlighted: at first what is in use, after a search the best that can be picked. */
export function useChoices(current: ModelReference) {
  const [search, setSearch] = useState('');
  const [highlighted, setHighlighted] = useState<{
    readonly reference?: ModelReference;
    readonly isPointed: boolean;
  }>({ isPointed: false });
  const groups = useGroups(search);
  const options = useMemo(() => groups.flatMap(({ choices }) => choices), [groups]);
  const active = activeIndex(options, highlighted.reference ?? (search === '' ? current : undefined));
  const { isPointed } = highlighted;

  return {
    search,
    setSearch: (search: string): void => {
      setSearch(search);
      setHighlighted({ isPointed: false });
    },
    groups,
    options,
    /** The highlighted one, counted from 0 through all groups. */
    active,
    /** Highlighted by the pointer, not by keys or a search. */
    isPointed,
    highlight: (index: number, byPointer: boolean): void => {
      const reference = options[index]?.reference;
      if (reference === undefined || (reference === highlighted.reference && byPointer === isPointed)) return;
      setHighlighted({ reference, isPointed: byPointer });
    },
  };
}

/** What fits the search, and last what was typed where it is in no list. */
function useGroups(search: string): readonly ChoiceGroup[] {
  const models = useCarrel((state) => state.models.models);
  const preferences = useCarrel((state) => state.modelPreferences);
  const settings = useCarrel((state) => state.settings) ?? NO_SETTINGS;
  const choices = useMemo(
    () => searchableChoices(models, preferences, settings),
    [models, preferences, settings],
  );
  return useMemo(() => {
    const groups = arrangeChoices(choices, preferences, search);
    const reference = typedReference(search, choices, settings);
    if (reference === undefined) return groups;
    return [...groups, { name: 'In no list', choices: [{ reference, aliases: [], isTyped: true }] }];
  }, [choices, preferences, search, settings]);
}

/** The one that was asked for, else the first that can be picked, else the first. */
function activeIndex(options: readonly Choice[], wanted: ModelReference | undefined): number {
  const index = options.findIndex(({ reference }) => reference === wanted);
  if (index >= 0) return index;
  return Math.max(
    options.findIndex(({ entry }) => entry?.unavailable === undefined),
    0,
  );
}
