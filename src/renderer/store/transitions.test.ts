import { describe, expect, it } from 'vitest';
import { MAIN_WINDOW, type SessionId } from '../../shared/ids.ts';
import { initialState, type State } from './state.ts';
import { sampleMessage, sampleSession, sampleSnapshot, envelope } from './testing/samples.ts';
import { attached, eventsArrived } from './transitions.ts';

const a = sampleSession({ title: 'a', position: 0, usedAt: 5, draft: 'half a thought' });
const b = sampleSession({ title: 'b', position: 1, usedAt: 9 });
const c = sampleSession({ title: 'c', position: 2, usedAt: 7 });

function attachedState(unsent = new Map<SessionId, string>()): State {
  const state = initialState(
    { isAgentVisible: true, agentWidth: 520, railWidth: 248, terminalZoom: 0 },
    MAIN_WINDOW,
  );
  return attached(state, sampleSnapshot([c, a, b], { activeSessionId: a.id }), unsent);
}

describe('attaching', () => {
  it('orders tabs by position and shows the active one', () => {
    const { order, activeSessionId, connection } = attachedState();
    expect({ order, activeSessionId, connection }).toEqual({
      order: [a.id, b.id, c.id],
      activeSessionId: a.id,
      connection: 'connected',
    });
  });

  it('keeps what was typed and has not reached the core', () => {
    expect(attachedState(new Map([[b.id, 'typed offline']])).drafts).toEqual({
      [a.id]: 'half a thought',
      [b.id]: 'typed offline',
      [c.id]: '',
    });
  });

  it('keeps this window on its own tab when it attaches anew', () => {
    const state = { ...attachedState(), activeSessionId: c.id };
    const again = attached(state, sampleSnapshot([a, b, c], { activeSessionId: a.id }), new Map());
    expect(again.activeSessionId).toBe(c.id);
  });
});

describe('events', () => {
  it('skips what the snapshot already holds', () => {
    const renamed = { ...a, title: 'late' };
    const state = eventsArrived(attachedState(), [
      envelope(10, { type: 'session-changed', session: renamed }),
    ]);
    expect(state.sessions[a.id]?.title).toBe('a');
  });

  it('drops and counts an event for an unknown session, and gives it to no other', () => {
    const stranger = sampleSession({ title: 'stranger' });
    const before = attachedState();
    const after = eventsArrived(before, [
      envelope(11, { type: 'session-changed', session: stranger }),
      envelope(12, { type: 'session-closed', sessionId: stranger.id }),
      envelope(13, { type: 'message-changed', sessionId: stranger.id, message: sampleMessage(stranger.id) }),
    ]);
    expect(after).toEqual({ ...before, sequence: 13, droppedEvents: 3 });
  });

  it('brings the most recently used tab to the front when the active one closes', () => {
    const state = eventsArrived(attachedState(), [envelope(11, { type: 'session-closed', sessionId: a.id })]);
    expect(state.activeSessionId).toBe(b.id);
    expect(state.order).toEqual([b.id, c.id]);
    expect(Object.keys(state.drafts)).toEqual([c.id, b.id]);
  });

  it('leaves the active tab in front when another closes', () => {
    const state = eventsArrived(attachedState(), [envelope(11, { type: 'session-closed', sessionId: b.id })]);
    expect(state.activeSessionId).toBe(a.id);
  });

  it('reorders tabs by their new positions and keeps the order as it is otherwise', () => {
    const before = attachedState();
    const moved = eventsArrived(before, [
      envelope(11, { type: 'session-changed', session: { ...a, position: 1 } }),
      envelope(12, { type: 'session-changed', session: { ...b, position: 0 } }),
    ]);
    expect(moved.order).toEqual([b.id, a.id, c.id]);
    const renamed = eventsArrived(before, [
      envelope(11, { type: 'session-changed', session: { ...a, title: 'x' } }),
    ]);
    expect(renamed.order).toBe(before.order);
  });

  it("never overwrites what is being typed with the core's older draft", () => {
    const typing = { ...attachedState(), drafts: { [a.id]: 'newer' } };
    const state = eventsArrived(typing, [
      envelope(11, { type: 'session-changed', session: { ...a, draft: 'old' } }),
    ]);
    expect(state.drafts[a.id]).toBe('newer');
  });

  it('replaces a notice that is raised again', () => {
    const notice = { id: 'n', severity: 'error' as const, title: 't', body: '', offersSettings: true };
    const state = eventsArrived(attachedState(), [
      envelope(11, { type: 'notice-raised', notice }),
      envelope(12, { type: 'notice-raised', notice: { ...notice, body: 'new' } }),
    ]);
    expect(state.notices).toEqual([{ ...notice, body: 'new' }]);
    expect(eventsArrived(state, [envelope(13, { type: 'notice-dismissed', id: 'n' })]).notices).toEqual([]);
  });
});
