import { ExternalLink } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';
import { OFFLINE_GUIDE, type ModelReference } from '../../../shared/models.ts';
import { shortPath } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { settingRows, type Section } from './find-settings.ts';
import { TaskReport } from './task-report.tsx';
import { useTask } from './use-task.ts';

type SectionProps = { readonly settings: ClientSettings };

export function General({ settings }: SectionProps) {
  const path = useCarrel((state) => shortPath(settings.path, state.host?.homeFolder));
  const { keychain, exists } = settings;
  return (
    <>
      <Heading
        title="General"
        about="Settings live in one file. A change is in use as soon as it is saved."
      />
      <Values
        values={[
          ...valuesOf(settings, 'General'),
          [
            'File',
            <span key="path" className="settings-row">
              <span className="mono cut">{path}</span>
              <CopyButton text={settings.path} label="Copy path" />
              {!exists && <span className="faint">not written yet: built-in defaults are in force</span>}
            </span>,
          ],
          ['Keychain', keychain.status === 'available' ? 'Keeps keys on this machine' : keychain.reason],
        ]}
      />
      <InTheFile keys="[appearance] theme and tabs" />
    </>
  );
}

export function Models({ settings }: SectionProps) {
  const { aliases } = settings;
  return (
    <>
      <Heading title="Models and aliases" about="What new tabs start with, and your own words for models." />
      <DefaultModel settings={settings} />
      <h4>Aliases</h4>
      {aliases.length > 0 ? (
        <Values values={aliases.map(({ name, reference }) => [name, reference])} />
      ) : (
        <p className="settings-card settings-none">None is defined.</p>
      )}
      <InTheFile keys="[aliases]" />
    </>
  );
}

/** Chosen first and written after: arrow keys in the list would write at each step. */
function DefaultModel({ settings: { defaults } }: SectionProps) {
  const { models } = useCarrel((state) => state.models);
  const { setDefaultModel } = useActions();
  const { told, doing, run } = useTask();
  const present = defaults.model ?? OFFLINE_GUIDE;
  const [chosen, setChosen] = useState<ModelReference>();
  const usable = models.filter(({ unavailable, reference }) => !unavailable || reference === present);
  const others = usable.map(({ reference }) => reference).filter((reference) => reference !== present);
  const model = chosen ?? present;
  return (
    <form
      className="settings-card settings-form settings-new"
      onSubmit={(event) => {
        event.preventDefault();
        void run({
          doing: 'Saving…',
          act: () => setDefaultModel(model),
          done: () => `New tabs start with ${model}. Open tabs keep theirs.`,
        });
      }}
    >
      <label htmlFor="default-model">New tabs</label>
      <div className="settings-row">
        <select
          id="default-model"
          className="settings-field mono"
          value={model}
          onChange={(event) => setChosen(event.target.value as ModelReference)}
        >
          {[present, ...others].map((reference) => (
            <option key={reference}>{reference}</option>
          ))}
        </select>
        <Button type="submit" disabled={doing !== undefined || model === present}>
          Set as default
        </Button>
      </div>
      <TaskReport doing={doing} told={told} />
    </form>
  );
}

export function Modes({ settings }: SectionProps) {
  return (
    <>
      <Heading title="Modes" about="How an agent behaves. Each tab has its own." />
      <Values values={valuesOf(settings, 'Modes')} />
      <InTheFile keys="[defaults] mode and [modes.NAME]" />
    </>
  );
}

export function Budget({ settings }: SectionProps) {
  return (
    <>
      <Heading
        title="Budget"
        about="A tab that has spent its budget pauses and asks. A day’s amount is a line in the plot of costs and stops nothing."
      />
      <Values
        values={[
          ...valuesOf(settings, 'Budget'),
          ['An open tab', 'Each has its own: see Cost in its status bar.'],
        ]}
      />
      <InTheFile keys="[budget] tab_dollars, tab_tokens, tab_turns and day_dollars" />
    </>
  );
}

export function Terminal({ settings }: SectionProps) {
  const { openDialog } = useActions();
  return (
    <>
      <Heading title="Terminal" about="A change shows at once, in open tabs too." />
      <div className="settings-row">
        <Button onClick={() => openDialog('theme-picker')}>Choose a theme</Button>
      </div>
      <Values values={valuesOf(settings, 'Terminal')} />
      <InTheFile keys="[terminal]" />
    </>
  );
}

function valuesOf(settings: ClientSettings, section: Section): readonly (readonly [string, ReactNode])[] {
  return settingRows(settings)
    .filter((row) => row.section === section)
    .map(({ name, value }) => [name, value]);
}

export function Heading({ title, about }: { readonly title: string; readonly about: string }) {
  return (
    <header>
      <h3>{title}</h3>
      <p className="muted">{about}</p>
    </header>
  );
}

function Values({ values }: { readonly values: readonly (readonly [string, ReactNode])[] }) {
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

/** Where values without a form are changed. */
export function InTheFile({ keys }: { readonly keys: string }) {
  const { openSettings } = useActions();
  return (
    <div className="settings-row faint text-small">
      <span>
        To change it, write <code>{keys}</code> in settings.toml.
      </span>
      <Button variant="quiet" onClick={() => void openSettings()}>
        <Icon of={ExternalLink} isSmall />
        Open settings.toml
      </Button>
    </div>
  );
}
