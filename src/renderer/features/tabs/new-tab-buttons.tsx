import { ChevronDown, Plus } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState } from 'react';
import type { ProfileDescription } from '../../../shared/profiles.ts';
import { profileCommand, useKeys } from '../../store/keys.ts';
import { offeredProfiles, profileGroups } from '../../store/selectors.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chooser, ChooserEmpty, ChooserGroup, ChooserOption } from '../../ui/chooser.tsx';
import { ColourDot } from '../../ui/colour-dot.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ProfileIcon } from '../../ui/profile-icon.tsx';

/** Opens a tab with the default profile, or by the arrow beside it with another one. */
export function NewTabButtons() {
  const { openTab } = useActions();
  return (
    <span className="new-tab">
      <IconButton label="New tab" keys={useKeys('tab.new')} onClick={() => void openTab()}>
        <Icon of={Plus} />
      </IconButton>
      <ProfileMenu />
    </span>
  );
}

/** The profiles, which typing filters. */
function ProfileMenu() {
  const [isOpen, setIsOpen] = useState(false);
  const chosen = useRef<string>(undefined);
  const { openTab } = useActions();

  function choose(profile: string): void {
    chosen.current = profile;
    setIsOpen(false);
  }

  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>
        <Button
          variant="quiet"
          className="new-tab-arrow"
          // Not "New tab …": whoever looks for that button finds one.
          aria-label="Open with a profile"
          title={isOpen ? undefined : 'Open with a profile'}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            setIsOpen(true);
          }}
        >
          <Icon of={ChevronDown} isSmall />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu profile-menu"
          aria-label="Profiles"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            if (chosen.current === undefined) return;
            // The new tab takes the focus.
            event.preventDefault();
            void openTab(chosen.current);
            chosen.current = undefined;
          }}
        >
          <ProfileChoices onChoose={choose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ProfileChoices({ onChoose }: { readonly onChoose: (profile: string) => void }) {
  const profiles = useCarrel((state) => state.settings?.profiles);
  const defaultProfile = useCarrel((state) => state.settings?.defaults.profile);
  const offered = offeredProfiles(profiles ?? []);
  return (
    <Chooser searchLabel="Search profiles" listLabel="Profiles">
      <ChooserEmpty>No such profile.</ChooserEmpty>
      {profileGroups(offered).map((group) => (
        <ChooserGroup key={group.title} title={group.title}>
          {group.profiles.map((profile) => (
            <ProfileOption
              key={profile.name}
              profile={profile}
              index={offered.indexOf(profile)}
              isDefault={profile.name === defaultProfile}
              onChoose={onChoose}
            />
          ))}
        </ChooserGroup>
      ))}
    </Chooser>
  );
}

function ProfileOption({
  profile: { name, icon, colour, commandLine },
  index,
  isDefault,
  onChoose,
}: {
  readonly profile: ProfileDescription;
  /** Among all that are offered: the first nine have a key. */
  readonly index: number;
  readonly isDefault: boolean;
  readonly onChoose: (profile: string) => void;
}) {
  const keys = useKeys(profileCommand(index));
  return (
    <ChooserOption value={name} keywords={[commandLine]} aria-label={name} onSelect={() => onChoose(name)}>
      <ProfileIcon name={icon} />
      <span className="cut">{name}</span>
      {colour && <ColourDot colour={colour} />}
      <span className="spacer" />
      {isDefault && <span className="faint text-small">default</span>}
      <Kbd keys={keys} />
    </ChooserOption>
  );
}
