import type { StoreApi } from 'zustand/vanilla';
import type { AppCommandId } from '../../shared/app-commands.ts';
import type { WindowAction } from '../../shared/app.ts';
import type { SessionId } from '../../shared/ids.ts';
import type { TabColour } from '../../shared/profiles.ts';
import { requestOfAgent } from '../features/agent/requests.ts';
import { runInTab } from '../features/agent/slash/run-in-tab.ts';
import { requestOfTerminal } from '../features/terminal/requests.ts';
import { saveUsage } from '../features/usage/save-usage.ts';
import type { Actions } from '../store/actions.ts';
import { activeSession, offeredProfiles } from '../store/selectors.ts';
import type { State } from '../store/state.ts';
import { copyText } from '../ui/copy.ts';
import { focusNextNotice, focusRegion, isFocusIn } from './focus.ts';

/** What each command of the app does. */
export type AppCommandRuns = Readonly<Record<AppCommandId, () => void>>;

export function createCommands({
  store,
  actions,
  onRename,
}: {
  readonly store: StoreApi<State>;
  readonly actions: Actions;
  readonly onRename: (sessionId: SessionId) => void;
}): AppCommandRuns {
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

  function toAgent(): void {
    if (!state().layout.isAgentVisible) actions.toggleAgent();
    focusRegion('Agent');
  }

  /** The tab that the keyboard is on, which need not be the active one. */
  function rename(): void {
    const focused = document.activeElement?.closest<HTMLElement>('[role="tab"]')?.dataset['session'];
    const sessionId = (focused as SessionId | undefined) ?? state().activeSessionId;
    if (sessionId) onRename(sessionId);
  }

  function firstQueued(act: Actions['sendQueued'] | Actions['removeQueued']): () => void {
    return active((sessionId) => {
      const [first] = activeSession(state())?.queue ?? [];
      if (first) void act(sessionId, first.id);
    });
  }

  const goToTab = (index: number) => () => actions.activateByIndex(index);
  const colour = (chosen: TabColour | undefined) =>
    active((sessionId) => actions.setTabColour(sessionId, chosen));
  const withProfile = (index: number) => () => {
    const profile = offeredProfiles(state().settings?.profiles ?? [])[index];
    if (profile) void actions.openTab(profile.name);
  };
  const inWindow = (action: WindowAction) => () => void actions.performInWindow(action);

  return {
    'tab.new': () => void actions.openTab(),
    'tab.close': active(actions.askToCloseTab),
    'tab.reopen': () => void actions.reopenTab(),
    'tab.rename': rename,
    'tab.recent': () => actions.walkTabs(1),
    'tab.recent-back': () => actions.walkTabs(-1),
    'tab.switch': () => actions.openDialog('tab-switcher'),
    'tab.next': () => actions.activateNeighbour(1),
    'tab.previous': () => actions.activateNeighbour(-1),
    'tab.move-left': moveBy(-1),
    'tab.move-right': moveBy(1),
    'tab.to-new-window': active((sessionId) => actions.moveTabToWindow(sessionId)),
    'tab.needs-me': actions.nextTabThatNeedsMe,
    palette: () => actions.openDialog('palette'),
    search: () => actions.openDialog('search'),
    'model.choose': active(() => actions.openDialog('model-picker')),
    'model.local': active((sessionId) => actions.pickModel(sessionId, 'local', 'tab')),
    'model.default': active((sessionId) => actions.pickModel(sessionId, 'default', 'tab')),
    'mode.choose': active(() => actions.openDialog('mode-picker')),
    'mode.next': active(actions.cycleMode),
    'effort.choose': active(() => actions.openDialog('effort-picker')),
    'tab.pin': active(actions.togglePinned),
    'tab.duplicate': active(actions.duplicateTab),
    'tab.close-others': active(actions.closeOtherTabs),
    'tab.close-right': active(actions.closeTabsToTheRight),
    'tab.colour-none': colour(undefined),
    'tab.colour-red': colour('red'),
    'tab.colour-orange': colour('orange'),
    'tab.colour-yellow': colour('yellow'),
    'tab.colour-green': colour('green'),
    'tab.colour-teal': colour('teal'),
    'tab.colour-blue': colour('blue'),
    'tab.colour-purple': colour('purple'),
    'tab.colour-pink': colour('pink'),
    'tab.fork': active((sessionId) => actions.fork(sessionId)),
    'history.clear': active(actions.clearHistory),
    'history.export': active((sessionId) => runInTab({ store, actions }, sessionId, 'export')),
    'tab.reset': active(actions.resetTab),
    'tab.usage': active(() => actions.openDialog('tab-usage')),
    ledger: () => actions.openDialog('ledger'),
    usage: () => actions.openDialog('usage'),
    'usage.export': () => void saveUsage(actions),
    'defaults.use': active(actions.useDefaults),
    'region.other': () => (isFocusIn('Agent') ? focusRegion('Terminal') : toAgent()),
    'region.terminal': () => focusRegion('Terminal'),
    'region.agent': toAgent,
    'agent.toggle': actions.toggleAgent,
    'pane.split-right': active((sessionId) => actions.splitPane(sessionId, 'row')),
    'pane.split-down': active((sessionId) => actions.splitPane(sessionId, 'column')),
    'pane.close': active(actions.closePane),
    'pane.zoom': active(actions.toggleZoomedPane),
    'pane.left': active((sessionId) => actions.focusPaneBeside(sessionId, 'left')),
    'pane.right': active((sessionId) => actions.focusPaneBeside(sessionId, 'right')),
    'pane.up': active((sessionId) => actions.focusPaneBeside(sessionId, 'up')),
    'pane.down': active((sessionId) => actions.focusPaneBeside(sessionId, 'down')),
    'pane.swap-left': active((sessionId) => actions.swapPane(sessionId, 'left')),
    'pane.swap-right': active((sessionId) => actions.swapPane(sessionId, 'right')),
    'pane.swap-up': active((sessionId) => actions.swapPane(sessionId, 'up')),
    'pane.swap-down': active((sessionId) => actions.swapPane(sessionId, 'down')),
    'turn.send': () => requestOfAgent('send'),
    'turn.stop': active(actions.stop),
    'turn.retry': active(actions.retry),
    'turn.undo': active((sessionId) => actions.openUndo(sessionId)),
    'turn.allow': active(actions.allowTurn),
    'message.attach': () => requestOfAgent('attach'),
    'message.clear': active((sessionId) => actions.setDraft(sessionId, '')),
    'queue.send': firstQueued(actions.sendQueued),
    'queue.remove': firstQueued(actions.removeQueued),
    'agent.initialise': active(actions.initialiseAgent),
    'context.show': active((sessionId) => {
      toAgent();
      void runInTab({ store, actions }, sessionId, 'context');
    }),
    'conversation.top': () => requestOfAgent('top'),
    'conversation.question': () => requestOfAgent('question'),
    'conversation.bottom': () => requestOfAgent('bottom'),
    'terminal.copy': () => requestOfTerminal('copy'),
    'terminal.copy-html': () => requestOfTerminal('copy-html'),
    'terminal.paste': () => requestOfTerminal('paste'),
    'terminal.select-all': () => requestOfTerminal('select-all'),
    'terminal.find': () => requestOfTerminal('find'),
    'terminal.clear': () => requestOfTerminal('clear'),
    'find.next': () => requestOfTerminal('find-next'),
    'find.previous': () => requestOfTerminal('find-previous'),
    'terminal.page-up': () => requestOfTerminal('page-up'),
    'terminal.page-down': () => requestOfTerminal('page-down'),
    'terminal.top': () => requestOfTerminal('top'),
    'terminal.bottom': () => requestOfTerminal('bottom'),
    'terminal.restart': () => requestOfTerminal('restart'),
    'terminal.copy-folder': () => void copyText(activeSession(state())?.cwd ?? ''),
    'block.previous': () => requestOfTerminal('previous-block'),
    'block.next': () => requestOfTerminal('next-block'),
    'block.copy-command': () => requestOfTerminal('copy-command'),
    'block.copy-output': () => requestOfTerminal('copy-output'),
    'block.select-output': () => requestOfTerminal('select-output'),
    'block.fold': () => requestOfTerminal('fold'),
    'block.run-again': () => requestOfTerminal('run-again'),
    'block.fix': () => requestOfTerminal('fix'),
    'block.ask': () => requestOfTerminal('ask'),
    'terminal.theme': () => actions.openDialog('theme-picker'),
    'terminal.zoom-in': () => actions.zoomTerminal(1),
    'terminal.zoom-out': () => actions.zoomTerminal(-1),
    'terminal.zoom-reset': () => actions.zoomTerminal(0),
    'notice.next': focusNextNotice,
    'notice.dismiss': () => {
      const newest = state().notices.at(-1);
      if (newest) actions.dismissNotice(newest.id);
    },
    settings: () => actions.openDialog('settings'),
    'settings.keys': () => actions.openDialog('keys'),
    'settings.open': () => void actions.openSettings(),
    'window.zoom-in': inWindow('zoom-in'),
    'window.zoom-out': inWindow('zoom-out'),
    'window.zoom-reset': inWindow('zoom-reset'),
    'window.full-screen': () =>
      state().host?.kind === 'web' ? toggleFullScreen() : inWindow('full-screen')(),
    'window.developer-tools': inWindow('developer-tools'),
    'window.quit': inWindow('quit'),
    'tab.1': goToTab(0),
    'tab.2': goToTab(1),
    'tab.3': goToTab(2),
    'tab.4': goToTab(3),
    'tab.5': goToTab(4),
    'tab.6': goToTab(5),
    'tab.7': goToTab(6),
    'tab.8': goToTab(7),
    'tab.9': goToTab(8),
    'tab.profile-1': withProfile(0),
    'tab.profile-2': withProfile(1),
    'tab.profile-3': withProfile(2),
    'tab.profile-4': withProfile(3),
    'tab.profile-5': withProfile(4),
    'tab.profile-6': withProfile(5),
    'tab.profile-7': withProfile(6),
    'tab.profile-8': withProfile(7),
    'tab.profile-9': withProfile(8),
  };
}

/** A browser allows it after a key or click only, and may refuse. */
function toggleFullScreen(): void {
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  done.catch(() => undefined);
}
