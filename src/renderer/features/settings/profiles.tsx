import { ExternalLink } from 'lucide-react';
import { useId } from 'react';
import type { ClientSettings } from '../../../shared/app.ts';
import type { ProfileDescription } from '../../../shared/profiles.ts';
import { profileGroups } from '../../store/selectors.ts';
import { useActions } from '../../store/store.ts';
import { Button } from '../../ui/button.tsx';
import { ColourDot } from '../../ui/colour-dot.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProfileIcon } from '../../ui/profile-icon.tsx';
import { Tag } from '../../ui/tag.tsx';
import { TaskReport } from './task-report.tsx';
import { useTask } from './use-task.ts';

const EXAMPLE = `[profiles.work]
command = "zsh"
args = ["-l"]
cwd = "~/work"
icon = "briefcase"
colour = "blue"
mode = "plan"`;

/** What tabs can be opened with, where each is from, and how one is written. */
export function Profiles({ settings }: { readonly settings: ClientSettings }) {
  const { setDefaultProfile } = useActions();
  const { told, doing, run } = useTask();
  const { profile: present } = settings.defaults;

  function choose(name: string): void {
    void run({
      doing: 'Saving…',
      act: () => setDefaultProfile(name),
      done: () =>
        name === '' ? 'New tabs open your shell.' : `New tabs open ${name}. Open tabs keep theirs.`,
    });
  }

  return (
    <>
      <header>
        <h3>Profiles</h3>
        <p className="muted">
          What a tab can be opened with. Shells and SSH hosts are found by themselves; no password or key is
          kept.
        </p>
      </header>
      <TaskReport doing={doing} told={told} />
      {profileGroups(settings.profiles).map((group) => (
        <Group key={group.title} title={group.title}>
          {group.profiles.map((profile) => (
            <Row
              key={profile.name}
              profile={profile}
              isDefault={profile.name === present}
              onChoose={doing === undefined ? choose : undefined}
            />
          ))}
        </Group>
      ))}
      <HowToWrite />
    </>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const id = useId();
  return (
    <section className="settings-group">
      <h4 id={id}>{title}</h4>
      <ul className="settings-card" aria-labelledby={id}>
        {children}
      </ul>
    </section>
  );
}

function Row({
  profile: { name, icon, colour, commandLine, origin, isChanged, isHidden, model, mode },
  isDefault,
  onChoose,
}: {
  readonly profile: ProfileDescription;
  readonly isDefault: boolean;
  /** Absent while a choice is being written. */
  readonly onChoose: ((name: string) => void) | undefined;
}) {
  const place = isChanged ? `${origin}, changed in settings.toml` : origin;
  const extras = [mode && `${mode} mode`, model].filter(Boolean).join(', ');
  return (
    <li className="profile">
      <ProfileIcon name={icon} />
      <span className="profile-name">
        <span className="strong cut">{name}</span>
        {colour && <ColourDot colour={colour} />}
        {isHidden && <Tag>hidden</Tag>}
      </span>
      <span className="profile-command">
        <span className="mono cut">{commandLine || 'Your shell'}</span>
        <span className="faint text-small cut">{extras === '' ? place : `${place} · ${extras}`}</span>
      </span>
      {isDefault && <Tag>default</Tag>}
      <Button
        variant="quiet"
        aria-label={isDefault ? `Do not open ${name} by default` : `Set ${name} as default`}
        disabled={!onChoose}
        onClick={() => onChoose?.(isDefault ? '' : name)}
      >
        {isDefault ? 'Unset' : 'Set as default'}
      </Button>
    </li>
  );
}

function HowToWrite() {
  const { openSettings } = useActions();
  return (
    <section className="settings-group">
      <h4>Write your own</h4>
      <p className="muted">
        A table of settings.toml with a name of your choice. With the name of one above it changes that one;
        all keys are optional.
      </p>
      <pre className="settings-card profile-example mono">{EXAMPLE}</pre>
      <div className="settings-row">
        <CopyButton text={EXAMPLE} label="Copy example" />
        <Button variant="quiet" onClick={() => void openSettings()}>
          <Icon of={ExternalLink} isSmall />
          Open settings.toml
        </Button>
      </div>
    </section>
  );
}
