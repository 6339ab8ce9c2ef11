import type { StoreApi } from 'zustand/vanilla';
import type { SessionId } from '../../shared/ids.ts';
import { NEXT_BLOCK_EVENT, PREVIOUS_BLOCK_EVENT } from '../features/terminal/blocks/events.ts';
import { FIND_EVENT } from '../features/terminal/find-bar.tsx';
import type { Actions } from '../store/actions.ts';
import type { State } from '../store/state.ts';
import { keys } from '../ui/key-bindings.ts';
import type { Keys } from '../ui/keys.ts';
import { focusRegion, isFocusIn } from './focus.ts';

export type AppCommand = {
  readonly id: string;
  readonly title: string;
  readonly keys?: Keys;
  /** Its key belongs to the place it is pressed in (the message box, a tab), and is only shown here. */
  readonly isLocalKey?: boolean;
  /** Works while another dialog is open, by taking its place. */
  readonly opensDialog?: boolean;
  readonly run: () => void;
};

/** The one table of commands, which keys and palette share. */
export function createCommands({
  store,
  actions,
  onRename,
}: {
  readonly store: StoreApi<State>;
  readonly actions: Actions;
  readonly onRename: (sessionId: SessionId) => void;
}): AppCommand[] {
  const { getState: state } = store;

  function active(act: (sessionId: SessionId) => unknown): () => void {
    return () => {
      const { activeSessionId } = state();
      if (activeSessionId) act(activeSessionId);
    };
  }

  function moveBy(places: -1 | 1): () => void {
    return active((sessionId) => {
      const { order } = state();
      const position = order.indexOf(sessionId) + places;
      if (position >= 0 && position < order.length) void actions.moveTab(sessionId, position);
    });
  }

  function toOtherRegion(): void {
    if (isFocusIn('Agent')) {
      focusRegion('Terminal');
      return;
    }
    if (!state().layout.isAgentVisible) actions.toggleAgent();
    focusRegion('Agent');
  }

  return [
    { id: 'tab.new', title: 'New tab', keys: keys.newTab, run: () => void actions.openTab() },
    { id: 'tab.close', title: 'Close tab', keys: keys.closeTab, run: active(actions.closeTab) },
    { id: 'tab.reopen', title: 'Reopen closed tab', run: () => void actions.reopenTab() },
    { id: 'tab.rename', title: 'Rename tab', keys: keys.renameTab, isLocalKey: true, run: active(onRename) },
    { id: 'tab.recent', title: 'Tab used before', keys: keys.recentTab, run: () => actions.walkTabs(1) },
    {
      id: 'tab.recent-back',
      title: 'Back from the tab used before',
      keys: keys.recentTabBack,
      run: () => actions.walkTabs(-1),
    },
    {
      id: 'tab.switch',
      title: 'Switch to tab',
      keys: keys.switchTab,
      opensDialog: true,
      run: () => actions.openDialog('tab-switcher'),
    },
    { id: 'tab.next', title: 'Next tab', keys: keys.nextTab, run: () => actions.activateNeighbour(1) },
    {
      id: 'tab.previous',
      title: 'Previous tab',
      keys: keys.previousTab,
      run: () => actions.activateNeighbour(-1),
    },
    { id: 'tab.move-left', title: 'Move tab left', keys: keys.moveTabLeft, run: moveBy(-1) },
    { id: 'tab.move-right', title: 'Move tab right', keys: keys.moveTabRight, run: moveBy(1) },
    {
      id: 'tab.needs-me',
      title: 'Next tab that needs me',
      keys: keys.needsMe,
      run: actions.nextTabThatNeedsMe,
    },
    {
      id: 'palette',
      title: 'Command palette',
      keys: keys.palette,
      opensDialog: true,
      run: () => actions.openDialog('palette'),
    },
    {
      id: 'model.choose',
      title: 'Choose a model',
      keys: keys.model,
      opensDialog: true,
      run: active(() => actions.openDialog('model-picker')),
    },
    {
      id: 'mode.choose',
      title: 'Choose a mode',
      opensDialog: true,
      run: active(() => actions.openDialog('mode-picker')),
    },
    {
      id: 'mode.next',
      title: 'Next mode',
      keys: keys.mode,
      isLocalKey: true,
      run: active(actions.cycleMode),
    },
    {
      id: 'effort.choose',
      title: 'Choose an effort',
      opensDialog: true,
      run: active(() => actions.openDialog('effort-picker')),
    },
    { id: 'tab.fork', title: 'Fork into a new tab', run: active((sessionId) => actions.fork(sessionId)) },
    { id: 'history.clear', title: "Clear this tab's history", run: active(actions.clearHistory) },
    { id: 'tab.reset', title: "Reset this tab's history and choices", run: active(actions.resetTab) },
    {
      id: 'tab.usage',
      title: 'Usage and budget of this tab',
      opensDialog: true,
      run: active(() => actions.openDialog('tab-usage')),
    },
    { id: 'usage', title: 'Usage of all tabs', opensDialog: true, run: () => actions.openDialog('usage') },
    { id: 'defaults.use', title: 'Use current defaults', run: active(actions.useDefaults) },
    {
      id: 'region.other',
      title: 'Between shell and agent',
      keys: keys.otherRegion,
      run: toOtherRegion,
    },
    { id: 'agent.toggle', title: 'Show or hide the agent', run: actions.toggleAgent },
    {
      id: 'terminal.previousBlock',
      title: 'Go to the command before',
      keys: keys.previousBlock,
      run: () => void window.dispatchEvent(new Event(PREVIOUS_BLOCK_EVENT)),
    },
    {
      id: 'terminal.nextBlock',
      title: 'Go to the command after',
      keys: keys.nextBlock,
      run: () => void window.dispatchEvent(new Event(NEXT_BLOCK_EVENT)),
    },
    {
      id: 'terminal.find',
      title: 'Find in terminal',
      keys: keys.find,
      run: () => window.dispatchEvent(new CustomEvent(FIND_EVENT)),
    },
    {
      id: 'terminal.clear',
      title: 'Clear the terminal',
      keys: keys.clear,
      run: active(actions.clearTerminal),
    },
    {
      id: 'search',
      title: 'Search everything',
      keys: keys.searchEverything,
      opensDialog: true,
      run: () => actions.openDialog('search'),
    },
    {
      id: 'terminal.theme',
      title: 'Choose a terminal theme',
      opensDialog: true,
      run: () => actions.openDialog('theme-picker'),
    },
    {
      id: 'terminal.zoom-in',
      title: 'Larger text in the terminal',
      keys: keys.zoomIn,
      run: () => actions.zoomTerminal(1),
    },
    {
      id: 'terminal.zoom-out',
      title: 'Smaller text in the terminal',
      keys: keys.zoomOut,
      run: () => actions.zoomTerminal(-1),
    },
    {
      id: 'terminal.zoom-reset',
      title: 'Usual text size in the terminal',
      keys: keys.zoomReset,
      run: () => actions.zoomTerminal(0),
    },
    { id: 'turn.stop', title: 'Stop the turn', keys: keys.stop, isLocalKey: true, run: active(actions.stop) },
    { id: 'turn.retry', title: 'Retry the last message', run: active(actions.retry) },
    { id: 'agent.initialise', title: 'Start the agent again', run: active(actions.initialiseAgent) },
    {
      id: 'settings',
      title: 'Settings',
      keys: keys.settings,
      opensDialog: true,
      run: () => actions.openDialog('settings'),
    },
    { id: 'settings.open', title: 'Open settings.toml', run: () => void actions.openSettings() },
    ...Array.from({ length: 9 }, (_, index) => ({
      id: `tab.${index + 1}`,
      title: `Go to tab ${index + 1}`,
      keys: { mac: `Mod+${index + 1}`, other: `Alt+${index + 1}` },
      run: () => actions.activateByIndex(index),
    })),
  ];
}
