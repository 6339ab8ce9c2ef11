import { Check } from 'lucide-react';
import type { Session } from '../../../shared/session.ts';
import { activeSession } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Chooser, ChooserEmpty, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useAttempt } from './use-attempt.ts';
import './model-picker.css';

/** Picks how the active tab's agent behaves. */
export function ModePicker() {
  const session = useCarrel(activeSession);
  const { closeDialog } = useActions();
  if (!session) return null;
  return (
    <Dialog title="Choose a mode" className="dialog-narrow" onClose={closeDialog}>
      <Choices session={session} />
    </Dialog>
  );
}

function Choices({ session: { id, ai } }: { readonly session: Session }) {
  const modes = useCarrel((state) => state.settings?.modes);
  const { setMode } = useActions();
  const { error, attempt } = useAttempt(id);
  const current = ai.next?.mode ?? ai.mode;
  const pick = (mode: string) => attempt(() => setMode(id, mode));

  return (
    <>
      <Chooser searchLabel="Search modes" listLabel="Modes">
        <ChooserEmpty>No such mode.</ChooserEmpty>
        {modes?.map(({ name, description }) => (
          <ChooserOption
            key={name}
            className="mode-option"
            value={name}
            aria-label={name}
            aria-description={name === current ? `In use. ${description}` : description}
            onSelect={() => pick(name)}
          >
            <span className="spacer">
              <span className="strong">{name}</span>
              <br />
              <span className="muted text-small">{description}</span>
            </span>
            {name === current && (
              <span className="accent">
                <Icon of={Check} />
              </span>
            )}
          </ChooserOption>
        ))}
      </Chooser>
      {error !== undefined && (
        <p className="models-error" role="alert">
          {error}
        </p>
      )}
      {ai.modeSource === 'tab' && (
        <footer className="dialog-foot">
          <Button variant="quiet" onClick={() => pick('')}>
            Use the default instead
          </Button>
        </footer>
      )}
    </>
  );
}
