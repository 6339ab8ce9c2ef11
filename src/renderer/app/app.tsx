import { Menu, PanelRight, Settings } from 'lucide-react';
import { useContext, useEffect, useMemo, useState } from 'react';
import { appCommandIds, appCommands, type AppCommandId } from '../../shared/app-commands.ts';
import type { SessionId } from '../../shared/ids.ts';
import { assertNever } from '../../shared/result.ts';
import { UndoDialog } from '../features/agent/undo/undo-dialog.tsx';
import { LedgerDialog } from '../features/ledger/ledger-dialog.tsx';
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
import { ClosePinnedDialog } from '../features/tabs/close-pinned-dialog.tsx';
import { TabStrip } from '../features/tabs/tab-strip.tsx';
import { TabSwitcher } from '../features/tabs/tab-switcher.tsx';
import { UsageDialog } from '../features/usage/usage-dialog.tsx';
import { useKeys } from '../store/keys.ts';
import { activeSession } from '../store/selectors.ts';
import { CarrelContext, useActions, useCarrel } from '../store/store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { keysInWords } from '../ui/keys.ts';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { createCommands, type AppCommandRuns } from './commands.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { PANEL_ID, SessionView } from './session-view.tsx';
import { useKeysReleased, useShortcuts } from './use-shortcuts.ts';
import { useProfileEntries } from './profile-entries.ts';
import { useWindowEntries } from './window-entries.ts';
import './app.css';

/** The window: tabs above, the active tab's shell and agent, its status bar below, and one dialog at most over all. */
export function App() {
  const carrel = useContext(CarrelContext);
  if (!carrel) throw new Error('App outside of CarrelContext');
  const [renaming, setRenaming] = useState<SessionId>();
  const runs = useMemo(() => createCommands({ ...carrel, onRename: setRenaming }), [carrel]);
  const begunKey = useShortcuts(runs, carrel.store);
  useKeysReleased(carrel.actions.keepRecentTab);
  useWindowTitle();

  return (
    <TooltipProvider>
      <div className="window">
        <ErrorBoundary region="The tab strip">
          <TabStrip
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
          <BegunKey keys={begunKey} />
        </main>
        <ErrorBoundary region="The status bar">
          <StatusBar />
        </ErrorBoundary>
      </div>
      <ErrorBoundary region="The dialog">
        <OpenDialog runs={runs} />
      </ErrorBoundary>
    </TooltipProvider>
  );
}

function Body() {
  const activeSessionId = useCarrel((state) => state.activeSessionId);
  const hasAttached = useCarrel((state) => state.settings !== undefined);
  const { openTab, reopenTab } = useActions();
  const newTabKeys = useKeys('tab.new');
  if (activeSessionId) return <SessionView sessionId={activeSessionId} />;
  if (!hasAttached) return <p className="body-empty body-late faint">Opening Carrel…</p>;
  return (
    <div className="body-empty">
      <h1>No tab is open</h1>
      <p className="muted">Each tab is a shell with an agent of its own.</p>
      <div className="body-empty-actions">
        <Button variant="primary" onClick={() => void openTab()}>
          Open a tab <Kbd keys={newTabKeys} />
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

/** The first of two chords was pressed. */
function BegunKey({ keys }: { readonly keys: string | undefined }) {
  return (
    <output>
      {keys !== undefined && (
        <div className="banner">
          <span>{keysInWords(keys)} was pressed. Now the second key…</span>
        </div>
      )}
    </output>
  );
}

function OpenDialog({ runs }: { readonly runs: AppCommandRuns }) {
  const dialog = useCarrel((state) => state.dialog);
  switch (dialog) {
    case 'model-picker':
      return <ModelPicker />;
    case 'mode-picker':
      return <ModePicker />;
    case 'effort-picker':
      return <EffortPicker />;
    case 'theme-picker':
      return <ThemePicker />;
    case 'close-pinned':
      return <ClosePinnedDialog />;
    case 'undo':
      return <UndoDialog />;
    case 'ledger':
      return <LedgerDialog />;
    case 'tab-usage':
      return <TabUsageDialog />;
    case 'usage':
      return <UsageDialog />;
    case 'palette':
      return <CommandPalette runs={runs} />;
    case 'search':
      return <SearchDialog />;
    case 'tab-switcher':
      return <TabSwitcher />;
    case 'settings':
      return <SettingsDialog />;
    case 'keys':
      return <SettingsDialog section="Keys" />;
    case 'approvals':
      return <SettingsDialog section="Approvals" />;
    case undefined:
      return null;
    default:
      return assertNever(dialog);
  }
}

/** The table of commands, and what there is for each profile and each other window. */
function CommandPalette({ runs }: { readonly runs: AppCommandRuns }) {
  const tabCount = useCarrel((state) => state.order.length);
  const isWeb = useCarrel((state) => state.host?.kind === 'web');
  const commands = appCommandIds
    .filter((command) => isUseful(command, { tabCount, isWeb }))
    .map((command) => ({ id: command, title: appCommands[command].title, command, run: runs[command] }));
  return <Palette entries={[...commands, ...useProfileEntries(), ...useWindowEntries()]} />;
}

/**
 * The palette lists neither itself, nor tabs that do not exist, nor a window for a tab that has one alone, nor what a browser
 * does by itself; and profiles by their names.
 */
function isUseful(
  command: AppCommandId,
  { tabCount, isWeb }: { readonly tabCount: number; readonly isWeb: boolean },
): boolean {
  if (command === 'palette' || command.startsWith('tab.profile-')) return false;
  if (command === 'tab.to-new-window') return tabCount > 1;
  const isNoTab = Number(/^tab\.(\d)$/.exec(command)?.[1]) > tabCount;
  return !isNoTab && !(isWeb && appCommands[command].desktopOnly);
}

function PaletteButton() {
  const { openDialog } = useActions();
  return (
    <IconButton
      className="strip-lead"
      label="Command palette"
      keys={useKeys('palette')}
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
      <IconButton label="Settings" keys={useKeys('settings')} onClick={() => openDialog('settings')}>
        <Icon of={Settings} />
      </IconButton>
      <IconButton
        className="strip-end"
        label={isAgentVisible ? 'Hide agent' : 'Show agent'}
        keys={useKeys('agent.toggle')}
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
