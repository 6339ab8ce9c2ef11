import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { MAIN_WINDOW, windowId } from '../../shared/ids.ts';
import { otherWindows } from './other-windows.ts';
import { initialState, type State } from './state.ts';
import { envelope, sampleMessage, sampleSession, sampleSnapshot } from './testing/samples.ts';
import { attached, eventsArrived } from './transitions.ts';

const [second, third] = [windowId.parse(ulid()), windowId.parse(ulid())];
const a = sampleSession({ title: 'a', position: 0, usedAt: 9 });
const b = sampleSession({ title: 'b', position: 1, usedAt: 5, windowId: second, draft: 'typed there' });
const c = sampleSession({ title: 'c', position: 2, usedAt: 7, windowId: second });

/** The page of the main window. */
function attachedState(): State {
  const state = initialState(
    { isAgentVisible: true, agentWidth: 520, railWidth: 248, terminalZoom: 0 },
    MAIN_WINDOW,
  );
  return attached(state, sampleSnapshot([a, b, c], { activeSessionId: a.id }), new Map());
}

/** The tabs from the left, the one in front in capitals, then those of other windows. */
function shown({ order, sessions, activeSessionId, elsewhere }: State): [string, string] {
  const tabs = order.map((id) => {
    const { title = '?' } = sessions[id] ?? {};
    return id === activeSessionId ? title.toUpperCase() : title;
  });
  return [
    tabs.join(' '),
    Object.values(elsewhere)
      .map(({ title }) => title)
      .join(' '),
  ];
}

describe('a window', () => {
  it('shows its own tabs', () => {
    expect(shown(attachedState())).toEqual(['A', 'b c']);
    expect(Object.keys(attachedState().drafts)).toEqual([a.id]);
  });

  it('keeps of other windows what their tabs are called, and counts none of their events as dropped', () => {
    const d = sampleSession({ title: 'd', position: 3, windowId: third });
    const state = eventsArrived(attachedState(), [
      envelope(11, { type: 'session-changed', session: { ...b, title: 'B' } }),
      envelope(12, { type: 'message-changed', sessionId: b.id, message: sampleMessage(b.id) }),
      envelope(13, { type: 'history-cleared', sessionId: c.id }),
      envelope(14, { type: 'session-opened', session: d }),
      envelope(15, { type: 'session-closed', sessionId: c.id }),
    ]);
    expect(shown(state)).toEqual(['A', 'B d']);
    expect([state.droppedEvents, state.conversations, state.sequence]).toEqual([0, {}, 15]);
  });

  it('lets a tab go to another, and the one used before it comes to the front', () => {
    const e = sampleSession({ title: 'e', position: 3, usedAt: 1 });
    const state = eventsArrived(attachedState(), [
      envelope(11, { type: 'session-opened', session: e }),
      envelope(12, { type: 'session-moved', session: { ...a, windowId: second }, isInFront: true }),
    ]);
    expect(shown(state)).toEqual(['E', 'b c a']);
    expect(Object.keys(state.drafts)).toEqual([e.id]);
  });

  it('takes in a tab that is moved into it, with its draft, in front or behind', () => {
    const before = attachedState();
    const front = eventsArrived(before, [
      envelope(11, { type: 'session-moved', session: { ...b, windowId: MAIN_WINDOW }, isInFront: true }),
    ]);
    expect(shown(front)).toEqual(['a B', 'c']);
    expect([front.drafts[b.id], front.activations]).toEqual(['typed there', before.activations + 1]);
    const behind = eventsArrived(front, [
      envelope(12, { type: 'session-moved', session: { ...c, windowId: MAIN_WINDOW }, isInFront: false }),
    ]);
    expect(shown(behind)).toEqual(['a B c', '']);
  });
});

it('brings a tab to the front to which the person was led from another window', () => {
  const e = sampleSession({ title: 'e', position: 3 });
  const state = eventsArrived(attachedState(), [
    envelope(11, { type: 'session-opened', session: e }),
    envelope(12, { type: 'session-shown', sessionId: e.id }),
    envelope(13, { type: 'session-shown', sessionId: b.id }),
  ]);
  expect(shown(state)).toEqual(['a E', 'b c']);
});

it('names the other windows by the tab used last in each, the main one first', () => {
  const { elsewhere } = attachedState();
  const main = sampleSession({ title: 'm', usedAt: 1 });
  expect(otherWindows({ ...elsewhere, [main.id]: main })).toEqual([
    { id: MAIN_WINDOW, title: 'm' },
    { id: second, title: 'c and 1 more' },
  ]);
});
