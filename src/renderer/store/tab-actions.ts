import type { SessionId, WindowId } from '../../shared/ids.ts';
import type { TabColour } from '../../shared/profiles.ts';
import type { Session } from '../../shared/session.ts';
import type { ActionParts, Outcome } from './calls.ts';
import type { Drafts } from './drafts.ts';
import { tabsByUse, tabsThatNeedMe } from './selectors.ts';
import { sessionArrived } from './transitions.ts';

/** Tabs open, close, and come to the front. */
export function createTabActions({
  store,
  calls,
  drafts,
  moveTabToWindow,
}: ActionParts & {
  readonly drafts: Drafts;
  readonly moveTabToWindow: (sessionId: SessionId, to: WindowId) => Promise<void>;
}) {
  const { getState: state, setState } = store;
  const { call, callFor, callOrNotify } = calls;
  /** Tabs in the order of their use, while one goes from one to the next. */
  let walk: readonly SessionId[] | undefined;

  function bringToFront(sessionId: SessionId): void {
    setState(({ activations }) => ({ activeSessionId: sessionId, activations: activations + 1 }));
  }

  function activateTab(sessionId: SessionId): void {
    const elsewhere = state().elsewhere[sessionId];
    if (elsewhere) void moveTabToWindow(sessionId, elsewhere.windowId);
    if (!(sessionId in state().sessions)) return;
    walk = undefined;
    bringToFront(sessionId);
    void call('session.activate', { sessionId });
  }

  async function closeTab(sessionId: SessionId): Promise<void> {
    drafts.flush(sessionId);
    const outcome = await callFor(sessionId, 'session.close', { sessionId });
    if (outcome.ok) drafts.forget(sessionId);
  }

  /** As by a key or a middle click, which is easily done by mistake: a pinned tab asks first. */
  async function askToCloseTab(sessionId: SessionId): Promise<void> {
    if (isPinned(sessionId)) setState({ dialog: 'close-pinned', closingTab: sessionId });
    else await closeTab(sessionId);
  }

  function isPinned(sessionId: SessionId): boolean {
    return state().sessions[sessionId]?.isPinned === true;
  }

  /** Pinned tabs stay. */
  async function closeTabs(sessionIds: readonly SessionId[]): Promise<void> {
    await Promise.all(sessionIds.filter((id) => !isPinned(id)).map(closeTab));
  }

  /** The tab used before the present one, and with each further step the one before that; `keepRecentTab` ends the walk. */
  function walkTabs(step: 1 | -1): void {
    const { sessions, activeSessionId } = state();
    walk = (walk ?? tabsByUse(sessions, activeSessionId)).filter((id) => id in sessions);
    const at = activeSessionId ? walk.indexOf(activeSessionId) : -1;
    const sessionId = walk.at((at + step) % walk.length);
    if (sessionId) bringToFront(sessionId);
  }

  /** Into this window; without an id the one closed last. */
  async function reopenTab(sessionId?: SessionId): Promise<void> {
    const { windowId } = state();
    show(await callOrNotify('No tab could be reopened', 'session.reopen', { sessionId, windowId }));
  }

  /** A tab that was asked for comes to the front, also where its event is still on its way. */
  function show(outcome: Outcome<Session>): void {
    if (!outcome.ok) return;
    if (!(outcome.value.id in state().sessions)) setState((state) => sessionArrived(state, outcome.value));
    activateTab(outcome.value.id);
  }

  async function fork(sessionId: SessionId, reference?: string): Promise<Outcome<Session>> {
    const input = reference === undefined ? { sessionId } : { sessionId, reference };
    const outcome = await callFor(sessionId, 'session.fork', input);
    show(outcome);
    return outcome;
  }

  return {
    /** With a profile by its name, else with the default one. */
    openTab: async (profile?: string): Promise<void> =>
      show(
        await callOrNotify('No tab could be opened', 'session.open', {
          windowId: state().windowId,
          ...(profile !== undefined && { profile }),
        }),
      ),
    reopenTab,
    listClosed: () => call('session.listClosed', {}),
    /** Opens a tab beside this one with its profile and folder, and brings it to the front. */
    duplicateTab: async (sessionId: SessionId): Promise<void> =>
      show(await callFor(sessionId, 'session.duplicate', { sessionId })),
    /** Opens a tab beside this one with its history, and brings it to the front. */
    fork,
    closeTab,
    askToCloseTab,
    closeOtherTabs: (sessionId: SessionId) => closeTabs(state().order.filter((id) => id !== sessionId)),
    closeTabsToTheRight: (sessionId: SessionId) => {
      const { order } = state();
      return closeTabs(order.slice(order.indexOf(sessionId) + 1));
    },
    setTabColour: (sessionId: SessionId, colour: TabColour | undefined) =>
      callFor(sessionId, 'session.setColour', colour === undefined ? { sessionId } : { sessionId, colour }),
    togglePinned: (sessionId: SessionId) =>
      callFor(sessionId, 'session.setPinned', { sessionId, isPinned: !isPinned(sessionId) }),
    moveTab: (sessionId: SessionId, position: number) =>
      callFor(sessionId, 'session.move', { sessionId, position }),
    renameTab: (sessionId: SessionId, title: string) =>
      callFor(sessionId, 'session.rename', { sessionId, title }),
    activateTab,
    /** From 0; tabs beyond the last are ignored. */
    activateByIndex: (index: number): void => {
      const sessionId = state().order[index];
      if (sessionId) activateTab(sessionId);
    },
    /** The neighbour `step` places to the right, round the ends. */
    activateNeighbour: (step: 1 | -1): void => {
      const { order, activeSessionId } = state();
      if (!activeSessionId) return;
      const sessionId = order.at((order.indexOf(activeSessionId) + step) % order.length);
      if (sessionId) activateTab(sessionId);
    },
    walkTabs,
    /** Only the tab that the walk ends at counts as used. */
    keepRecentTab: (): void => {
      const { activeSessionId } = state();
      if (walk && activeSessionId) activateTab(activeSessionId);
    },
    nextTabThatNeedsMe: (): void => {
      const [sessionId] = tabsThatNeedMe(state());
      if (sessionId) activateTab(sessionId);
    },
  };
}
