import { useEffect, useId, useRef, useState } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';
import { providerKind, type ProviderKind } from '../../../shared/models.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { KeyFields, type KeyInput } from './key-fields.tsx';
import { kindWords } from './kinds.ts';
import { TaskReport } from './task-report.tsx';
import { useTask, type Told } from './use-task.ts';

/** A form for a new `[providers.ID]` table. */
export function AddProvider({
  settings: { providers, keychain },
  onAdded,
  onCancel,
}: {
  readonly settings: ClientSettings;
  /** The table is written; `told` says how it went with the key. */
  readonly onAdded: (id: string, told: Told | undefined) => void;
  readonly onCancel: () => void;
}) {
  const { saveProvider, setProviderKey } = useActions();
  const { told, doing, run } = useTask();
  const [kind, setKind] = useState<ProviderKind>('anthropic');
  const [ownId, setOwnId] = useState<string>();
  const [address, setAddress] = useState('');
  const place = keychain.status === 'available' ? 'keychain' : 'environment';
  const [input, setInput] = useState<KeyInput>({ place, text: '' });
  const [kindField, idField, addressField] = [useId(), useId(), useId()];
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const isTaken = (id: string) => providers.some((provider) => provider.id === id);
  const id = ownId ?? freeId(kind, isTaken);
  const { needsAddress = false, hint } = kindWords[kind];

  async function add(): Promise<void> {
    const baseUrl = address.trim();
    const isAdded = await run({
      doing: `Adding ${id}…`,
      act: () => saveProvider({ id, kind, ...(baseUrl !== '' && { baseUrl }) }),
      done: () => 'Added.',
    });
    if (!isAdded) return;
    const key = input.text.trim();
    const kept = key === '' ? undefined : await setProviderKey({ id, place: input.place, key });
    onAdded(id, kept?.ok === false ? { isError: true, text: kept.error.message } : undefined);
  }

  const isBusy = doing !== undefined;
  const isWhole = id !== '' && !isTaken(id) && (!needsAddress || address.trim() !== '');
  return (
    <form
      className="settings-card settings-form settings-new"
      aria-label="Add provider"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) void add();
      }}
    >
      <label htmlFor={kindField}>Kind</label>
      <select
        ref={first}
        id={kindField}
        className="settings-field"
        value={kind}
        onChange={(event) => setKind(providerKind.parse(event.target.value))}
      >
        {providerKind.options.map((each) => (
          <option key={each} value={each}>
            {kindWords[each].name}
          </option>
        ))}
      </select>
      <label htmlFor={idField}>Id</label>
      <input
        id={idField}
        className="settings-field mono"
        value={id}
        spellCheck={false}
        aria-invalid={isTaken(id)}
        onChange={(event) => setOwnId(event.target.value.trim())}
      />
      {isTaken(id) && <p className="settings-hint fail">There is a provider {id} already.</p>}
      <label htmlFor={addressField}>Address</label>
      <input
        id={addressField}
        className="settings-field mono"
        value={address}
        placeholder={needsAddress ? 'https://…' : 'the kind’s own'}
        spellCheck={false}
        required={needsAddress}
        onChange={(event) => setAddress(event.target.value)}
      />
      <KeyFields
        id={id}
        input={input}
        onInput={setInput}
        keychain={keychain}
        placeholder={kindWords[kind].needsNoKey ? 'none needed' : ''}
      />
      {hint !== undefined && <p className="settings-hint faint text-small">{hint}</p>}
      <div className="settings-row settings-hint">
        <Button variant="primary" type="submit" disabled={isBusy || !isWhole}>
          Add
        </Button>
        <Button disabled={isBusy} onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <TaskReport doing={doing} told={told} />
    </form>
  );
}

/** The kind's own name, or with a number where that is taken. */
function freeId(kind: ProviderKind, isTaken: (id: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? kind : `${kind}-${number}`;
    if (!isTaken(id)) return id;
  }
}
