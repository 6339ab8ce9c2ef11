import { expect, it, vi } from 'vitest';
import { textOf } from '../../shared/agent.ts';
import { describeSession, type LiveSession } from './session.ts';
import { openRegistry, live } from './testing/open-registry.ts';

async function idle(session: LiveSession): Promise<void> {
  await vi.waitFor(() => expect(session.turn).toBeUndefined());
}

it('ends a turn on the model it began with, and runs the next on the pick with the whole history', async () => {
  const { registry, open, bridges } = await openRegistry('[defaults]\nmodel = "local/one"\n');
  const session = await open();
  await registry.turns.send(session, 'first');
  await registry.switching.setModel(session, 'local/two', 'tab');
  expect(describeSession(session).ai).toMatchObject({ model: 'local/one', next: { model: 'local/two' } });
  bridges[0]?.answer('from one');
  await idle(session);
  expect(describeSession(session).ai.next).toBeUndefined();
  await registry.turns.send(session, 'second');
  await vi.waitFor(() => expect(bridges[1]?.requests).toHaveLength(1));
  expect(bridges[1]?.requests[0]?.history.map((row) => [row.role, textOf(row), row.model])).toEqual([
    ['user', 'first', 'local/one'],
    ['assistant', 'from one', 'local/one'],
    ['user', 'second', 'local/two'],
  ]);
  expect(bridges[0]?.isDisposed).toBe(true);
});

it('uses the pick that was made just before sending', async () => {
  const { registry, open, bridges } = await openRegistry();
  const session = await open();
  await Promise.all([
    registry.switching.setModel(session, 'local/picked', 'tab'),
    registry.turns.send(session, 'hello'),
  ]);
  expect(bridges.map((bridge) => [bridge.model, bridge.requests.length])).toEqual([['local/picked', 1]]);
});

it('queues a second message, keeps it over a restart, and sends it when the turn is over', async () => {
  const { registry, open, bridges, archive } = await openRegistry();
  const session = await open();
  await registry.turns.send(session, 'one');
  expect(await registry.turns.send(session, 'two')).toEqual({ ok: true, value: { status: 'queued' } });
  expect(archive.config(session.id).queue).toContain('two');
  bridges[0]?.answer('done');
  await vi.waitFor(() => expect(bridges[0]?.requests).toHaveLength(2));
  expect(describeSession(session).queue).toEqual([]);
  expect(archive.config(session.id).queue).toBeUndefined();
});

it('edits, moves, removes and sends queued messages', async () => {
  const { registry, open, bridges } = await openRegistry();
  const session = await open();
  for (const text of ['running', 'a', 'b', 'c']) await registry.turns.send(session, text);
  const [a, b, c] = session.queue;
  if (!a || !b || !c) throw new Error('Three messages wait');
  await registry.turns.queue.edit(session, a.id, 'changed');
  await registry.turns.queue.move(session, c.id, 0);
  expect(session.queue.map(({ text }) => text)).toEqual(['c', 'changed', 'b']);
  await registry.turns.queue.move(session, c.id, 9);
  expect(session.queue.map(({ text }) => text)).toEqual(['changed', 'b', 'c']);
  await registry.turns.queue.remove(session, b.id);
  await registry.turns.sendQueued(session, c.id);
  await vi.waitFor(() => expect(bridges[0]?.requests).toHaveLength(2));
  expect(session.queue.map(({ text }) => text)).toEqual(['changed']);
  expect(bridges[0]?.requests[1]?.history.at(-1)?.parts).toEqual([{ type: 'text', text: 'c' }]);
  expect(await registry.turns.queue.remove(session, b.id)).toMatchObject({
    error: { code: 'queued-message-not-found' },
  });
});

it('keeps what was said when stopped, and a retry answers anew without it', async () => {
  const { registry, open, bridges } = await openRegistry();
  const session = await open();
  await registry.turns.send(session, 'question');
  bridges[0]?.say({ type: 'text-delta', text: 'half an' });
  await vi.waitFor(() => expect(registry.turns.messagesOf(session).at(-1)?.parts).toHaveLength(1));
  await registry.turns.stop(session);
  expect(session.agent.status).toBe('interrupted');
  await registry.turns.retry(session);
  bridges[0]?.answer('a whole answer');
  await idle(session);
  expect(registry.turns.messagesOf(session).map((row) => [row.status, textOf(row)])).toEqual([
    ['complete', 'question'],
    ['interrupted', 'half an'],
    ['complete', 'a whole answer'],
  ]);
  expect(bridges[0]?.requests[1]?.history.map(textOf)).toEqual(['question']);
  expect(await registry.turns.retry(session)).toMatchObject({ error: { code: 'nothing-to-retry' } });
});

it('says why a turn failed, and a retry reuses the empty answer', async () => {
  const { registry, open, bridges } = await openRegistry('[agent]\nretries = 0\n');
  const session = await open();
  await registry.turns.send(session, 'question');
  bridges[0]?.say({ type: 'failed', error: { code: 'rate-limited', message: 'Too many.' } });
  await idle(session);
  expect(session.agent).toMatchObject({ status: 'failed', error: { code: 'rate-limited' } });
  await registry.turns.retry(session);
  bridges[0]?.answer('now');
  await idle(session);
  expect(registry.turns.messagesOf(session).map(textOf)).toEqual(['question', 'now']);
});

