import { Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { AppCommandId } from '../../../shared/app-commands.ts';
import type { ClientSettings } from '../../../shared/app.ts';
import { conflictsOf } from '../../../shared/key-bindings.ts';
import { useBindings, useKeyFacts } from '../../store/keys.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyField } from '../../ui/key-field.tsx';
import { findCommands } from './key-words.ts';
import { counted } from './provider-form.tsx';
import { KeyRow } from './key-row.tsx';
import './keys.css';

/** Every command with its keys, which can be changed here. */
export function Keys({
  settings,
  opened = '',
}: {
  readonly settings: ClientSettings;
  /** The title of the command that is looked for at first. */
  readonly opened?: string | undefined;
}) {
  const { openSettings } = useActions();
  const bindings = useBindings();
  const facts = useKeyFacts();
  const conflicts = useMemo(() => conflictsOf(bindings, facts), [bindings, facts]);
  const [search, setSearch] = useState(opened);
  const [pressed, setPressed] = useState('');
  const [recording, setRecording] = useState<AppCommandId>();
  const found = findCommands(bindings, { search, pressed });

  return (
    <>
      <header>
        <h3>Keys</h3>
        <p className="muted">
          What you set here stands in <code>[keys]</code> of settings.toml.{' '}
          {facts.web && 'Your browser keeps some keys, such as Ctrl+T, for itself.'}
        </p>
      </header>
      <div className="keys-find">
        <label className="settings-field keys-search">
          <Icon of={Search} isSmall />
          <input
            type="search"
            aria-label="Search commands"
            placeholder="Search commands"
            value={search}
            spellCheck={false}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        <KeyField
          className="settings-field"
          label="Press a key"
          placeholder="Press a key to find its command"
          keys={pressed}
          onKeys={setPressed}
          onEscape={pressed === '' ? undefined : () => setPressed('')}
        />
        <Button variant="quiet" disabled={pressed === ''} onClick={() => setPressed('')}>
          Clear
        </Button>
      </div>
      <output className="faint text-small keys-count">
        {counted(found.length, 'command')}
        {conflicts.length > 0 && `, ${counted(conflicts.length, 'conflict')} in all`}
      </output>
      {found.length > 0 && (
        <ul className="settings-card" aria-label="Commands">
          {found.map((command) => (
            <KeyRow
              key={command}
              command={command}
              own={settings.keys}
              bindings={bindings.filter((binding) => binding.command === command).toReversed()}
              conflicts={conflicts.filter(
                ({ winner, loser }) => winner.command === command || loser.command === command,
              )}
              isRecording={recording === command}
              onRecord={(isRecording) => setRecording(isRecording ? command : undefined)}
            />
          ))}
        </ul>
      )}
      {found.length === 0 && <p className="settings-card settings-none">No command is found by this.</p>}
      <div className="settings-row faint text-small">
        <span>Conditions and two keys after one another are written in the file.</span>
        <Button variant="quiet" onClick={() => void openSettings()}>
          Open settings.toml
        </Button>
      </div>
    </>
  );
}
