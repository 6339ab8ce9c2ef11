import { Check } from 'lucide-react';
import type { Session } from '../../../shared/session.ts';
import type { Outcome } from '../../store/actions.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Chooser, ChooserEmpty, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Failure } from './failure.tsx';
import { useAttempt } from './use-attempt.ts';
import './model-picker.css';

/** Picks one of a few words for a tab, each with what it means; the present one is highlighted and ticked. */
export function OptionPicker({
  session,
  title,
  searchLabel,
  listLabel,
  options,
  current,
  isOwnChoice,
  onPick,
}: {
  readonly session: Session;
  readonly title: string;
  readonly searchLabel: string;
  readonly listLabel: string;
  readonly options: readonly { readonly name: string; readonly description: string }[];
  readonly current: string;
  /** The tab chose it, so that it can go back to the default. */
  readonly isOwnChoice: boolean;
  /** Undefined goes back to the default. */
  readonly onPick: (name: string | undefined) => Promise<Outcome<unknown>>;
}) {
  const { closeDialog } = useActions();
  const { error, attempt } = useAttempt(session.id);
  return (
    <Dialog title={title} className="dialog-narrow" onClose={closeDialog}>
      <Chooser searchLabel={searchLabel} listLabel={listLabel} defaultValue={current}>
        <ChooserEmpty>Nothing fits.</ChooserEmpty>
        {options.map(({ name, description }) => (
          <ChooserOption
            key={name}
            className="option-with-description"
            value={name}
            aria-label={name}
            aria-description={name === current ? `In use. ${description}` : description}
            onSelect={() => attempt(() => onPick(name))}
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
      <Failure message={error} />
      {isOwnChoice && (
        <footer className="dialog-foot">
          <Button variant="quiet" onClick={() => attempt(() => onPick(undefined))}>
            Use the default instead
          </Button>
        </footer>
      )}
    </Dialog>
  );
}
