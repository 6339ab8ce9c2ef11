import { useRef } from 'react';
import { appCommands, type AppCommandId } from '../../../shared/app-commands.ts';
import { useKeys } from '../../store/keys.ts';
import { useActions } from '../../store/store.ts';
import { Chooser, ChooserEmpty, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { keysInWords } from '../../ui/keys.ts';

/** Every command by its name, with its key. The chosen one runs once the focus is back where it was. */
export function Palette({
  commands,
  onRun,
}: {
  readonly commands: readonly AppCommandId[];
  readonly onRun: (command: AppCommandId) => void;
}) {
  const { closeDialog } = useActions();
  const chosen = useRef<AppCommandId>(undefined);
  return (
    <Dialog
      title="Command palette"
      className="dialog-narrow"
      onClose={closeDialog}
      onClosed={() => chosen.current && onRun(chosen.current)}
    >
      <Chooser searchLabel="Search commands" listLabel="Commands">
        <ChooserEmpty>No such command.</ChooserEmpty>
        {commands.map((command) => (
          <Option
            key={command}
            command={command}
            onSelect={() => {
              chosen.current = command;
              closeDialog();
            }}
          />
        ))}
      </Chooser>
    </Dialog>
  );
}

function Option({ command, onSelect }: { readonly command: AppCommandId; readonly onSelect: () => void }) {
  const keys = useKeys(command);
  const { title } = appCommands[command];
  return (
    <ChooserOption value={title} aria-description={keys && keysInWords(keys)} onSelect={onSelect}>
      <span className="spacer cut">{title}</span>
      <Kbd keys={keys} />
    </ChooserOption>
  );
}
