import { Check } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent, type UIEvent } from 'react';
import type { ModelEntry, ModelReference } from '../../../shared/models.ts';
import type { Session } from '../../../shared/session.ts';
import { activeSession, shownModel, sourceInWords } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Chooser, ChooserEmpty, ChooserGroup, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ModelName } from '../../ui/model-name.tsx';
import { Spinner } from '../../ui/status-mark.tsx';
import { firstModels, matchModels } from './match-models.ts';
import { useAttempt } from './use-attempt.ts';
import './model-picker.css';

/** Rows drawn at first and added each time the list is scrolled near its end, so that a long list opens as fast as a short one. */
const ROWS_AT_A_TIME = 100;
/** CSS pixels from the end at which more rows are added. */
const NEAR_END = 600;

/** Picks a model for the active tab, or for its mode only. A pick that fails is told here and changes nothing. */
export function ModelPicker() {
  const session = useCarrel(activeSession);
  const { closeDialog } = useActions();
  if (!session) return null;
  return (
    <Dialog title="Choose a model" onClose={closeDialog}>
      <Choices session={session} />
    </Dialog>
  );
}

function Choices({ session }: { readonly session: Session }) {
  const { models, hiddenBySettings } = useCarrel((state) => state.models);
  const pick = useCarrel((state) => state.picks[session.id]);
  const shown = shownModel(session, pick);
  const current = shown.next ?? shown.model;
  const [search, setSearch] = useState('');
  const [value, setValue] = useState<string>(current);
  const [limit, setLimit] = useState(
    () => ROWS_AT_A_TIME + models.findIndex(({ reference }) => reference === current) + 1,
  );
  const { pickModel, clearModel } = useActions();
  const { error, isBusy, attempt } = useAttempt(session.id);
  const override = topmostOverride(session);
  const groups = useMemo(() => matchModels(models, search), [models, search]);
  const pickable = models.find(
    ({ reference, unavailable }) => reference === value && unavailable === undefined,
  );

  function apply(reference: ModelReference, scope: 'tab' | 'mode'): void {
    attempt(() => pickModel(session.id, reference, scope));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (pickable) apply(pickable.reference, 'mode');
  }

  function onScroll({
    currentTarget: { scrollHeight, scrollTop, clientHeight },
  }: UIEvent<HTMLElement>): void {
    if (limit < models.length && scrollHeight - scrollTop - clientHeight < NEAR_END) {
      setLimit(limit + ROWS_AT_A_TIME);
    }
  }

  return (
    <>
      <Chooser
        searchLabel="Search models"
        listLabel="Models"
        search={search}
        onSearch={(search) => {
          setSearch(search);
          setLimit(ROWS_AT_A_TIME);
        }}
        beside={
          <span className="text-small">
            In use: <span className="strong">{sourceInWords(session)}</span>
          </span>
        }
        value={value}
        onValue={setValue}
        shouldFilter={false}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
      >
        <ChooserEmpty>No model fits “{search}”.</ChooserEmpty>
        {firstModels(groups, limit).map(({ provider, models }) => (
          <ChooserGroup key={provider} heading={provider}>
            {models.map((model) => (
              <ModelOption
                key={model.reference}
                model={model}
                isCurrent={model.reference === current}
                onPick={apply}
              />
            ))}
          </ChooserGroup>
        ))}
      </Chooser>
      {error !== undefined && (
        <p className="models-error" role="alert">
          {error}
        </p>
      )}
      <footer className="dialog-foot">
        <Button
          variant="quiet"
          disabled={!pickable || isBusy}
          onClick={() => pickable && apply(pickable.reference, 'tab')}
        >
          <Kbd keys="Enter" isCap /> This tab
        </Button>
        <Button
          variant="quiet"
          disabled={!pickable || isBusy}
          onClick={() => pickable && apply(pickable.reference, 'mode')}
        >
          <Kbd keys="Mod+Enter" isCap /> {session.ai.mode} mode only
        </Button>
        {isBusy && <Spinner />}
        <span className="spacer" />
        {hiddenBySettings > 0 && <span className="faint">{hiddenBySettings} hidden by settings</span>}
        {override && (
          <Button
            variant="quiet"
            disabled={isBusy}
            onClick={() => attempt(() => clearModel(session.id, override))}
          >
            Use the default instead
          </Button>
        )}
      </footer>
    </>
  );
}

function ModelOption({
  model: { reference, isLocal, unavailable },
  isCurrent,
  onPick,
}: {
  readonly model: ModelEntry;
  readonly isCurrent: boolean;
  readonly onPick: (reference: ModelReference, scope: 'tab') => void;
}) {
  return (
    <ChooserOption
      className="model-option"
      value={reference}
      disabled={unavailable !== undefined}
      onSelect={() => onPick(reference, 'tab')}
    >
      <span className="mono text-small cut">
        <ModelName reference={reference} />
      </span>
      <span className="model-remark cut">{unavailable ?? (isLocal && 'on this machine')}</span>
      <span className="model-tick accent">
        {isCurrent && (
          <>
            <Icon of={Check} />
            <span className="visually-hidden">in use</span>
          </>
        )}
      </span>
    </ChooserOption>
  );
}

/** The override that "the default instead" clears: the topmost one, so that each time one layer goes. */
function topmostOverride({ ai: { modelSource } }: Session): 'tab' | 'mode' | undefined {
  if (modelSource === 'tab-mode') return 'mode';
  return modelSource === 'tab' ? 'tab' : undefined;
}
