import { ulid } from 'ulid';
import { describe, expect, it, vi } from 'vitest';
import { MAIN_WINDOW, windowId } from '../../shared/ids.ts';
import { describeSession, type LiveSession } from './session.ts';
import { live, openRegistry, type TestRegistry } from './testing/open-registry.ts';

const other = windowId.parse(ulid());

/** Four tabs in the main window. */
async function openTabs() {
  const started = await openRegistry();
  const [first] = started.registry.list();
  if (!first) throw new Error('There is a first tab');
  const tabs = [live(started.registry, first.id), await started.open(), await started.open()] as const;
  const [a, b, c] = tabs;
  started.registry.activate(a);
  return { ...started, a, b, c };
}

/** The tabs of each window from the left, by the names that are given to them; the one in front in capitals. */
function placesOf(
  { registry }: Pick<TestRegistry, 'registry'>,
  names: Readonly<Record<string, { readonly id: LiveSession['id'] }>>,
) {
  const places: Record<string, string> = {};
  for (const { id, windowId } of registry.list()) {
    const name = Object.keys(names).find((key) => names[key]?.id === id) ?? '?';
    const window = windowId === other ? 'other' : windowId;
    const shown = registry.windows.activeId(windowId) === id ? name.toUpperCase() : name;
    places[window] = [places[window], shown].filter(Boolean).join(' ');
  }
  return places;
}

describe('a tab that is moved', () => {
  it('comes to the front of its new window, and the one used before it to the front of the old one', async () => {
    const { registry, told, events, a, b, c } = await openTabs();
    registry.activate(b);
    const moved = registry.moveToWindow(b, other);
    expect(moved).toMatchObject({ ok: true, value: { id: b.id, windowId: other } });
    expect(placesOf({ registry }, { a, b, c })).toEqual({ main: 'A c', other: 'B' });
    expect(events.at(-1)).toMatchObject({
      type: 'session-moved',
      isInFront: true,
      session: { id: b.id, windowId: other },
    });
    expect(told).toEqual([`show ${other}`]);
    expect(registry.windows.list()).toEqual([other, MAIN_WINDOW]);
  });

  it('gets a window of its own where none is named', async () => {
    const { registry, told, a } = await openTabs();
    registry.moveToWindow(a);
    expect(a.windowId).not.toBe(MAIN_WINDOW);
    expect(told).toEqual([`show ${a.windowId}`]);
  });

  it('leaves the one in front where it is when it was behind', async () => {
    const { registry, a, b, c } = await openTabs();
    registry.moveToWindow(c, other);
    registry.moveToWindow(b, other);
    expect(placesOf({ registry }, { a, b, c })).toEqual({ main: 'A', other: 'B c' });
  });

  it('empties its window as the last one, once it lies elsewhere', async () => {
    const { registry, told, a } = await openTabs();
    registry.moveToWindow(a, other);
    registry.moveToWindow(a, MAIN_WINDOW);
    expect(told).toEqual([`show ${other}`, `show ${MAIN_WINDOW}`, `emptied ${other}`]);
  });

  it('only comes to the front where it lies there already, and its window too', async () => {
    const { registry, events, told, a, b, c } = await openTabs();
    registry.moveToWindow(b, MAIN_WINDOW);
    expect(events.at(-1)).toEqual({ type: 'session-shown', sessionId: b.id });
    expect(told).toEqual([`show ${MAIN_WINDOW}`]);
    expect(placesOf({ registry }, { a, b, c })).toEqual({ main: 'a B c' });
  });

  it('stays where it is when that cannot be saved', async () => {
    const { registry, faults, a, b, c } = await openTabs();
    faults.setConfig = () => {
      throw new Error('The disk is full');
    };
    expect(registry.moveToWindow(b, other)).toMatchObject({ error: { code: 'archive-write-failed' } });
    expect(placesOf({ registry }, { a, b, c })).toEqual({ main: 'a B c' });
  });
});

