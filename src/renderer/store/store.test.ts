import { textOf } from '../../shared/agent.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { paneId, windowId, type SessionId } from '../../shared/ids.ts';
import { splitPane } from '../../shared/panes.ts';
import type { SearchHit } from '../../shared/search.ts';
import { sampleDelta, sampleMessage, sampleSession, sampleSnapshot } from './testing/samples.ts';
import { attachToScriptedCore, settled, type ScriptedCore } from './testing/scripted-core.ts';

const a = sampleSession({ title: 'a', position: 0, usedAt: 5 });
const b = sampleSession({ title: 'b', position: 1, usedAt: 9 });
const refusal = { ok: false, error: { code: 'credential-missing', message: 'Set $KEY.' } };

let core: ScriptedCore;
beforeEach(async () => {
  core = await attachToScriptedCore(sampleSnapshot([a, b], { activeSessionId: a.id }));
});
afterEach(() => core[Symbol.dispose]());

const draftOf = (id: SessionId) => core.store.getState().drafts[id];
const errorOf = (id: SessionId) => core.store.getState().callErrors[id]?.message;

describe('drafts', () => {
  it('shows a letter at once and sends the text when typing pauses', async () => {
    core.actions.setDraft(a.id, 'h');
    core.actions.setDraft(a.id, 'hi');
    expect(draftOf(a.id)).toBe('hi');
    expect(core.callsTo('session.setDraft')).toEqual([]);
    await vi.waitUntil(() => core.callsTo('session.setDraft').length > 0);
    expect(core.callsTo('session.setDraft')).toEqual([{ sessionId: a.id, draft: 'hi' }]);
  });

  it('is sent before its tab closes', async () => {
    core.actions.setDraft(a.id, 'kept for reopening');
    await core.actions.closeTab(a.id);
    expect(core.calls.slice(-2).map(({ name }) => name)).toEqual(['session.setDraft', 'session.close']);
  });

  it('survives a lost connection and is sent after it', async () => {
    core.answer('session.setDraft', () => Promise.reject(new Error('lost')));
    core.link('lost');
    core.actions.setDraft(b.id, 'typed offline');
    await vi.waitUntil(() => core.callsTo('session.setDraft').length === 1);
    core.answer('session.setDraft', () => ({ ok: true }));
    core.link('connected');
    await settled();
    expect(draftOf(b.id)).toBe('typed offline');
    expect(core.callsTo('session.setDraft')).toHaveLength(2);
  });
});

