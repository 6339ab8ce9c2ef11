import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { allThemes, themeKey, type NamedTheme } from '../../../shared/terminal-themes.ts';
import { useActions, useCarrel } from '../../store/store.ts';
import { Chooser, ChooserEmpty, ChooserOption } from '../../ui/chooser.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { lookOf } from './terminal-theme.ts';
import { useIsWindowLight, useThemeName } from './use-terminal-look.ts';

/** Chooses the terminal's theme. The one that is highlighted is shown in the terminal at once, and kept by Enter only. */
export function ThemePicker() {
  const { closeDialog, previewTheme, setTerminalTheme } = useActions();
  const terminal = useCarrel((state) => state.settings?.terminal);
  const own = useCarrel((state) => state.settings?.ownThemes);
  const isLight = useIsWindowLight();
  const chosen = useThemeName();
  const [error, setError] = useState<string>();
  // The list leaves its place in the search where the person is, whatever the settings do meanwhile.
  const [themes] = useState(() => allThemes(own ?? []));
  const present = themes.find(({ name }) => themeKey(name) === themeKey(chosen))?.name;
  const [highlighted, setHighlighted] = useState(present ?? '');

  useEffect(() => () => previewTheme(undefined), [previewTheme]);

  async function choose(theme: string): Promise<void> {
    const isForLight = isLight && terminal?.themeLight !== undefined;
    const outcome = await setTerminalTheme({ theme, isForLight });
    if (outcome.ok) closeDialog();
    else setError(outcome.error.message);
  }

  return (
    <Dialog title="Choose a terminal theme" className="theme-picker" onClose={closeDialog}>
      <Chooser
        searchLabel="Search themes"
        listLabel="Themes"
        value={highlighted}
        onValueChange={(name) => {
          setHighlighted(name);
          previewTheme(name || undefined);
        }}
      >
        <ChooserEmpty>No such theme.</ChooserEmpty>
        {themes.map((theme) => (
          <ChooserOption key={theme.name} value={theme.name} onSelect={() => void choose(theme.name)}>
            <Swatches theme={theme} />
            <span className="spacer cut">{theme.name}</span>
            {theme.name === present && (
              <>
                <Icon of={Check} isSmall />
                <span className="visually-hidden">in use</span>
              </>
            )}
          </ChooserOption>
        ))}
      </Chooser>
      {error !== undefined && (
        <p className="theme-picker-error fail" role="alert">
          {error}
        </p>
      )}
      <footer className="dialog-foot">
        <span>
          <Kbd keys="Enter" isCap /> Use
        </span>
        <span>
          <Kbd keys="Escape" isCap /> Keep {present ?? 'the present one'}
        </span>
      </footer>
    </Dialog>
  );
}

/** A glimpse of the theme: its six colours on its background. */
function Swatches({ theme }: { readonly theme: NamedTheme }) {
  return (
    <span className="theme-swatches" aria-hidden="true" {...lookOf(theme)}>
      {SWATCHES.map((colour) => (
        <span key={colour} style={{ background: `var(--ansi-${colour})` }} />
      ))}
    </span>
  );
}

const SWATCHES = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta'] as const;
