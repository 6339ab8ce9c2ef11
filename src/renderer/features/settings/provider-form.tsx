import { Switch } from 'radix-ui';
import { useId, useState } from 'react';
import type { ClientSettings, ProviderDescription } from '../../../shared/app.ts';
import { modelLabel, type ModelEntry } from '../../../shared/models.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/tag.tsx';
import { KeyFields, type KeyInput } from './key-fields.tsx';
import { TaskReport } from './task-report.tsx';
import { useTask, type Told } from './use-task.ts';

const MOST_MODELS_SHOWN = 4;

/** All that can be said of a provider. Each button writes its own line into settings.toml and nothing else. */
export function ProviderForm({
  provider,
  models,
  keychain,
  told: initial,
}: {
  readonly provider: ProviderDescription;
  readonly models: readonly ModelEntry[];
  readonly keychain: ClientSettings['keychain'];
  /** What has just happened to it, as it was added. */
  readonly told: Told | undefined;
}) {
  const { id, baseUrl = '', isEnabled, problem } = provider;
  const { saveProvider, setProviderKey, testProvider } = useActions();
  const { told, doing, run } = useTask(initial);
  const [input, setInput] = useState<KeyInput>(() => presentKey(provider, keychain));
  const [address, setAddress] = useState(baseUrl);
  const addressId = useId();
  const switchId = useId();

  async function saveKey(): Promise<void> {
    const { place, text: key } = input;
    const isSaved = await run({
      doing: 'Saving the key…',
      act: () => setProviderKey({ id, place, key }),
      done: () => 'Saved. Open tabs use it from their next turn on.',
    });
    if (isSaved && place !== 'environment') setInput({ place, text: '' });
  }

  const test = () =>
    run({
      doing: `Asking ${id} for its models…`,
      act: () => testProvider(id),
      done: ({ models: count }) => `It answers and has ${counted(count, 'model')}.`,
    });

  const saveAddress = () =>
    run({
      doing: 'Saving the address…',
      act: () => saveProvider({ id, baseUrl: address.trim() }),
      done: () => 'The address is saved.',
    });

  const turn = (isOn: boolean) =>
    run({
      doing: isOn ? 'Turning it on…' : 'Turning it off…',
      act: () => saveProvider({ id, isEnabled: isOn }),
      done: () => (isOn ? 'Its models are offered.' : 'Its models are hidden.'),
    });

  const isBusy = doing !== undefined;
  return (
    <form
      className="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (input.text.trim() !== '') void saveKey();
      }}
    >
      {problem !== undefined && <p className="settings-hint fail">{problem}</p>}
      <KeyFields
        id={id}
        input={input}
        onInput={setInput}
        keychain={keychain}
        placeholder={provider.keyPlace === 'none' ? 'none' : 'kept; type a new one to replace it'}
      >
        <Button disabled={isBusy} onClick={() => void test()}>
          Test
        </Button>
        <Button variant="primary" type="submit" disabled={isBusy || input.text.trim() === ''}>
          Save key
        </Button>
      </KeyFields>
      <label htmlFor={addressId}>Address</label>
      <div className="settings-row">
        <input
          id={addressId}
          className="settings-field mono"
          value={address}
          placeholder="the kind’s own"
          spellCheck={false}
          onChange={(event) => setAddress(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            if (address !== baseUrl) void saveAddress();
          }}
        />
        <Button disabled={isBusy || address === baseUrl} onClick={() => void saveAddress()}>
          Save address
        </Button>
      </div>
      <label htmlFor={switchId}>Enabled</label>
      <div className="settings-row">
        <Switch.Root
          id={switchId}
          className="settings-switch"
          checked={isEnabled}
          disabled={isBusy}
          onCheckedChange={(isOn) => void turn(isOn)}
        >
          <Switch.Thumb />
        </Switch.Root>
      </div>
      {models.length > 0 && (
        <>
          <span className="muted">Models</span>
          <div className="settings-row settings-tags">
            {models.slice(0, MOST_MODELS_SHOWN).map(({ reference }) => (
              <Tag key={reference}>{modelLabel(reference)}</Tag>
            ))}
            {models.length > MOST_MODELS_SHOWN && (
              <span className="muted text-small">and {models.length - MOST_MODELS_SHOWN} more</span>
            )}
          </div>
        </>
      )}
      <TaskReport doing={doing} told={told} />
    </form>
  );
}

/** Where the key lies now; where there is none yet, the safest place that there is. */
function presentKey(
  { keyPlace, keySource }: ProviderDescription,
  keychain: ClientSettings['keychain'],
): KeyInput {
  const safest = keychain.status === 'available' ? 'keychain' : 'environment';
  if (keyPlace === 'environment' && /^\$\w+$/.test(keySource))
    return { place: keyPlace, text: keySource.slice(1) };
  const isPossible = keyPlace === 'settings' || (keyPlace === 'keychain' && keychain.status === 'available');
  return { place: isPossible ? keyPlace : safest, text: '' };
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
