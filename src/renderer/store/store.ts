import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EventEnvelope } from '../../shared/contract.ts';
import { MAIN_WINDOW, type SessionId, type WindowId } from '../../shared/ids.ts';
import type { Client } from '../client/client.ts';
import { createActions, type Actions } from './actions.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { loadLayout, saveLayout, type LayoutStorage } from './layout.ts';
import { initialState, type State } from './state.ts';
import { attached, eventsArrived } from './transitions.ts';
import type { Page } from './window-actions.ts';

export type Carrel = Disposable & { readonly store: StoreApi<State>; readonly actions: Actions };

/** The window's state, attached to the core for as long as it is not disposed. */
export function createCarrel({
  client,
  windowId,
  storage,
  page,
}: {
  client: Client;
  /** The window that the page is. */
  windowId: WindowId;
  /** Keeps how the window is arranged. */
  storage: LayoutStorage;
  /** Says `pagehide` when the last chance to send has come. */
  page: Page;
}): Carrel {
  const resources = new DisposableStack();
  const store = createStore<State>(() => initialState(loadLayout(storage), windowId));
  const drafts = createDrafts((sessionId, draft) =>
    client.call('session.setDraft', { sessionId, draft }).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const actions = createActions({ client, store, drafts, page });
  resources.defer(
    store.subscribe((state, previous) => {
      if (state.layout !== previous.layout) saveLayout(storage, state.layout);
      for (const id of reloading(state, previous)) void actions.loadConversation(id);
      if (state.activeSessionId !== previous.activeSessionId && isClosed(state, previous.activeSessionId)) {
        // The core learns which tab came to the front in a closed one's place.
        if (state.activeSessionId) actions.activateTab(state.activeSessionId);
      }
    }),
  );
  resources.defer(closeWhenEmptied(store, page));
  connect({ client, store, drafts, resources });

  const flush = () => drafts.flushAll();
  page.addEventListener('pagehide', flush);
  resources.defer(() => page.removeEventListener('pagehide', flush));
  return { store, actions, [Symbol.dispose]: () => resources.dispose() };
}

/** Keeps the state attached: a snapshot for each connection, then the events above it. */
function connect({
  client,
  store,
  drafts,
  resources,
}: {
  client: Client;
  store: StoreApi<State>;
  drafts: Drafts;
  resources: DisposableStack;
}): void {
  let isAttached = false;
  let early: EventEnvelope[] = [];
  const apply = (envelopes: readonly EventEnvelope[]) =>
    store.setState((state) => eventsArrived(state, envelopes));

  async function attach(): Promise<void> {
    early = [];
    const { windowId } = store.getState();
    const answer = await client.call('app.attach', { windowId }).catch(() => undefined);
    if (!answer?.ok) {
      store.setState({ connection: 'lost' });
      return;
    }
    store.setState((state) => attached(state, answer.value, drafts.unsent()));
    isAttached = true;
    apply(early);
    early = [];
    drafts.flushAll();
  }

  resources.defer(
    client.onEvents((envelopes) => {
      if (isAttached) apply(envelopes);
      else early.push(...envelopes);
    }),
  );
  resources.defer(
    client.onLink((link) => {
      if (link === 'connected') {
        void attach();
        return;
      }
      isAttached = false;
      store.setState({ connection: 'lost' });
    }),
  );
}

/** A window whose last tab has gone closes. On the desktop the host sees to it; a page closes itself. */
function closeWhenEmptied(store: StoreApi<State>, page: Page): () => void {
  return store.subscribe((state, previous) => {
    const isEmptied = state.order.length === 0 && previous.order.length > 0;
    if (isEmptied && state.host?.kind === 'web' && state.windowId !== MAIN_WINDOW) page.close();
  });
}

/** Conversations that fell back from loaded, because an event between was missed. */
function reloading(state: State, previous: State): SessionId[] {
  if (state.conversations === previous.conversations) return [];
  return state.order.filter(
    (id) => state.conversations[id]?.status === 'loading' && previous.conversations[id]?.status === 'loaded',
  );
}

function isClosed(state: State, id: SessionId | undefined): boolean {
  return id !== undefined && !(id in state.sessions);
}

export const CarrelContext = createContext<Carrel | undefined>(undefined);

function useCarrelContext(): Carrel {
  const carrel = useContext(CarrelContext);
  if (!carrel) throw new Error('Used outside of CarrelContext');
  return carrel;
}

/** A narrow piece of the state; what the selector returns must be the same object while nothing changed. */
export function useCarrel<Selected>(selector: (state: State) => Selected): Selected {
  return useStore(useCarrelContext().store, selector);
}

export function useActions(): Actions {
  return useCarrelContext().actions;
}
