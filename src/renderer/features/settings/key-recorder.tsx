import { useState } from 'react';
import { appCommands, type AppCommandId } from '../../../shared/app-commands.ts';
import {
  bindingsOf,
  conflictsOf,
  shellLoss,
  type KeyBinding,
  type OwnKeys,
} from '../../../shared/key-bindings.ts';
import { parseKeys } from '../../../shared/keys.ts';
import type { WhenContext } from '../../../shared/when.ts';
import { useKeyFacts } from '../../store/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { KeyField } from '../../ui/key-field.tsx';
import { isMac, keysInWords } from '../../ui/keys.ts';
import { conflictInWords } from './key-words.ts';

/** Takes a new key by pressing it, and says what it would take from whom before it is kept. */
export function KeyRecorder({
  command,
  own,
  withNew,
  canBeNone,
  onKeep,
  onCancel,
}: {
  readonly command: AppCommandId;
  readonly own: OwnKeys;
  /** The command's keys with the new one. */
  readonly withNew: (key: string) => readonly KeyBinding[];
  /** An empty key may be kept, and means none. */
  readonly canBeNone: boolean;
  readonly onKeep: (key: string) => void;
  readonly onCancel: () => void;
}) {
  const facts = useKeyFacts();
  const [key, setKey] = useState<string>();
  const parsed = key ? parseKeys(key) : undefined;
  const fault = parsed?.ok === false ? parsed.error.message : undefined;
  const words = parsed && (fault ?? wordsOf(command, { ...own, [command]: [...withNew(key ?? '')] }, facts));

  function keep(): void {
    if (key !== undefined && fault === undefined) onKeep(key);
  }

  return (
    <div className="key-recorder">
      <div className="settings-row">
        <KeyField
          className="settings-field"
          label={`New key of ${appCommands[command].title}`}
          placeholder={key === '' ? 'No key' : 'Press the new key'}
          hint={`Enter keeps it, Escape gives up${canBeNone ? ', Backspace means no key' : ''}.`}
          keys={key ?? ''}
          onKeys={(pressed) => setKey(pressed === '' && !canBeNone ? undefined : pressed)}
          onEnter={keep}
          onEscape={onCancel}
          isFocused
        />
        <Button variant="primary" disabled={key === undefined || fault !== undefined} onClick={keep}>
          Keep <Kbd keys="Enter" />
        </Button>
        <Button onClick={onCancel}>
          Cancel <Kbd keys="Escape" />
        </Button>
      </div>
      <output className={fault === undefined ? 'text-small muted' : 'text-small fail'}>
        {key === '' ? 'This command will have no key.' : words}
      </output>
    </div>
  );
}

/** What would come of these keys. */
function wordsOf(command: AppCommandId, own: OwnKeys, facts: Partial<Record<WhenContext, boolean>>): string {
  const bindings = bindingsOf(own, isMac);
  const conflicts = conflictsOf(bindings, facts)
    .filter(({ winner, loser }) => winner.command === command || loser.command === command)
    .map((conflict) => conflictInWords(conflict, command));
  const losses = bindings.flatMap((binding) => {
    const loss = binding.command === command ? shellLoss(binding) : undefined;
    return loss === undefined
      ? []
      : [`${keysInWords(binding.keys)} no longer reaches the shell, where ${loss}.`];
  });
  return [...conflicts, ...losses].join(' ') || 'No other command has this key.';
}
