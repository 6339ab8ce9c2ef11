import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAIN_WINDOW, windowId } from '../../shared/ids.ts';
import { sampleSession, sampleSnapshot } from './testing/samples.ts';
import { attachToScriptedCore, settled } from './testing/scripted-core.ts';
import { droppedOutside } from './window-actions.ts';

const second = windowId.parse(ulid());
const a = sampleSession({ title: 'a', position: 0 });
const b = sampleSession({ title: 'b', position: 1 });
const refusal = { ok: false, error: { code: 'archive-write-failed', message: 'The disk is full.' } };

async function attach({
  kind = 'desktop',
  sessions = [a, b],
  ...options
}: Parameters<typeof attachToScriptedCore>[1] & {
  kind?: 'desktop' | 'web';
  sessions?: (typeof a)[];
} = {}) {
  const { host } = sampleSnapshot([]);
  const core = await attachToScriptedCore(
    sampleSnapshot(sessions, { host: { ...host, kind }, activeSessionId: a.id }),
    options,
  );
  onTestFinished(() => core[Symbol.dispose]());
  return core;
}

describe('moving a tab', () => {
  it('leaves the new window to the desktop host, and sends first what was typed', async () => {
    const core = await attach();
    core.actions.setDraft(a.id, 'half a thought');
    await core.actions.moveTabToWindow(a.id);
    expect(core.calls.slice(-2)).toEqual([
      { name: 'session.setDraft', input: { sessionId: a.id, draft: 'half a thought' } },
      { name: 'session.moveToWindow', input: { sessionId: a.id, at: undefined } },
    ]);
    expect(core.pages).toEqual([]);
  });

  it('waits for a message that is on its way', async () => {
    const core = await attach();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    core.answer('turn.send', () => promise);
    core.actions.setDraft(a.id, 'Why?');
    const sending = core.actions.send(a.id);
    const moving = core.actions.moveTabToWindow(a.id, second);
    await Promise.resolve();
    expect(core.callsTo('session.moveToWindow')).toEqual([]);
    resolve(refusal);
    await Promise.all([sending, moving]);
    expect(core.calls.slice(-2).map(({ name }) => name)).toEqual([
      'session.setDraft',
      'session.moveToWindow',
    ]);
  });

  it('leaves a lone tab in the window that it has', async () => {
    const core = await attach({ sessions: [a] });
    await core.actions.moveTabToWindow(a.id);
    expect(core.callsTo('session.moveToWindow')).toEqual([]);
  });

  it('opens a page on the web within the same task, and closes it where the core refuses', async () => {
    const core = await attach({ kind: 'web' });
    const moving = core.actions.moveTabToWindow(a.id);
    const [address] = core.pages;
    const added = new URL(address ?? '', 'http://localhost').searchParams.get('window');
    await moving;
    expect(core.callsTo('session.moveToWindow')).toEqual([{ sessionId: a.id, windowId: added }]);
    core.answer('session.moveToWindow', () => refusal);
    await core.actions.moveTabToWindow(a.id);
    expect(core.pages).toEqual([address, expect.stringMatching(/^\/\?window=/), 'close']);
    expect(core.store.getState().callErrors[a.id]?.message).toBe('The disk is full.');
  });

  it('moves nothing where the browser opens no page, and offers a link', async () => {
    const core = await attach({ kind: 'web', isBlocked: true });
    await core.actions.moveTabToWindow(a.id);
    expect(core.callsTo('session.moveToWindow')).toEqual([]);
    const [address] = core.pages;
    const [notice] = core.store.getState().notices;
    expect(notice?.blockedWindow?.sessionId).toBe(a.id);
    expect(address).toBe(`/?window=${notice?.blockedWindow?.windowId}`);
  });
});

it('leads to a tab of another window there', async () => {
  const elsewhere = { ...b, windowId: second };
  const core = await attach({ sessions: [a, elsewhere] });
  core.actions.activateTab(b.id);
  await settled();
  expect(core.callsTo('session.moveToWindow')).toEqual([{ sessionId: b.id, windowId: second }]);
  expect(core.store.getState().activeSessionId).toBe(a.id);
});

it.each([
  [5, 5, undefined],
  [-1, 5, { x: 99, y: 205 }],
  [1280, 5, { x: 1380, y: 205 }],
  [5, 820, { x: 105, y: 1020 }],
])('knows whether the pointer was let go outside: %i, %i', (clientX, clientY, expected) => {
  const place = { clientX, clientY, screenX: clientX + 100, screenY: clientY + 200 };
  expect(droppedOutside(place, { innerWidth: 1280, innerHeight: 820 })).toEqual(expected);
});

it('makes a window of a tab that is dropped outside, where it was dropped', async () => {
  const core = await attach();
  const inside = { clientX: 5, clientY: 5, screenX: 105, screenY: 205 };
  expect(core.actions.dropTabOutside(a.id, inside)).toBe(false);
  expect(core.actions.dropTabOutside(b.id, { ...inside, clientY: 900, screenY: 1100 })).toBe(true);
  await settled();
  expect(core.callsTo('session.moveToWindow')).toEqual([{ sessionId: b.id, at: { x: 105, y: 1100 } }]);
});

it('opens new tabs in its own window, and a page closes with its last tab', async () => {
  const own = { ...a, windowId: second };
  const core = await attach({ kind: 'web', windowId: second, sessions: [own, b] });
  for (const name of ['session.open', 'session.reopen']) core.answer(name, () => ({ ok: true, value: own }));
  await core.actions.openTab();
  await core.actions.reopenTab();
  expect([...core.callsTo('session.open'), ...core.callsTo('session.reopen')]).toEqual([
    { windowId: second },
    { windowId: second },
  ]);
  expect(core.callsTo('app.attach')).toEqual([{ windowId: second }]);
  core.emit({ type: 'session-moved', session: { ...own, windowId: MAIN_WINDOW }, isInFront: true });
  expect(core.pages).toEqual(['close']);
});

it.each([
  ['web', MAIN_WINDOW],
  ['desktop', second],
] as const)('does not close by itself: %s, %s', async (kind, ownWindow) => {
  const own = { ...a, windowId: ownWindow };
  const core = await attach({ kind, windowId: ownWindow, sessions: [own] });
  core.emit({ type: 'session-closed', sessionId: own.id });
  expect([core.store.getState().order, core.pages]).toEqual([[], []]);
});
