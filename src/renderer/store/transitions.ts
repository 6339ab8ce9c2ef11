import type { Snapshot } from '../../shared/app.ts';
import type { CarrelEvent, EventEnvelope } from '../../shared/contract.ts';
import type { SessionId } from '../../shared/ids.ts';
import { assertNever } from '../../shared/result.ts';
import type { Session } from '../../shared/session.ts';
import { conversationEvent } from './conversation.ts';
import { ofOtherWindow, sessionsByWindow } from './other-windows.ts';
import { without } from './record.ts';
import type { State } from './state.ts';

/** The core's state replaces ours; what was typed and has not reached the core yet is kept. */
export function attached(state: State, snapshot: Snapshot, unsent: ReadonlyMap<SessionId, string>): State {
  const { sessions, elsewhere } = sessionsByWindow(snapshot.sessions, state.windowId);
  const order = orderOf(sessions);
  const active = [state.activeSessionId, snapshot.activeSessionId, order[0]].find(
    (id) => id !== undefined && id in sessions,
  );
  return {
    ...state,
    connection: 'connected',
    sequence: snapshot.sequence,
    host: snapshot.host,
    settings: snapshot.settings,
    models: snapshot.models,
    modelPreferences: snapshot.modelPreferences,
    notices: snapshot.notices,
    sessions,
    elsewhere,
    order,
    activeSessionId: active,
    conversations: {},
    drafts: Object.fromEntries(Object.values(sessions).map(({ id, draft }) => [id, unsent.get(id) ?? draft])),
    picks: {},
    callErrors: {},
    commandOutputs: {},
  };
}

/** Applies events in order; one that is already in the state is skipped. */
export function eventsArrived(state: State, envelopes: readonly EventEnvelope[]): State {
  return envelopes.reduce((state, envelope) => {
    if (envelope.sequence <= state.sequence) return state;
    return { ...applyEvent(state, envelope), sequence: envelope.sequence };
  }, state);
}

function applyEvent(state: State, envelope: EventEnvelope): State {
  const { event } = envelope;
  const otherwise = ofOtherWindow(state, event);
  if (otherwise) return otherwise;
  const sessionId = sessionOf(event);
  if (sessionId !== undefined && !(sessionId in state.sessions)) {
    return { ...state, droppedEvents: state.droppedEvents + 1 };
  }
  switch (event.type) {
    case 'session-opened':
    case 'session-changed':
      return sessionArrived(state, event.session);
    case 'session-closed':
      return sessionClosed(state, event.sessionId);
    case 'session-moved':
      return sessionMoved(state, event);
    case 'session-shown':
      return sessionShown(state, event);
    case 'message-changed':
    case 'history-cleared':
    case 'turn-delta': {
      const conversation = state.conversations[event.sessionId];
      if (!conversation) return state;
      const changed = conversationEvent(conversation, envelope);
      if (changed === conversation) return state;
      return { ...state, conversations: { ...state.conversations, [event.sessionId]: changed } };
    }
    case 'model-preferences-changed':
      return { ...state, modelPreferences: event.preferences };
    case 'models-changed':
      return { ...state, models: event.models };
    case 'settings-changed':
      return { ...state, settings: event.settings };
    case 'notice-raised': {
      const others = state.notices.filter((notice) => notice.id !== event.notice.id);
      return { ...state, notices: [...others, event.notice] };
    }
    // The app runs it.
    case 'command-picked':
      return state;
    case 'notice-dismissed':
      return { ...state, notices: state.notices.filter((notice) => notice.id !== event.id) };
    default:
      return assertNever(event);
  }
}

/** The session that an event needs to be known already. */
function sessionOf(event: CarrelEvent): SessionId | undefined {
  if (event.type === 'session-changed') return event.session.id;
  return 'sessionId' in event ? event.sessionId : undefined;
}

/** A session is new, or changed. What is typed for it belongs to this client from the first sight on. */
export function sessionArrived(state: State, session: Session): State {
  const sessions = { ...state.sessions, [session.id]: session };
  const order = orderOf(sessions);
  const isSameOrder = order.length === state.order.length && order.every((id, at) => id === state.order[at]);
  return {
    ...state,
    sessions,
    order: isSameOrder ? state.order : order,
    drafts: session.id in state.drafts ? state.drafts : { ...state.drafts, [session.id]: session.draft },
  };
}

/** The tab has left this window, or has come into it. */
function sessionMoved(
  state: State,
  { session, isInFront }: Extract<CarrelEvent, { type: 'session-moved' }>,
): State {
  const { id } = session;
  if (session.windowId !== state.windowId)
    return { ...sessionClosed(state, id), elsewhere: { ...state.elsewhere, [id]: session } };
  const arrived = sessionArrived({ ...state, elsewhere: without(state.elsewhere, id) }, session);
  if (!isInFront) return arrived;
  return { ...arrived, activeSessionId: id, activations: state.activations + 1 };
}

/** A hit has its place in sight: the agent, or its pane among the others. */
function sessionShown(
  state: State,
  { sessionId, hit }: Extract<CarrelEvent, { type: 'session-shown' }>,
): State {
  const shown = { ...state, activeSessionId: sessionId, activations: state.activations + 1 };
  if (!hit) return shown;
  if (hit.kind === 'message')
    return { ...shown, shownHit: hit, layout: { ...state.layout, isAgentVisible: true } };
  const { zoomedPanes } = state;
  const isHidden = zoomedPanes[sessionId] !== hit.paneId;
  return {
    ...shown,
    shownHit: hit,
    zoomedPanes: isHidden ? without(zoomedPanes, sessionId) : zoomedPanes,
  };
}

/** The tab goes with all that was known of it; the one used before it comes to the front. */
function sessionClosed(state: State, id: SessionId): State {
  const sessions = without(state.sessions, id);
  return {
    ...state,
    sessions,
    order: state.order.filter((other) => other !== id),
    activeSessionId: state.activeSessionId === id ? mostRecentlyUsed(sessions) : state.activeSessionId,
    conversations: without(state.conversations, id),
    drafts: without(state.drafts, id),
    picks: without(state.picks, id),
    callErrors: without(state.callErrors, id),
    commandOutputs: without(state.commandOutputs, id),
    zoomedPanes: without(state.zoomedPanes, id),
  };
}

function orderOf(sessions: State['sessions']): SessionId[] {
  return Object.values(sessions)
    .sort((left, right) => left.position - right.position)
    .map(({ id }) => id);
}

function mostRecentlyUsed(sessions: State['sessions']): SessionId | undefined {
  return Object.values(sessions).reduce<Session | undefined>(
    (latest, session) => (latest && latest.usedAt >= session.usedAt ? latest : session),
    undefined,
  )?.id;
}
