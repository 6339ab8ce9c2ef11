import { Check, GitFork } from 'lucide-react';
import { useState } from 'react';
import type { ModelReference } from '../../../shared/models.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Spinner } from '../../ui/status-mark.tsx';
import { Failure } from './failure.tsx';
import type { Reach } from './reach.ts';

/** How far a choice reaches; the default of new tabs stands apart. */
export function PickerFoot({
  mode,
  reference,
  isBusy,
  onChoose,
}: {
  readonly mode: string;
  /** Undefined where the highlighted model cannot be picked. */
  readonly reference: ModelReference | undefined;
  readonly isBusy: boolean;
  readonly onChoose: (reach: Reach) => void;
}) {
  const reach = { variant: 'quiet', disabled: reference === undefined || isBusy } as const;
  const { isDefault, error, setDefault } = useDefault(reference);
  return (
    <>
      <Failure message={error} />
      <footer className="dialog-foot models-foot">
        <Button {...reach} onClick={() => onChoose('tab')}>
          <Kbd keys="Enter" isCap /> This tab
        </Button>
        <Button {...reach} onClick={() => onChoose('mode')}>
          <Kbd keys="Mod+Enter" isCap /> {mode} mode only
        </Button>
        <Button {...reach} onClick={() => onChoose('fork')}>
          <Kbd keys="Shift+Enter" isCap /> <Icon of={GitFork} isSmall /> Fork
        </Button>
        {isBusy && <Spinner />}
        <span className="spacer" />
        <output className="models-default">
          {isDefault && (
            <>
              <Icon of={Check} isSmall /> Default of new tabs
            </>
          )}
        </output>
        {!isDefault && (
          <Button
            variant="quiet"
            aria-label="Set as default"
            disabled={reference === undefined}
            onClick={() => void setDefault()}
          >
            Set as default <span className="faint">new tabs</span>
          </Button>
        )}
      </footer>
    </>
  );
}

/** Makes the highlighted model what new tabs start with, and says so once it is. */
function useDefault(reference: ModelReference | undefined) {
  const present = useCarrel((state) => state.settings?.defaults.model);
  const { setDefaultModel } = useActions();
  const [error, setError] = useState<string>();

  async function setDefault(): Promise<void> {
    if (reference === undefined) return;
    const outcome = await setDefaultModel(reference);
    setError(outcome.ok ? undefined : outcome.error.message);
  }

  return { isDefault: reference !== undefined && reference === present, error, setDefault };
}