describe('sending', () => {
  it('empties the box and sends what was in it', async () => {
    core.actions.setDraft(a.id, 'Why?');
    await core.actions.send(a.id);
    expect(core.callsTo('turn.send')).toEqual([{ sessionId: a.id, text: 'Why?' }]);
    expect(draftOf(a.id)).toBe('');
  });

  it('keeps the text, with the error, when it is refused; what was typed since stands below', async () => {
    core.actions.setDraft(a.id, 'Why?');
    core.answer('turn.send', () => refusal);
    const sending = core.actions.send(a.id);
    await Promise.resolve();
    core.actions.setDraft(a.id, 'And how?');
    await sending;
    expect(draftOf(a.id)).toBe('Why?\nAnd how?');
    expect(errorOf(a.id)).toBe('Set $KEY.');
  });

  it('keeps the text when the call breaks', async () => {
    core.actions.setDraft(a.id, 'Why?');
    core.answer('turn.send', () => Promise.reject(new Error('a bug')));
    await core.actions.send(a.id);
    expect([draftOf(a.id), errorOf(a.id)]).toEqual(['Why?', 'a bug']);
  });

  it('sends nothing that is blank', async () => {
    core.actions.setDraft(a.id, '  \n');
    await core.actions.send(a.id);
    expect(core.callsTo('turn.send')).toEqual([]);
  });

  it('takes a second message before the first is answered, and sends both in order', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    core.answer('turn.send', () => promise);
    core.actions.setDraft(a.id, 'one');
    const first = core.actions.send(a.id);
    core.actions.setDraft(a.id, 'two');
    const second = core.actions.send(a.id);
    expect(draftOf(a.id)).toBe('');
    resolve({ ok: true, value: { status: 'started' } });
    await Promise.all([first, second]);
    expect(core.callsTo('turn.send').map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('follows a pick, and stays in the box when the pick fails', async () => {
    core.answer('session.setModel', () => refusal);
    core.actions.setDraft(a.id, 'for the new model');
    const picking = core.actions.pickModel(a.id, 'two/m2', 'tab');
    await core.actions.send(a.id);
    await picking;
    expect(core.callsTo('turn.send')).toEqual([]);
    expect([draftOf(a.id), errorOf(a.id)]).toEqual(['for the new model', 'Set $KEY.']);
  });
});

describe('a pick with a question before it', () => {
  it.each([
    [true, ['session.setModel', 'turn.send'], ''],
    [false, [], 'for the new model'],
  ])('goes before what is sent after it, or holds it back: %s', async (goesOn, calls, draft) => {
    const question = Promise.withResolvers<boolean>();
    core.actions.setDraft(a.id, 'for the new model');
    const picking = core.actions.pickModel(a.id, 'two/m2', 'tab', question.promise);
    const sending = core.actions.send(a.id);
    expect(core.store.getState().picks).toEqual({});
    question.resolve(goesOn);
    await Promise.all([picking, sending]);
    const names = core.calls.map(({ name }) => name);
    expect(names.filter((name) => name === 'session.setModel' || name === 'turn.send')).toEqual(calls);
    expect(draftOf(a.id)).toBe(draft);
  });

  it('gives way to a later pick', async () => {
    const question = Promise.withResolvers<boolean>();
    const early = core.actions.pickModel(a.id, 'x/1', 'tab', question.promise);
    await core.actions.pickModel(a.id, 'x/2', 'tab');
    question.resolve(true);
    expect(await early).toMatchObject({ ok: false });
    expect(core.callsTo('session.setModel').map(({ reference }) => reference)).toEqual(['x/2']);
  });
});

describe('picks', () => {
  it('shows at once and is gone when it fails', async () => {
    core.answer('session.setModel', () => refusal);
    const picking = core.actions.pickModel(a.id, 'two/m2', 'tab');
    expect(core.store.getState().picks).toEqual({ [a.id]: { reference: 'two/m2', scope: 'tab' } });
    await picking;
    expect(core.store.getState().picks).toEqual({});
  });

  it('does not hold messages back for a pick that a lost connection broke', async () => {
    core.answer('session.setModel', () => Promise.reject(new Error('lost')));
    const picking = core.actions.pickModel(a.id, 'two/m2', 'tab');
    core.link('lost');
    core.link('connected');
    await picking;
    core.actions.setDraft(a.id, 'go on');
    await core.actions.send(a.id);
    expect(core.callsTo('turn.send')).toHaveLength(1);
  });

  it('shows the last of many until that one is answered', async () => {
    const first = Promise.withResolvers<unknown>();
    core.answer('session.setModel', ({ input }) =>
      input['reference'] === 'x/1' ? first.promise : { ok: true },
    );
    const early = core.actions.pickModel(a.id, 'x/1', 'tab');
    await core.actions.pickModel(a.id, 'x/2', 'tab');
    expect(core.store.getState().picks).toEqual({});
    first.resolve(refusal);
    await early;
    expect(core.callsTo('session.setModel').map(({ reference }) => reference)).toEqual(['x/1', 'x/2']);
  });
});

describe('tabs', () => {
  it('tells the core which tab came to the front when the active one closed', () => {
    core.emit({ type: 'session-closed', sessionId: a.id });
    expect(core.store.getState().activeSessionId).toBe(b.id);
    expect(core.callsTo('session.activate')).toEqual([{ sessionId: b.id }]);
  });

  it('goes to the next tab that failed or is unread, round the end', () => {
    const c = sampleSession({ title: 'c', position: 2, isUnread: true });
    core.emit({ type: 'session-opened', session: c });
    core.actions.nextTabThatNeedsMe();
    expect(core.store.getState().activeSessionId).toBe(c.id);
    core.actions.nextTabThatNeedsMe();
    expect(core.store.getState().activeSessionId).toBe(c.id);
  });

  it('goes from tab to tab in the order of their use, and tells the core of the last one only', () => {
    const c = sampleSession({ title: 'c', position: 2, usedAt: 7 });
    core.emit({ type: 'session-opened', session: c });
    const active = () => core.store.getState().activeSessionId;
    const seen = ([1, 1, 1, -1, -1] as const).map((step) => {
      core.actions.walkTabs(step);
      return active();
    });
    expect(seen).toEqual([b.id, c.id, a.id, c.id, b.id]);
    expect(core.callsTo('session.activate')).toEqual([]);
    core.actions.keepRecentTab();
    core.actions.keepRecentTab();
    expect(core.callsTo('session.activate')).toEqual([{ sessionId: b.id }]);
    core.emit({ type: 'session-changed', session: { ...b, usedAt: 10 } });
    core.emit({ type: 'session-closed', sessionId: c.id });
    core.actions.walkTabs(1);
    expect(active()).toBe(a.id);
  });

  it('searches piece by piece until it is over or given up', async () => {
    const pieces = [['1'], ['2', '3'], []].map((hits, index) => ({
      hits: hits.map((text) => ({ text })),
      isOver: index === 2,
      hasMore: false,
    }));
    const query = { text: 'x', isCaseSensitive: false, isWholeWord: false, isRegex: false };
    const search = async (stopAfter: number) => {
      let next = 0;
      core.answer('search.next', () => ({ ok: true, value: pieces[next++] }));
      const stopping = new AbortController();
      const found: string[] = [];
      const outcome = await core.actions.search(query, {
        signal: stopping.signal,
        onPiece: ({ hits }) => {
          found.push(...hits.map(({ text }) => text));
          if (next === stopAfter) stopping.abort();
        },
      });
      return [outcome.ok, found, next];
    };
    expect(await search(9)).toEqual([true, ['1', '2', '3'], 3]);
    expect(await search(1)).toEqual([true, ['1'], 1]);
    core.answer('search.begin', () => refusal);
    expect(await search(9)).toEqual([false, [], 0]);
  });

  it('brings a closed tab back to show what was found in it', async () => {
    const closed = sampleSession({ title: 'closed' });
    core.answer('session.reopen', () => ({ ok: true, value: closed }));
    const hit = { kind: 'message', sessionId: closed.id, messageId: 'm', text: 'x' } as unknown as SearchHit;
    core.actions.toggleAgent();
    const { isAgentVisible } = core.store.getState().layout;
    await core.actions.showHit(hit);
    expect(core.callsTo('session.reopen')).toEqual([{ sessionId: closed.id, windowId: 'main' }]);
    expect(core.callsTo('search.show')).toEqual([{ hit }]);
    core.emit({ type: 'session-shown', sessionId: closed.id, hit });
    expect(core.store.getState()).toMatchObject({
      activeSessionId: closed.id,
      shownHit: hit,
      layout: { isAgentVisible: true },
    });
    expect(isAgentVisible).toBe(false);
    core.actions.hitShown(true);
    expect(core.store.getState()).toMatchObject({
      shownHit: undefined,
      notices: [{ title: 'This is no longer there' }],
    });
  });

  it('leaves what was found in a tab of another window to that one', async () => {
    const session = sampleSession({ windowId: windowId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV') });
    core.emit({ type: 'session-opened', session });
    const hit = { kind: 'line', sessionId: session.id, paneId: session.id } as unknown as SearchHit;
    await core.actions.showHit(hit);
    core.emit({ type: 'session-shown', sessionId: session.id, hit });
    expect([core.callsTo('session.reopen'), core.callsTo('search.show')]).toEqual([[], [{ hit }]]);
    expect(core.store.getState()).toMatchObject({ activeSessionId: a.id });
    expect(core.store.getState().shownHit).toBeUndefined();
  });

  it('shows the pane of what was found among the others, where another has taken the whole terminal', () => {
    const [first] = a.panes;
    if (!first) throw new Error('A tab has a pane');
    const second = { ...first, id: paneId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV') };
    const layout = splitPane(first.id, first.id, 'row', second.id);
    core.emit({ type: 'session-changed', session: { ...a, panes: [first, second], layout } });
    core.actions.toggleZoomedPane(a.id);
    const shown = [first, second].map(({ id }) => {
      const hit = { kind: 'line', sessionId: a.id, paneId: id } as unknown as SearchHit;
      core.emit({ type: 'session-shown', sessionId: a.id, hit });
      return core.store.getState().zoomedPanes[a.id];
    });
    expect(shown).toEqual([first.id, undefined]);
  });

  it('cycles through the modes of settings.toml', () => {
    core.actions.cycleMode(a.id);
    expect(core.callsTo('session.setMode')).toEqual([{ sessionId: a.id, mode: 'ask' }]);
  });

  it('says in a notice why no tab could be opened, and takes it away without asking the core', async () => {
    core.answer('session.open', () => ({ ok: false, error: { message: 'No such folder.' } }));
    await core.actions.openTab();
    const [notice] = core.store.getState().notices;
    expect(notice?.body).toBe('No such folder.');
    core.actions.dismissNotice(notice?.id ?? '');
    expect(core.store.getState().notices).toEqual([]);
    expect(core.callsTo('notice.dismiss')).toEqual([]);
  });
});

it('says where settings.toml lies when the host has no editor to open it with', async () => {
  const { host } = sampleSnapshot([]);
  core[Symbol.dispose]();
  core = await attachToScriptedCore(sampleSnapshot([a], { host: { ...host, kind: 'web' } }));
  core.answer('settings.open', () => ({ ok: true, value: { path: '/home/ada/settings.toml' } }));
  await core.actions.openSettings();
  expect(core.store.getState().notices.map(({ body }) => body)).toEqual(['/home/ada/settings.toml']);
});

describe('conversations', () => {
  const answer = sampleMessage(a.id, { parts: [{ type: 'text', text: 'Hel' }] });
  const text = () => core.store.getState().conversations[a.id]?.messages.slice(0, 1).map(textOf).join('');
  const load = () =>
    core.answer('conversation.load', () => ({
      ok: true,
      value: { sequence: core.sequence(), messages: [answer] },
    }));

  it('ignores deltas until it is loaded', async () => {
    load();
    core.emit(sampleDelta(answer, 3, 'lo'));
    expect(core.store.getState().conversations).toEqual({});
    await core.actions.loadConversation(a.id);
    expect(text()).toBe('Hel');
  });

  it('draws events together that come together, in order', async () => {
    load();
    await core.actions.loadConversation(a.id);
    let renders = 0;
    core.store.subscribe(() => (renders += 1));
    const changed = { type: 'session-changed', session: { ...a, isUnread: true } } as const;
    core.emit(sampleDelta(answer, 3, 'l'), sampleDelta(answer, 4, 'o'), changed);
    expect([text(), renders]).toEqual(['Hello', 1]);
    core.emit(sampleDelta(answer, 5, '!'));
    expect([text(), renders]).toEqual(['Hello!', 2]);
  });

  it('is loaded again when a delta between was missed', async () => {
    load();
    await core.actions.loadConversation(a.id);
    const whole = { ...answer, parts: [{ type: 'text' as const, text: 'Hello, wor' }] };
    core.answer('conversation.load', () => ({
      ok: true,
      value: { sequence: core.sequence() - 1, messages: [whole] },
    }));
    core.emit(sampleDelta(answer, 10, 'ld'));
    await vi.waitUntil(() => text() === 'Hello, world');
    expect(core.callsTo('conversation.load')).toHaveLength(2);
  });
});

describe('the connection', () => {
  it('shows that it is lost, then attaches afresh', async () => {
    core.link('lost');
    expect(core.store.getState().connection).toBe('lost');
    core.emit({ type: 'session-closed', sessionId: a.id });
    core.answer('app.attach', () => ({ ok: true, value: sampleSnapshot([b], { sequence: 2 }) }));
    core.link('connected');
    await settled();
    expect(core.store.getState()).toMatchObject({ connection: 'connected', sequence: 2, order: [b.id] });
  });
});
