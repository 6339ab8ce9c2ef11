import { expect, it, vi } from 'vitest';
import { MAIN_WINDOW, sessionId } from '../../shared/ids.ts';
import { openRegistry } from './testing/open-registry.ts';

it('opens a first tab on a fresh archive, and none beside restored ones', async () => {
  const first = await openRegistry();
  const ids = first.registry.list().map(({ id }) => id);
  const second = await first.restart();
  expect(ids).toHaveLength(1);
  expect(second.registry.list().map(({ id }) => id)).toEqual(ids);
});

it('restores order, titles, drafts and the active tab', async () => {
  const first = await openRegistry();
  const [a, b, c] = [await first.open(), await first.open(), await first.open()];
  first.registry.rename(b, 'deploy\u0007');
  first.registry.setDraft(c, 'half a thought');
  first.registry.activate(b);
  first.registry.move(c.id, 0);
  const { registry } = await first.restart();
  const sessions = registry.list();
  expect(sessions.map(({ id }) => id).filter((id) => [a.id, b.id, c.id].includes(id))).toEqual([
    c.id,
    a.id,
    b.id,
  ]);
  expect(sessions.find(({ id }) => id === b.id)).toMatchObject({ title: 'deploy', isRenamed: true });
  expect(sessions.find(({ id }) => id === c.id)).toMatchObject({ draft: 'half a thought' });
  expect(registry.windows.activeId(MAIN_WINDOW)).toBe(b.id);
});

it('comes back with the tab in front that was opened last, also before its window has said so', async () => {
  const first = await openRegistry();
  first.registry.activate(await first.open());
  const last = await first.open();
  const { registry } = await first.restart();
  expect(registry.windows.activeId(MAIN_WINDOW)).toBe(last.id);
});

it('closes agent, shell and row, tells nothing afterwards, and gives the focus to the tab used last', async () => {
  const { registry, open, bridges, ptys, events, archive } = await openRegistry();
  const [other, session] = [await open(), await open()];
  registry.activate(other);
  registry.activate(session);
  await registry.turns.send(session, 'hello');
  bridges[0]?.say({ type: 'text-delta', text: 'partly' });
  await vi.waitFor(() => expect(archive.messages(session.id).at(-1)?.parts).toHaveLength(1));
  await registry.close(session);
  const told = events.length;
  bridges[0]?.answer('late');
  await new Promise(setImmediate);
  expect(bridges[0]?.requests[0]?.signal.aborted).toBe(true);
  expect(ptys.filter(({ isDisposed }) => isDisposed)).toHaveLength(1);
  expect(events).toHaveLength(told);
  expect(archive.openSessions().sessions.map(({ id }) => id)).not.toContain(session.id);
  expect(registry.windows.activeId(MAIN_WINDOW)).toBe(other.id);
  expect(registry.find(session.id)).toMatchObject({ error: { code: 'session-closed' } });
});

it('closes even when everything throws, and says that the tab will be back', async () => {
  const { registry, open, ptys, faults, notices, errors } = await openRegistry();
  const session = await open();
  const pty = ptys.at(-1);
  if (pty) pty[Symbol.asyncDispose] = () => Promise.reject(new Error('The shell does not die'));
  faults.setClosed = () => {
    throw new Error('The disk is full');
  };
  await registry.close(session);
  expect(registry.list().map(({ id }) => id)).not.toContain(session.id);
  expect(notices.map(({ title }) => title)).toEqual(['A closed tab could not be recorded']);
  expect(errors).toHaveLength(1);
});

it('brings the tab closed last back to its place, with its history', async () => {
  const { registry, open, bridges } = await openRegistry();
  const [session] = [await open(), await open()];
  await registry.turns.send(session, 'hello');
  bridges[0]?.answer('hi');
  await vi.waitFor(() => expect(session.turn).toBeUndefined());
  const before = registry.list().map(({ id }) => id);
  await registry.close(session);
  const reopened = registry.reopen();
  expect(reopened).toMatchObject({ ok: true, value: { id: session.id } });
  expect(registry.list().map(({ id }) => id)).toEqual(before);
  const found = registry.find(session.id);
  expect(found.ok && registry.turns.messagesOf(found.value)).toHaveLength(2);
});

it('lists closed tabs with their models, the newest first, and brings back the one that is named', async () => {
  const { registry, open } = await openRegistry('[defaults]\nmodel = "local/one"\n');
  const [a, b] = [await open(), await open()];
  registry.rename(a, 'deploy');
  await registry.switching.setModel(b, 'cloud/two', 'tab');
  await registry.close(a);
  await registry.close(b);
  expect(registry.listClosed()).toMatchObject([
    { id: b.id, title: '~', cwd: b.stored.cwd, model: 'cloud/two' },
    { id: a.id, title: 'deploy', model: 'local/one', closedAt: expect.any(Number) },
  ]);
  expect(registry.reopen(a.id)).toMatchObject({ ok: true, value: { id: a.id, title: 'deploy' } });
  expect(registry.listClosed().map(({ id }) => id)).toEqual([b.id]);
  expect(registry.reopen(a.id)).toMatchObject({ error: { code: 'nothing-to-reopen' } });
});

it('tells the program in front until the shell is there again, or another state', async () => {
  const { registry, open, ptys } = await openRegistry();
  await open();
  const listener = ptys.at(-1)?.options.listener;
  const program = () => registry.list().at(-1)?.runningProgram;
  listener?.programChanged('vim');
  const running = program();
  listener?.programChanged(undefined);
  const atPrompt = program();
  listener?.programChanged('top');
  listener?.stateChanged({ status: 'exited', exitCode: 0 });
  expect([running, atPrompt, program()]).toEqual(['vim', undefined, undefined]);
});

it('answers for a session that never was, and refuses a folder that cannot be read', async () => {
  const { registry } = await openRegistry();
  const unknown = sessionId.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV');
  expect(registry.find(unknown)).toMatchObject({ error: { code: 'session-not-found' } });
  expect(await registry.open('/no/such/folder')).toMatchObject({ error: { code: 'folder-unreadable' } });
});

it('orders tabs by use even when the clock stands still', async () => {
  const { registry, open } = await openRegistry();
  const [a, b] = [await open(), await open()];
  vi.spyOn(Date, 'now').mockReturnValue(0);
  registry.activate(a);
  registry.activate(b);
  vi.restoreAllMocks();
  expect(b.stored.usedAt).toBeGreaterThan(a.stored.usedAt);
});