it('refuses an empty message, and one whose model has no key, writing nothing', async () => {
  const { registry, open, archive } = await openRegistry('[defaults]\nmodel = "keyless/m"\n');
  const session = await open();
  expect(await registry.turns.send(session, ' \n')).toMatchObject({ error: { code: 'message-empty' } });
  expect(await registry.turns.send(session, 'hello')).toMatchObject({
    error: { code: 'credential-missing' },
  });
  expect(archive.messages(session.id)).toEqual([]);
});

it('marks a tab unread when its turn ends out of sight', async () => {
  const { registry, open, bridges } = await openRegistry();
  const [session, other] = [await open(), await open()];
  registry.activate(other);
  await registry.turns.send(session, 'hello');
  bridges[0]?.answer('done');
  await idle(session);
  const unread = describeSession(session).isUnread;
  registry.activate(session);
  expect([unread, describeSession(session).isUnread]).toEqual([true, false]);
});

it('brings history, choices and the queue back, and marks what was cut off', async () => {
  const first = await openRegistry();
  const session = await first.open();
  await first.registry.switching.setModel(session, 'local/mine', 'tab');
  await first.registry.turns.send(session, 'question');
  await first.registry.turns.send(session, 'waits');
  first.bridges[0]?.say({ type: 'text-delta', text: 'partly' });
  await vi.waitFor(() => expect(first.registry.turns.messagesOf(session).at(-1)?.parts).toHaveLength(1));
  const { registry } = await first.restart();
  const restored = live(registry, session.id);
  expect(describeSession(restored)).toMatchObject({
    ai: { model: 'local/mine' },
    agent: { status: 'idle' },
    queue: [{ text: 'waits' }],
  });
  expect(registry.turns.messagesOf(restored).map((row) => [row.status, textOf(row)])).toEqual([
    ['complete', 'question'],
    ['interrupted', 'partly'],
  ]);
});

it('pauses before the turn that a spent budget has no room for, and goes on when the person allows it', async () => {
  const { registry, open, bridges, archive } = await openRegistry('[budget]\ntab_turns = 1\n');
  const [session, other] = [await open(), await open()];
  await registry.turns.send(session, 'one');
  expect(await registry.turns.send(session, 'two')).toEqual({ ok: true, value: { status: 'queued' } });
  bridges[0]?.answer('done');
  await vi.waitFor(() => expect(session.agent.status).toBe('paused'));
  expect(await registry.turns.send(session, 'three')).toEqual({ ok: true, value: { status: 'queued' } });
  expect([session.queue.map(({ text }) => text), bridges[0]?.requests.length]).toEqual([['two', 'three'], 1]);
  expect(describeSession(session).agent).toMatchObject({
    message: expect.stringContaining('1 of its 1 turns') as string,
  });
  expect(await registry.turns.retry(session)).toMatchObject({ ok: false });
  expect(await registry.turns.send(other, 'free')).toEqual({ ok: true, value: { status: 'started' } });

  await registry.turns.allowTurn(session);
  await vi.waitFor(() => expect(bridges[0]?.requests).toHaveLength(2));
  bridges[0]?.answer('done');
  await vi.waitFor(() => expect(session.agent.status).toBe('paused'));
  await registry.switching.setBudget(session, { turns: 3 });
  await registry.turns.goOn(session);
  await vi.waitFor(() => expect(bridges[0]?.requests).toHaveLength(3));
  expect([session.queue, archive.config(session.id).budget]).toEqual([[], '{"turns":3}']);
});

it('counts what answers used and cost, also over a restart', async () => {
  const { registry, open, bridges, restart } = await openRegistry('[defaults]\nmodel = "paid/blind"\n');
  const session = await open();
  await registry.turns.send(session, 'one');
  bridges[0]?.say(
    { type: 'text-delta', text: 'x' },
    { type: 'finished', usage: { inputTokens: 2000, outputTokens: 10 } },
  );
  await idle(session);
  await registry.switching.setModel(session, 'local/free', 'tab');
  await registry.turns.send(session, 'two');
  bridges[1]?.answer('y');
  await idle(session);
  const spent = { dollars: 2, tokens: 2010, turns: 2, isCostPartial: false };
  expect(describeSession(session).spending).toEqual(spent);
  expect(registry.turns.messagesOf(session)[1]?.usage?.cost).toBe(2);
  const again = await restart();
  expect(describeSession(live(again.registry, session.id)).spending).toEqual(spent);
});

it('counts an answer that was cut off at an unknown price, and a refused request not at all', async () => {
  const { registry, open, bridges } = await openRegistry(
    '[defaults]\nmodel = "paid/blind"\n[agent]\nretries = 0\n',
  );
  const session = await open();
  await registry.turns.send(session, 'one');
  bridges[0]?.say({ type: 'failed', error: { code: 'rate-limited', message: 'Too many' } });
  await idle(session);
  expect(describeSession(session).spending).toEqual({
    dollars: 0,
    tokens: 0,
    turns: 0,
    isCostPartial: false,
  });
  await registry.turns.send(session, 'two');
  bridges[0]?.say({ type: 'text-delta', text: 'half' });
  await vi.waitFor(() => expect(registry.turns.messagesOf(session).at(-1)?.parts).toHaveLength(1));
  await registry.turns.stop(session);
  expect(describeSession(session).spending).toEqual({ dollars: 0, tokens: 0, turns: 1, isCostPartial: true });
});
