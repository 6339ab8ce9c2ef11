import type { StoreApi } from 'zustand/vanilla';
import type { WindowAction } from '../../shared/app.ts';
import type { Input } from '../../shared/contract.ts';
import type { Client } from '../client/client.ts';
import { createAgentActions } from './agent-actions.ts';
import { createCalls } from './calls.ts';
import type { Drafts } from './drafts.ts';
import { zoomAfter } from './layout.ts';
import { createMessageActions } from './message-actions.ts';
import { createPaneActions } from './pane-actions.ts';
import { createSearchActions } from './search-actions.ts';
import { createSettingsActions } from './settings-actions.ts';
import type { DialogName, State } from './state.ts';
import { createTabActions } from './tab-actions.ts';
import { createWindowActions, type Page } from './window-actions.ts';

export type { Outcome } from './calls.ts';

export type Actions = ReturnType<typeof createActions>;

/** All that a person can do. Failures are shown from the state: `callErrors` of a session, else a notice. */
export function createActions({
  client,
  store,
  drafts,
  page,
}: {
  client: Client;
  store: StoreApi<State>;
  drafts: Drafts;
  page: Page;
}) {
  const { getState: state, setState } = store;
  const calls = createCalls({ client, store });
  const { callOrNotify, notify, dismissCallError, dismissNotice } = calls;
  const parts = { store, calls };
  const { moveSession, ...messageActions } = createMessageActions({ ...parts, drafts });
  const windowActions = createWindowActions({ state, moveSession, notify, page });
  const { moveTabToWindow } = windowActions;
  const tabActions = createTabActions({ ...parts, drafts, moveTabToWindow });

  function setLayout(layout: Partial<State['layout']>): void {
    setState((state) => ({ layout: { ...state.layout, ...layout } }));
  }

  return {
    ...windowActions,
    ...tabActions,
    ...createPaneActions({ ...parts, askToCloseTab: tabActions.askToCloseTab }),
    ...createSearchActions({ ...parts, reopenTab: tabActions.reopenTab }),
    ...messageActions,
    ...createAgentActions(parts),
    ...createSettingsActions(parts),

    dismissCallError,
    dismissNotice,
    openLink: (url: string): void => {
      if (state().host?.kind === 'web') window.open(url, '_blank', 'noopener,noreferrer');
      else void callOrNotify('The link was not opened', 'link.open', { url });
    },
    performInWindow: (action: WindowAction) =>
      callOrNotify('The window could not do it', 'window.perform', { windowId: state().windowId, action }),
    openFile: (file: Input<'file.open'>) => void callOrNotify('The file was not opened', 'file.open', file),
    /** The page was not given the clipboard, as a browser may refuse it. */
    tellNoClipboard: () =>
      notify('pty.write', {
        severity: 'warning',
        title: 'The clipboard could not be read',
        body: 'The browser did not allow it. Paste by the keyboard instead, which needs no permission.',
      }),
    tellFullScreen: () =>
      notify('pty.write', {
        severity: 'info',
        title: 'A full-screen program runs in this terminal',
        body: 'Nothing was inserted: it would take the text for keys. Leave the program first.',
      }),
    openDialog: (dialog: DialogName) => setState({ dialog }),
    closeDialog: () => setState({ dialog: undefined, closingTab: undefined, undoing: undefined }),
    toggleAgent: () => setLayout({ isAgentVisible: !state().layout.isAgentVisible }),
    setAgentWidth: (agentWidth: number) => setLayout({ agentWidth }),
    setRailWidth: (railWidth: number) => setLayout({ railWidth }),
    /** Makes the terminal's text larger or smaller by a pixel; 0 gives it the size of settings.toml again. */
    zoomTerminal: (step: -1 | 0 | 1) => {
      const { settings, layout } = state();
      if (settings)
        setLayout({ terminalZoom: zoomAfter(settings.terminal.fontSize, layout.terminalZoom, step) });
    },
  };
}
