import { ExternalLink, KeyRound, Palette, SlidersHorizontal, SquareTerminal } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';
import { shortPath } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Providers } from './providers.tsx';
import './settings.css';

const SECTIONS = [
  { name: 'Providers', icon: KeyRound, Page: Providers },
  { name: 'Modes', icon: SlidersHorizontal, Page: Modes },
  { name: 'Appearance', icon: Palette, Page: Appearance },
  { name: 'Terminal', icon: SquareTerminal, Page: Terminal },
] as const;

/** What is in force now. Settings are changed in settings.toml, which is watched. */
export function SettingsDialog() {
  const settings = useCarrel((state) => state.settings);
  const path = useCarrel((state) => shortPath(settings?.path ?? '', state.host?.homeFolder));
  const { closeDialog, openSettings } = useActions();
  const [section, setSection] = useState<(typeof SECTIONS)[number]>(SECTIONS[0]);
  if (!settings) return null;
  const { Page } = section;
  return (
    <Dialog title="Settings" isTitleShown className="settings" onClose={closeDialog}>
      <div className="settings-body">
        <nav className="settings-sections" aria-label="Sections">
          {SECTIONS.map((each) => (
            <button
              key={each.name}
              type="button"
              aria-current={each === section ? 'page' : undefined}
              onClick={() => setSection(each)}
            >
              <Icon of={each.icon} />
              {each.name}
            </button>
          ))}
        </nav>
        <div className="settings-page">
          <Page settings={settings} />
        </div>
      </div>
      <footer className="dialog-foot">
        <span className="mono cut">{path}</span>
        <CopyButton text={settings.path} label="Copy path" />
        {!settings.exists && <span className="faint">not written yet: built-in defaults are in force</span>}
        <span className="spacer" />
        <Button onClick={() => void openSettings()}>
          <Icon of={ExternalLink} isSmall />
          Open settings.toml
        </Button>
      </footer>
    </Dialog>
  );
}

function Modes({ settings: { modes } }: { readonly settings: ClientSettings }) {
  return (
    <>
      <Heading title="Modes" about="How an agent behaves. Each tab has its own." />
      <Values values={modes.map(({ name, description }) => [name, description])} />
    </>
  );
}

function Appearance({ settings: { appearance } }: { readonly settings: ClientSettings }) {
  return (
    <>
      <Heading title="Appearance" about="[appearance] in settings.toml; a change shows at once." />
      <Values values={[['Theme', appearance.theme]]} />
    </>
  );
}

function Terminal({ settings: { terminal } }: { readonly settings: ClientSettings }) {
  return (
    <>
      <Heading title="Terminal" about="[terminal] in settings.toml; a change shows at once." />
      <Values
        values={[
          ['Font', terminal.fontFamily],
          ['Size', `${terminal.fontSize} px`],
          ['Scrollback', `${terminal.scrollback.toLocaleString()} lines`],
          ['Cursor', `${terminal.cursorStyle}, ${terminal.cursorBlink ? 'blinks' : 'steady'}`],
          ['Screen reader', terminal.screenReader],
        ]}
      />
    </>
  );
}

function Heading({ title, about }: { readonly title: string; readonly about: ReactNode }) {
  return (
    <header>
      <h3>{title}</h3>
      <p className="muted">{about}</p>
    </header>
  );
}

function Values({ values }: { readonly values: readonly (readonly [string, string])[] }) {
  return (
    <dl className="settings-card settings-values">
      {values.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
