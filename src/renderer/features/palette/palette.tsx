import { useRef } from 'react';
import type { AppCommandId } from '../../../shared/app-commands.ts';
import { useKeys } from '../../store/keys.ts';
import { useActions } from '../../store/store.ts';
import { Chooser, ChooserEmpty, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { keysInWords } from '../../ui/keys.ts';

export type PaletteEntry = {
  readonly id: string;
  readonly title: string;
  /** Whose key does the same. */
  readonly command?: AppCommandId | undefined;
  readonly run: () => void;
};

/** Everything that can be done, by its name, with its key. The chosen one runs once the focus is back where it was. */
export function Palette({ entries }: { readonly entries: readonly PaletteEntry[] }) {
  const { closeDialog } = useActions();
  const chosen = useRef<PaletteEntry>(undefined);
  return (
    <Dialog
      title="Command palette"
      className="dialog-narrow"
      onClose={closeDialog}
      onClosed={() => chosen.current?.run()}
    >
      <Chooser searchLabel="Search commands" listLabel="Commands">
        <ChooserEmpty>No such command.</ChooserEmpty>
        {entries.map((entry) => (
          <Option
            key={entry.id}
            entry={entry}
            onSelect={() => {
              chosen.current = entry;
              closeDialog();
            }}
          />
        ))}
      </Chooser>
    </Dialog>
  );
}

function Option({
  entry: { title, command },
  onSelect,
}: {
  readonly entry: PaletteEntry;
  readonly onSelect: () => void;
}) {
  const keys = useKeys(command);
  return (
    <ChooserOption value={title} aria-description={keys && keysInWords(keys)} onSelect={onSelect}>
      <span className="spacer cut">{title}</span>
      <Kbd keys={keys} />
    </ChooserOption>
  );
}
