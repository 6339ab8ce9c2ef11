import { useEffect, useId, useState } from 'react';
import type { ModelReference, Preflight } from '../../../shared/models.ts';
import type { Session } from '../../../shared/session.ts';
import type { Outcome } from '../../store/actions.ts';
import { shownModel, sourceInWords } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceLine } from './choice-line.tsx';
import { Failure } from './failure.tsx';
import { ModelList } from './model-list.tsx';
import { PickerFoot } from './picker-foot.tsx';
import type { Reach } from './reach.ts';
import { SearchField } from './search-field.tsx';
import { useChoices } from './use-choices.ts';
import { usePreflight } from './use-preflight.ts';

/** The list, a field to search it, and what can be done with the highlighted model. */
export function ModelChoices({
  session,
  isBusy,
  error,
  attempt,
  onChoose,
}: {
  readonly session: Session;
  readonly isBusy: boolean;
  /** Why the last choice was not made. */
  readonly error: string | undefined;
  readonly attempt: (choose: () => Promise<Outcome<unknown>>) => void;
  readonly onChoose: (
    reference: ModelReference,
    reach: Reach,
    preflight: () => Promise<Preflight | undefined>,
  ) => void;
}) {
  const listId = useId();
  const hiddenBySettings = useCarrel((state) => state.models.hiddenBySettings);
  const favourites = useCarrel((state) => state.modelPreferences.favourites);
  const pick = useCarrel((state) => state.picks[session.id]);
  const { clearModel, setFavourite } = useActions();
  const { model, next: current = model } = shownModel(session, pick);
  const choices = useChoices(current);
  const { groups, options, active, isPointed, highlight } = choices;
  const choice = options[active];
  const pickable = choice?.entry?.unavailable === undefined ? choice?.reference : undefined;
  const preflight = usePreflight(session, pickable === current ? undefined : pickable);
  const override = topmostOverride(session);

  function choose(index: number, reach: Reach): void {
    const choice = options[index];
    if (!choice || choice.entry?.unavailable !== undefined || isBusy) return;
    onChoose(choice.reference, reach, () => preflight.beforeSwitch(choice));
  }

  function toggleFavourite(index: number, byPointer: boolean): void {
    const reference = options[index]?.reference;
    if (reference === undefined) return;
    highlight(index, byPointer);
    void setFavourite(reference, !favourites.includes(reference));
  }

  return (
    <>
      <SearchField
        listId={listId}
        choices={choices}
        onChoose={(reach) => choose(active, reach)}
        onStar={() => toggleFavourite(active, false)}
      >
        <span className="text-small models-source">
          In use: <span className="strong">{sourceInWords(session)}</span>
        </span>
        {override && (
          <Button
            variant="quiet"
            className="text-small models-clear"
            disabled={isBusy}
            onClick={() => attempt(() => clearModel(session.id, override))}
          >
            Use the default instead
          </Button>
        )}
      </SearchField>
      <Heads />
      <ModelList
        id={listId}
        groups={groups}
        active={active}
        isPointed={isPointed}
        current={current}
        favourites={favourites}
        onPoint={(index) => highlight(index, true)}
        onChoose={(index) => choose(index, 'tab')}
        onStar={(index) => toggleFavourite(index, true)}
      >
        {options.length === 0 && <p className="chooser-empty">No model fits “{choices.search}”.</p>}
        {hiddenBySettings > 0 && <p className="models-hidden">{hiddenBySettings} hidden by settings</p>}
      </ModelList>
      <ChoiceLine
        choice={choice}
        hasHistory={session.context.tokens > 0}
        outcome={preflight.outcome}
        isFavourite={choice !== undefined && favourites.includes(choice.reference)}
        onStar={() => toggleFavourite(active, false)}
      />
      <Failure message={error} />
      <PickerFoot
        mode={session.ai.mode}
        reference={pickable}
        isBusy={isBusy}
        onChoose={(reach) => choose(active, reach)}
      />
    </>
  );
}

function Heads() {
  const isRefreshing = useRefresh();
  return (
    <div className="model-option models-heads">
      <span />
      <span className="model-title">
        Model
        <output>{isRefreshing && <span className="models-late">asking providers…</span>}</output>
        <span className="model-key">Key</span>
      </span>
      <span className="model-able">Images</span>
      <span className="model-able">Tools</span>
      <span className="model-able">Reasons</span>
      <span className="model-number model-window">Context</span>
      <span className="model-number model-prices">In / out, per million</span>
      <span />
    </div>
  );
}

/** Asks the providers for their models each time the picker opens. */
function useRefresh(): boolean {
  const { refreshModels } = useActions();
  const [isRefreshing, setIsRefreshing] = useState(true);
  useEffect(() => {
    let isOpen = true;
    void refreshModels().then(() => isOpen && setIsRefreshing(false));
    return () => {
      isOpen = false;
    };
  }, [refreshModels]);
  return isRefreshing;
}

/** The override that "the default instead" clears: the topmost one, so that each time one layer goes. */
function topmostOverride({ ai: { modelSource } }: Session): 'tab' | 'mode' | undefined {
  if (modelSource === 'tab-mode') return 'mode';
  return modelSource === 'tab' ? 'tab' : undefined;
}
