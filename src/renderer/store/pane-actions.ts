import type { Input } from '../../shared/contract.ts';
import type { PaneId, SessionId } from '../../shared/ids.ts';
import { firstPane, swapPanes, withoutPane, type PaneLayout, type PaneSplit } from '../../shared/panes.ts';
import type { Session } from '../../shared/session.ts';
import type { ActionParts, Outcome } from './calls.ts';
import { paneBeside, SIDES, type Side } from './pane-geometry.ts';
import { without } from './record.ts';
import { shownLayout } from './selectors.ts';
import { sessionArrived } from './transitions.ts';

/** The shells of a tab, side by side. */
export function createPaneActions({
  store,
  calls,
  askToCloseTab,
}: ActionParts & { readonly askToCloseTab: (sessionId: SessionId) => Promise<void> }) {
  const { getState: state, setState } = store;
  const { callFor } = calls;

  /** What a change of panes answers is shown at once, and what is typed next goes to the active one. */
  async function changePanes<Name extends 'pane.split' | 'pane.close' | 'pane.activate' | 'pane.arrange'>(
    name: Name,
    input: Input<Name>,
  ): Promise<Outcome<Session>> {
    const outcome = (await callFor(input.sessionId as SessionId, name, input)) as Outcome<Session>;
    if (outcome.ok && outcome.value.id in state().sessions)
      setState((state) => sessionArrived(state, outcome.value));
    return outcome;
  }

  function focusTerminal(): void {
    setState(({ activations }) => ({ activations: activations + 1 }));
  }

  function unzoom(sessionId: SessionId): void {
    setState(({ zoomedPanes }) => ({ zoomedPanes: without(zoomedPanes, sessionId) }));
  }

  function activatePane(sessionId: SessionId, paneId: PaneId): void {
    const session = state().sessions[sessionId];
    if (!session || session.activePaneId === paneId) return;
    setState((state) => sessionArrived(state, { ...session, activePaneId: paneId }));
    void callFor(sessionId, 'pane.activate', { sessionId, paneId });
  }

  function toPane(sessionId: SessionId, paneId: PaneId): void {
    unzoom(sessionId);
    activatePane(sessionId, paneId);
    focusTerminal();
  }

  /** Of the pane that is active; undefined where nothing is on that side. */
  function besideActive(sessionId: SessionId, side: Side): PaneId | undefined {
    const session = state().sessions[sessionId];
    return session && paneBeside(session.layout, session.activePaneId, side);
  }

  return {
    /** A new shell beside the active one, or below it. */
    splitPane: async (sessionId: SessionId, direction: PaneSplit['direction']): Promise<void> => {
      unzoom(sessionId);
      const paneId = state().sessions[sessionId]?.activePaneId;
      const outcome = await changePanes('pane.split', { sessionId, paneId, direction });
      if (outcome.ok) focusTerminal();
    },
    /** The active pane; the tab with it when it is the only one. */
    closePane: async (sessionId: SessionId): Promise<void> => {
      const session = state().sessions[sessionId];
      if (!session) return;
      const { activePaneId: paneId } = session;
      const rest = withoutPane(session.layout, paneId);
      if (rest === undefined) return askToCloseTab(sessionId);
      const beside = SIDES.map((side) => besideActive(sessionId, side)).find((id) => id !== undefined);
      // What is typed from now on is not for a shell that goes.
      toPane(sessionId, beside ?? firstPane(rest));
      await changePanes('pane.close', { sessionId, paneId });
    },
    activatePane,
    focusPaneBeside: (sessionId: SessionId, side: Side): void => {
      const paneId = besideActive(sessionId, side);
      if (paneId) toPane(sessionId, paneId);
    },
    /** The active pane and the one on that side change places. */
    swapPane: async (sessionId: SessionId, side: Side): Promise<void> => {
      const other = besideActive(sessionId, side);
      const session = state().sessions[sessionId];
      if (!other || !session) return;
      const layout = swapPanes(session.layout, session.activePaneId, other);
      if ((await changePanes('pane.arrange', { sessionId, layout })).ok) focusTerminal();
    },
    arrangePanes: (sessionId: SessionId, layout: PaneLayout) =>
      changePanes('pane.arrange', { sessionId, layout }),
    /** The active pane takes the whole terminal, or gives the others their places back. */
    toggleZoomedPane: (sessionId: SessionId): void => {
      const session = state().sessions[sessionId];
      if (!session || session.panes.length === 1) return;
      const isZoomed = shownLayout(state(), sessionId) !== session.layout;
      if (isZoomed) unzoom(sessionId);
      else
        setState(({ zoomedPanes }) => ({
          zoomedPanes: { ...zoomedPanes, [sessionId]: session.activePaneId },
        }));
      focusTerminal();
    },
  };
}
