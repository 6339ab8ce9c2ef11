import { TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { appCommands, type AppCommandId } from '../../../shared/app-commands.ts';
import {
  presentKeys,
  type Binding,
  type KeyBinding,
  type KeyConflict,
  type OwnKeys,
} from '../../../shared/key-bindings.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { isMac, keysInWords } from '../../ui/keys.ts';
import { KeyRecorder } from './key-recorder.tsx';
import { conflictInWords } from './key-words.ts';
import { TaskReport } from './task-report.tsx';
import { useTask } from './use-task.ts';

/** A command with its keys, where they come from, and what they clash with. */
export function KeyRow({
  command,
  own,
  bindings,
  conflicts,
  isRecording,
  onRecord,
}: {
  readonly command: AppCommandId;
  readonly own: OwnKeys;
  /** Of this command, in the order of the file. */
  readonly bindings: readonly Binding[];
  /** That this command has a part in. */
  readonly conflicts: readonly KeyConflict[];
  readonly isRecording: boolean;
  readonly onRecord: (isRecording: boolean) => void;
}) {
  const { setKeys } = useActions();
  const { told, doing, run } = useTask();
  const [isAdding, setIsAdding] = useState(false);
  const change = useRef<HTMLButtonElement>(null);
  const { title } = appCommands[command];
  const isOwn = Object.hasOwn(own, command);
  const present = presentKeys(command, own, isMac);

  function record(adds: boolean): void {
    setIsAdding(adds);
    onRecord(true);
  }

  function close(): void {
    onRecord(false);
    change.current?.focus();
  }

  async function write(keys: readonly KeyBinding[] | undefined): Promise<void> {
    const isWritten = await run({
      doing: 'Saving…',
      act: () => setKeys(keys ? { command, keys: [...keys] } : { command }),
      done: () => 'Saved.',
    });
    if (isWritten) close();
  }

  /** The new key counts where the old one did, and takes the place of all. */
  function withNew(key: string): readonly KeyBinding[] {
    if (isAdding) return [...present, { key }];
    return key === '' ? [] : [{ ...present[0], key }];
  }

  return (
    <li className="key-row" aria-label={title}>
      <span className="key-command">
        <span className="strong">{title}</span>
        <code className="faint text-small">{command}</code>
      </span>
      <ul className="key-list" aria-label={`Keys of ${title}`}>
        {bindings.map(({ keys, when }) => (
          <li key={`${keys} ${when}`}>
            <Kbd keys={keys} isCap />
            <span className="visually-hidden">{keysInWords(keys)}</span>
            {when !== '' && <code className="faint text-small">when {when}</code>}
          </li>
        ))}
        {bindings.length === 0 && <li className="faint">No key</li>}
      </ul>
      <span className={isOwn ? 'text-small strong' : 'text-small faint'}>
        {isOwn ? 'Yours' : bindings.length > 0 && 'Built in'}
      </span>
      <span className="key-buttons">
        <Button
          ref={change}
          variant="quiet"
          aria-label={`Change the key of ${title}`}
          onClick={() => record(false)}
        >
          Change
        </Button>
        <Button variant="quiet" aria-label={`Add a key to ${title}`} onClick={() => record(true)}>
          Add
        </Button>
        <Button
          variant="quiet"
          disabled={!isOwn}
          aria-label={`Reset the key of ${title} to built in`}
          onClick={() => void write(undefined)}
        >
          Reset
        </Button>
      </span>
      {conflicts.map((conflict) => (
        <p key={conflictInWords(conflict, command)} className="key-conflict text-small">
          <Icon of={TriangleAlert} isSmall />
          <span>
            <span className="strong">Conflict:</span> {conflictInWords(conflict, command)}
          </span>
        </p>
      ))}
      {isRecording && (
        <KeyRecorder
          command={command}
          own={own}
          withNew={withNew}
          canBeNone={!isAdding}
          onKeep={(key) => void write(withNew(key))}
          onCancel={close}
        />
      )}
      {(isRecording || told?.isError) && <TaskReport doing={doing} told={told} />}
    </li>
  );
}
