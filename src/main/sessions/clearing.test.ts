import { expect, it, vi } from 'vitest';
import { describeSession } from './session.ts';
import { openRegistry } from './testing/open-registry.ts';

const SETTINGS = '[defaults]\nmodel = "local/default"\n';

it('clears the history of one tab, and keeps its choices', async () => {
  const { registry, archive, open, bridges, events } = await openRegistry(SETTINGS);
  const [session, other] = [await open(), await open()];
  await registry.switching.setModel(session, 'local/own', 'tab');
  for (const one of [session, other]) {
    await registry.turns.send(one, 'hello');
    bridges.at(-1)?.answer('hello');
    await one.turn?.done;
  }
  await registry.clearing.clear(session);
  expect([registry.turns.messagesOf(session), archive.messages(session.id)]).toEqual([[], []]);
  expect([describeSession(session).ai.model, archive.config(session.id)]).toEqual([
    'local/own',
    { model: 'local/own' },
  ]);
  expect(archive.messages(other.id)).toHaveLength(2);
  expect(events.filter(({ type }) => type === 'history-cleared')).toEqual([
    { type: 'history-cleared', sessionId: session.id },
  ]);
  await registry.turns.send(session, 'again');
  await vi.waitFor(() => expect(bridges.at(-1)?.requests.at(-1)?.history).toHaveLength(1));
});

it('ends the turn in flight first, so that nothing of it is written afterwards', async () => {
  const { registry, archive, open, bridges } = await openRegistry(SETTINGS);
  const session = await open();
  await registry.turns.send(session, 'hello');
  bridges[0]?.say({ type: 'text-delta', text: 'half' });
  await registry.clearing.clear(session);
  bridges[0]?.answer('late');
  expect([session.turn, session.agent.status, archive.messages(session.id)]).toEqual([undefined, 'idle', []]);
});

it('resets history and choices, and takes the defaults as they are now', async () => {
  const { registry, archive, open, bridges, setSettings } = await openRegistry(SETTINGS);
  const session = await open();
  await registry.switching.setModel(session, 'local/own', 'tab');
  await registry.switching.setMode(session, 'ask');
  await registry.switching.setEffort(session, 'high');
  await registry.switching.setBudget(session, { turns: 5 });
  await registry.turns.send(session, 'hello');
  bridges.at(-1)?.answer('hello');
  await session.turn?.done;
  setSettings('[defaults]\nmodel = "local/newer"\n');
  const reset = await registry.clearing.reset(session);
  expect(reset).toMatchObject({
    ok: true,
    value: {
      ai: { model: 'local/newer', modelSource: 'defaults', mode: 'code', effort: 'default' },
      budget: {},
    },
  });
  expect([archive.config(session.id), archive.messages(session.id)]).toEqual([{}, []]);
  // What it cost stays counted.
  expect(describeSession(session).spending.turns).toBe(1);
});

it('leaves everything as it was when the archive refuses', async () => {
  const { registry, open, bridges, faults } = await openRegistry(SETTINGS);
  const session = await open();
  await registry.switching.setModel(session, 'local/own', 'tab');
  await registry.turns.send(session, 'hello');
  bridges.at(-1)?.answer('hello');
  await session.turn?.done;
  const before = describeSession(session);
  faults.clearHistory = () => {
    throw new Error('The disk is full');
  };
  expect(await registry.clearing.reset(session)).toMatchObject({ error: { code: 'archive-write-failed' } });
  expect(describeSession(session)).toEqual(before);
  expect(registry.turns.messagesOf(session)).toHaveLength(2);
});

it('forks the history, the folder and the choices into a tab beside it, on another model', async () => {
  const { registry, archive, open, bridges } = await openRegistry(SETTINGS);
  const [source, last] = [await open(), await open()];
  await registry.switching.setModel(source, 'local/own', 'mode');
  await registry.switching.setEffort(source, 'high');
  await registry.turns.send(source, 'hello');
  bridges.at(-1)?.answer('hello');
  await source.turn?.done;
  await registry.turns.send(source, 'in flight');
  const forked = await registry.fork(source, 'local/other');
  if (!forked.ok) throw new Error(forked.error.message);
  const { id, ai, cwd, spending } = forked.value;
  expect([ai.model, ai.effort, cwd, spending.turns]).toEqual(['local/other', 'high', source.stored.cwd, 0]);
  expect(archive.config(id)).toEqual({ model: 'local/other', effort: 'high' });
  expect(archive.messages(id).map(({ role, sequence, sessionId }) => [role, sequence, sessionId])).toEqual([
    ['user', 1, id],
    ['assistant', 2, id],
  ]);
  expect(
    registry
      .list()
      .map((session) => session.id)
      .slice(-3),
  ).toEqual([source.id, id, last.id]);
  // The source goes on as if nothing had happened.
  expect([source.config.model, source.agent.status]).toEqual(['local/own', 'thinking']);
  expect(await registry.fork(source, 'gone/model')).toMatchObject({
    error: { code: 'provider-not-configured' },
  });
});
