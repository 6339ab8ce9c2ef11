import { useRef } from 'react';
import { useActions } from '../../store/store.ts';
import { Chooser, ChooserEmpty, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { keysInWords, type Keys } from '../../ui/keys.ts';

export type PaletteCommand = {
  readonly id: string;
  readonly title: string;
  readonly keys?: Keys;
  readonly run: () => void;
};

/** Every command by its name, with its key. The chosen one runs once the focus is back where it was. */
export function Palette({ commands }: { readonly commands: readonly PaletteCommand[] }) {
  const { closeDialog } = useActions();
  const chosen = useRef<PaletteCommand>(undefined);
  return (
    <Dialog
      title="Command palette"
      className="dialog-narrow"
      onClose={closeDialog}
      onClosed={() => chosen.current?.run()}
    >
      <Chooser searchLabel="Search commands" listLabel="Commands">
        <ChooserEmpty>No such command.</ChooserEmpty>
        {commands.map((command) => (
          <ChooserOption
            key={command.id}
            value={command.title}
            aria-description={command.keys && keysInWords(command.keys)}
            onSelect={() => {
              chosen.current = command;
              closeDialog();
            }}
          >
            <span className="spacer cut">{command.title}</span>
            {command.keys !== undefined && <Kbd keys={command.keys} />}
          </ChooserOption>
        ))}
      </Chooser>
    </Dialog>
  );
}
