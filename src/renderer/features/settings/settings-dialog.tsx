import {
  CircleDollarSign,
  Code,
  ExternalLink,
  Keyboard,
  KeyRound,
  Layers,
  Search,
  SlidersHorizontal,
  SquareTerminal,
  SquareStack,
  type LucideIcon,
} from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState, type ComponentType } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { findSettings, SECTIONS, settingRows, type Section, type SettingRow } from './find-settings.ts';
import { Keys } from './keys.tsx';
import { Profiles } from './profiles.tsx';
import { Providers } from './providers.tsx';
import { Budget, General, Models, Modes, Terminal } from './sections.tsx';
import './settings.css';

type Page = ComponentType<{ readonly settings: ClientSettings; readonly opened?: string | undefined }>;

const pages: Readonly<Record<Section, { readonly icon: LucideIcon; readonly Page: Page }>> = {
  General: { icon: SlidersHorizontal, Page: General },
  Providers: { icon: KeyRound, Page: Providers },
  'Models and aliases': { icon: Layers, Page: Models },
  Modes: { icon: Code, Page: Modes },
  Profiles: { icon: SquareStack, Page: Profiles },
  Budget: { icon: CircleDollarSign, Page: Budget },
  Terminal: { icon: SquareTerminal, Page: Terminal },
  Keys: { icon: Keyboard, Page: Keys },
};

/** What is in force now. Keys, addresses and the default model are written from here, the rest in settings.toml itself. */
export function SettingsDialog({ section: first = 'Providers' }: { readonly section?: Section }) {
  const settings = useCarrel((state) => state.settings);
  const { closeDialog, openSettings } = useActions();
  const [section, setSection] = useState<Section>(first);
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<SettingRow>();
  if (!settings) return null;

  const { Page } = pages[section];

  function show(row: SettingRow): void {
    setSearch('');
    setFound(row);
    setSection(row.section);
  }

  return (
    <Dialog title="Settings" isTitleShown className="settings" onClose={closeDialog}>
      <div className="settings-find">
        <Icon of={Search} isSmall />
        <input
          type="search"
          aria-label="Find a setting"
          placeholder="Find a setting"
          value={search}
          spellCheck={false}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <Tabs.Root
        className="settings-body"
        orientation="vertical"
        value={section}
        onValueChange={(value) => {
          setSearch('');
          setFound(undefined);
          setSection(value as Section);
        }}
      >
        <div className="settings-side">
          <Tabs.List className="settings-sections" aria-label="Sections">
            {SECTIONS.map((name) => (
              <Tabs.Trigger key={name} value={name}>
                <Icon of={pages[name].icon} />
                {name}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <button type="button" onClick={() => void openSettings()}>
            <Icon of={ExternalLink} />
            settings.toml
          </button>
        </div>
        {search.trim() === '' ? (
          <Tabs.Content value={section} className="settings-page">
            <Page
              // Another row that was found opens anew.
              key={`${section} ${found?.key ?? ''}`}
              settings={settings}
              opened={found?.name}
            />
          </Tabs.Content>
        ) : (
          <Found rows={findSettings(settingRows(settings), search)} onShow={show} />
        )}
      </Tabs.Root>
    </Dialog>
  );
}

function Found({
  rows,
  onShow,
}: {
  readonly rows: readonly SettingRow[];
  readonly onShow: (row: SettingRow) => void;
}) {
  return (
    <div className="settings-page">
      <ul className="settings-card" aria-label="Found settings">
        {rows.map((row) => (
          <li key={row.key}>
            <button type="button" className="settings-found" onClick={() => onShow(row)}>
              <span className="strong cut">{row.name}</span>
              <span className="muted cut">{row.value}</span>
              <span className="faint text-small">{row.section}</span>
            </button>
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p className="muted">No setting has these words.</p>}
    </div>
  );
}