describe('a window', () => {
  it('is back after a restart with its tabs and the one in front', async () => {
    const started = await openTabs();
    const { registry, a, b, c } = started;
    registry.moveToWindow(b, other);
    registry.moveToWindow(c, other);
    registry.activate(b);
    registry.activate(a);
    const again = await started.restart();
    expect(placesOf(again, { a, b, c })).toEqual({ main: 'A', other: 'B c' });
    expect(again.registry.windows.list()).toEqual([MAIN_WINDOW, other]);
  });

  it('survives a reset of its tab; a fork lies beside its source', async () => {
    const started = await openTabs();
    const { registry, a, b, c } = started;
    registry.moveToWindow(a, other);
    await registry.clearing.reset(a);
    const fork = await registry.fork(a, undefined);
    if (!fork.ok) throw new Error(fork.error.message);
    const again = await started.restart();
    expect(placesOf(again, { a, b, c, f: fork.value })).toEqual({ main: 'b C', other: 'a F' });
  });

  it('is the main one where the row cannot be read', async () => {
    const started = await openTabs();
    const { archive, a, b, c } = started;
    archive.setConfig(a.id, 'window', 'elsewhere');
    expect(placesOf(await started.restart(), { a, b, c })).toEqual({ main: 'A b c' });
  });

  it('takes new and reopened tabs, and is shown with its first', async () => {
    const { registry, told, a, b, c } = await openTabs();
    const opened = await registry.open(undefined, { inWindow: other });
    const id = opened.ok ? opened.value.id : a.id;
    await registry.close(b);
    expect(registry.reopen(undefined, other)).toMatchObject({
      ok: true,
      value: { id: b.id, windowId: other },
    });
    expect(placesOf({ registry }, { a, b, c, d: { id } })).toEqual({ main: 'A c', other: 'B d' });
    await registry.close(live(registry, b.id));
    expect(registry.reopen()).toMatchObject({ ok: true, value: { windowId: MAIN_WINDOW } });
    expect(told).toEqual([`show ${other}`]);
  });

  it('is emptied when its last tab closes, before the agent and the shell have ended', async () => {
    const { registry, told, a, ptys } = await openTabs();
    registry.moveToWindow(a, other);
    const ended = Promise.withResolvers<void>();
    for (const pty of ptys) pty[Symbol.asyncDispose] = () => ended.promise;
    const closing = registry.close(a);
    expect(told).toEqual([`show ${other}`, `emptied ${other}`]);
    ended.resolve();
    await closing;
  });

  it('gives all its tabs away, and none of them comes before what is in front there', async () => {
    const { registry, events, a, b, c } = await openTabs();
    registry.moveToWindow(b, other);
    registry.moveToWindow(c, other);
    const before = events.length;
    registry.windows.giveTabs(other, MAIN_WINDOW);
    expect(placesOf({ registry }, { a, b, c })).toEqual({ main: 'A b c' });
    expect(events.slice(before)).toMatchObject([
      { type: 'session-moved', session: { id: c.id, windowId: MAIN_WINDOW }, isInFront: false },
      { type: 'session-moved', session: { id: b.id, windowId: MAIN_WINDOW }, isInFront: false },
    ]);
  });

  it('gives its tabs to an empty one with the tab used last in front, even where that cannot be saved', async () => {
    const { registry, errors, faults, a, b, c } = await openTabs();
    faults.setConfig = () => {
      throw new Error('The disk is full');
    };
    registry.windows.giveTabs(MAIN_WINDOW, other);
    expect(placesOf({ registry }, { a, b, c })).toEqual({ other: 'A b c' });
    expect(errors).toHaveLength(3);
  });

  it('has a tab in front of its own, which is read when it answers', async () => {
    const { registry, bridges, a, b } = await openTabs();
    registry.moveToWindow(b, other);
    registry.activate(a);
    for (const [index, session] of [a, b].entries()) {
      await registry.turns.send(session, 'hello');
      bridges[index]?.answer('hi');
      await vi.waitFor(() => expect(session.turn).toBeUndefined());
    }
    expect([a, b].map((session) => describeSession(session).isUnread)).toEqual([false, false]);
  });
});

describe('a place among the tabs of a window', () => {
  it.each<[name: string, moved: 'a' | 'b' | 'c' | 'd', place: number, main: string, elsewhere: string]>([
    ['at the left', 'd', 0, 'A c', 'D b'],
    ['at the right', 'b', 1, 'A c', 'D b'],
    ['beyond the right', 'a', 9, 'c A', 'b D'],
    ['before another', 'c', 0, 'c A', 'b D'],
    ['where it is', 'a', 0, 'A c', 'b D'],
  ])('counts those alone: %s', async (_name, moved, place, main, elsewhere) => {
    const { registry, open, a, b, c } = await openTabs();
    const names = { a, b, c, d: await open() };
    registry.moveToWindow(b, other);
    registry.moveToWindow(names.d, other);
    registry.move(names[moved].id, registry.windows.positionAmongAll(names[moved], place));
    expect(placesOf({ registry }, names)).toEqual({ main, other: elsewhere });
  });
});
