import { Menu, PanelRight, Settings } from 'lucide-react';
import { useContext, useEffect, useMemo, useState } from 'react';
import type { SessionId } from '../../shared/ids.ts';
import { assertNever } from '../../shared/result.ts';
import { EffortPicker } from '../features/model-picker/effort-picker.tsx';
import { ModePicker } from '../features/model-picker/mode-picker.tsx';
import { ModelPicker } from '../features/model-picker/model-picker.tsx';
import { Notices } from '../features/notices/notices.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { SearchDialog } from '../features/search/search-dialog.tsx';
import { SettingsDialog } from '../features/settings/settings-dialog.tsx';
import { StatusBar } from '../features/status-bar/status-bar.tsx';
import { ThemePicker } from '../features/terminal/theme-picker.tsx';
import { TabUsageDialog } from '../features/status-bar/tab-usage-dialog.tsx';
import { TabStrip } from '../features/tabs/tab-strip.tsx';
import { TabSwitcher } from '../features/tabs/tab-switcher.tsx';
import { UsageDialog } from '../features/usage/usage-dialog.tsx';
import { activeSession } from '../store/selectors.ts';
import { CarrelContext, useActions, useCarrel } from '../store/store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { keys } from '../ui/key-bindings.ts';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { createCommands, type AppCommand } from './commands.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { PANEL_ID, SessionView } from './session-view.tsx';
import { useKeysReleased, useShortcuts } from './use-shortcuts.ts';
import './app.css';

/** The window: tabs above, the active tab's shell and agent, its status bar below, and one dialog at most over all. */
export function App() {
  const carrel = useContext(CarrelContext);
  if (!carrel) throw new Error('App outside of CarrelContext');
  const [renaming, setRenaming] = useState<SessionId>();
  const commands = useMemo(() => createCommands({ ...carrel, onRename: setRenaming }), [carrel]);
  useShortcuts(commands, carrel.store);
  useKeysReleased(carrel.actions.keepRecentTab);
  useWindowTitle();

  return (
    <TooltipProvider>
      <div className="window">
        <ErrorBoundary region="The tab strip">
          <TabStrip
            keys={keys}
            panelId={PANEL_ID}
            renaming={renaming}
            onRename={setRenaming}
            before={<PaletteButton />}
            after={<WindowButtons />}
          />
        </ErrorBoundary>
        <main className="body">
          <Body />
          <ConnectionBanner />
        </main>
        <ErrorBoundary region="The status bar">
          <StatusBar keys={keys} />
        </ErrorBoundary>
      </div>
      <ErrorBoundary region="The dialog">
        <OpenDialog commands={commands} />
      </ErrorBoundary>
    </TooltipProvider>
  );
}

function Body() {
  const activeSessionId = useCarrel((state) => state.activeSessionId);
  const hasAttached = useCarrel((state) => state.settings !== undefined);
  const { openTab, reopenTab } = useActions();
  if (activeSessionId) return <SessionView sessionId={activeSessionId} />;
  if (!hasAttached) return <p className="body-empty body-late faint">Opening Carrel…</p>;
  return (
    <div className="body-empty">
      <h1>No tab is open</h1>
      <p className="muted">Each tab is a shell with an agent of its own.</p>
      <div className="body-empty-actions">
        <Button variant="primary" onClick={() => void openTab()}>
          Open a tab <Kbd keys={keys.newTab} />
        </Button>
        <Button onClick={() => void reopenTab()}>Reopen closed tab</Button>
      </div>
      <Notices />
    </div>
  );
}

function ConnectionBanner() {
  const isLost = useCarrel((state) => state.connection === 'lost');
  return (
    <output>
      {isLost && (
        <div className="banner">
          <span>The connection to Carrel was lost. Trying again…</span>
          <Button variant="quiet" onClick={() => location.reload()}>
            Reload
          </Button>
        </div>
      )}
    </output>
  );
}

function OpenDialog({ commands }: { readonly commands: readonly AppCommand[] }) {
  const dialog = useCarrel((state) => state.dialog);
  const tabCount = useCarrel((state) => state.order.length);
  switch (dialog) {
    case 'model-picker':
      return <ModelPicker />;
    case 'mode-picker':
      return <ModePicker />;
    case 'effort-picker':
      return <EffortPicker />;
    case 'theme-picker':
      return <ThemePicker />;
    case 'tab-usage':
      return <TabUsageDialog />;
    case 'usage':
      return <UsageDialog />;
    case 'palette':
      return <Palette commands={commands.filter((command) => isUseful(command, tabCount))} />;
    case 'search':
      return <SearchDialog />;
    case 'tab-switcher':
      return <TabSwitcher />;
    case 'settings':
      return <SettingsDialog />;
    case undefined:
      return null;
    default:
      return assertNever(dialog);
  }
}

/** The palette neither lists itself nor tabs that do not exist. */
function isUseful({ id }: AppCommand, tabCount: number): boolean {
  return id !== 'palette' && !(Number(/^tab\.(\d)$/.exec(id)?.[1]) > tabCount);
}

function PaletteButton() {
  const { openDialog } = useActions();
  return (
    <IconButton
      className="strip-lead"
      label="Command palette"
      keys={keys.palette}
      onClick={() => openDialog('palette')}
    >
      <Icon of={Menu} />
    </IconButton>
  );
}

function WindowButtons() {
  const isAgentVisible = useCarrel((state) => state.layout.isAgentVisible);
  const { openDialog, toggleAgent } = useActions();
  return (
    <>
      <IconButton label="Settings" keys={keys.settings} onClick={() => openDialog('settings')}>
        <Icon of={Settings} />
      </IconButton>
      <IconButton
        className="strip-end"
        label={isAgentVisible ? 'Hide agent' : 'Show agent'}
        onClick={toggleAgent}
      >
        <Icon of={PanelRight} />
      </IconButton>
    </>
  );
}

function useWindowTitle(): void {
  const title = useCarrel((state) => activeSession(state)?.title);
  useEffect(() => {
    document.title = title === undefined ? 'Carrel' : `${title} – Carrel`;
  }, [title]);
}
