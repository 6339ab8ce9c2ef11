import { expect, it } from 'vitest';
import { describeSession } from './session.ts';
import { openRegistry } from './testing/open-registry.ts';

const refuse = () => {
  throw new Error('The disk is full');
};

it('writes one row, changes the label and leaves other tabs alone', async () => {
  const { registry, archive, open } = await openRegistry();
  const [one, other] = [await open(), await open()];
  const before = describeSession(other);
  const switched = await registry.switching.setModel(one, 'local/two', 'tab');
  expect(switched).toMatchObject({ ok: true, value: { ai: { model: 'local/two', modelSource: 'tab' } } });
  expect(archive.config(one.id)).toEqual({ model: 'local/two' });
  expect(archive.config(other.id)).toEqual({});
  expect(describeSession(other)).toEqual(before);
});

it('keeps label, runtime and row when the model cannot be built', async () => {
  const { registry, archive, open } = await openRegistry();
  const session = await open();
  await registry.switching.setModel(session, 'local/one', 'tab');
  const [bridge, before] = [session.agentBridge, describeSession(session)];
  const failed = await registry.switching.setModel(session, 'keyless/model', 'tab');
  expect(failed).toMatchObject({ ok: false, error: { code: 'credential-missing' } });
  expect(describeSession(session)).toEqual(before);
  expect(session.agentBridge).toBe(bridge);
  expect(archive.config(session.id)).toEqual({ model: 'local/one' });
});

it('keeps label, runtime and row when the row cannot be written, and works when it can', async () => {
  const { registry, archive, open, faults, bridges } = await openRegistry();
  const session = await open();
  await registry.switching.setModel(session, 'local/one', 'tab');
  const before = describeSession(session);
  faults.setConfig = refuse;
  const failed = await registry.switching.setModel(session, 'local/two', 'tab');
  expect(failed).toMatchObject({ ok: false, error: { code: 'archive-write-failed' } });
  expect(describeSession(session)).toEqual(before);
  expect(archive.config(session.id)).toEqual({ model: 'local/one' });
  expect(bridges.map(({ model, isDisposed }) => [model, isDisposed])).toEqual([
    ['local/one', false],
    ['local/two', true],
  ]);
  delete faults.setConfig;
  expect(await registry.switching.setModel(session, 'local/two', 'tab')).toMatchObject({ ok: true });
});

it('refuses turns in that tab alone when rolling back fails too, until it is initialised again', async () => {
  const { registry, open, faults } = await openRegistry();
  const [session, other] = [await open(), await open()];
  let reads = 0;
  faults.setConfig = refuse;
  faults.config = (proceed) => {
    reads += 1;
    return reads > 1 ? refuse() : proceed();
  };
  await registry.switching.setModel(session, 'local/two', 'tab');
  expect(session.agent.status).toBe('unavailable');
  expect(await registry.turns.send(session, 'hello')).toMatchObject({
    error: { code: 'session-unavailable' },
  });
  delete faults.setConfig;
  delete faults.config;
  expect(await registry.turns.send(other, 'hello')).toMatchObject({ ok: true });
  await registry.switching.initialise(session);
  expect(await registry.turns.send(session, 'hello')).toMatchObject({ ok: true });
});

it('ends on the last of many picks', async () => {
  const { registry, archive, open } = await openRegistry();
  const session = await open();
  const picks = Array.from({ length: 20 }, (_, index) => `local/m${index}`);
  await Promise.all(picks.map((pick) => registry.switching.setModel(session, pick, 'tab')));
  expect([session.config.model, session.agentBridge?.model, archive.config(session.id).model]).toEqual([
    'local/m19',
    'local/m19',
    'local/m19',
  ]);
});

it('goes down a layer each time an override is cleared', async () => {
  const { registry, open } = await openRegistry('[defaults]\nmodel = "local/default"\n');
  const session = await open();
  await registry.switching.setModel(session, 'local/tab', 'tab');
  await registry.switching.setModel(session, 'local/mode', 'mode');
  const seen = [session.config.model];
  for (const scope of ['mode', 'tab'] as const) {
    await registry.switching.setModel(session, '', scope);
    seen.push(session.config.model);
  }
  expect(seen).toEqual(['local/mode', 'local/tab', 'local/default']);
});

it('changes the model with the mode, and refuses a mode that is not there', async () => {
  const { registry, open } = await openRegistry();
  const session = await open();
  await registry.switching.setModel(session, 'local/code', 'mode');
  await registry.switching.setMode(session, 'ask');
  await registry.switching.setModel(session, 'local/ask', 'mode');
  const inAsk = session.config.model;
  await registry.switching.setMode(session, 'code');
  expect([inAsk, session.config.model]).toEqual(['local/ask', 'local/code']);
  expect(await registry.switching.setMode(session, 'codde')).toMatchObject({
    error: { code: 'mode-unknown' },
  });
});

it('keeps the defaults an open tab took, until it is told to use the present ones', async () => {
  const { registry, open, setSettings } = await openRegistry('[defaults]\nmodel = "local/old"\n');
  const session = await open();
  setSettings('[defaults]\nmodel = "local/new"\n');
  const later = await open();
  expect([session.config.model, later.config.model]).toEqual(['local/old', 'local/new']);
  await registry.switching.useDefaults(session);
  expect(session.config.model).toBe('local/new');
});

it('stamps the effort that a turn began with, and keeps a later one for the next', async () => {
  const { registry, open, bridges } = await openRegistry();
  const session = await open();
  await registry.switching.setEffort(session, 'low');
  await registry.turns.send(session, 'hello');
  await registry.switching.setEffort(session, 'high');
  expect(describeSession(session).ai).toMatchObject({ effort: 'low', next: { effort: 'high' } });
  bridges[0]?.answer('done');
  await session.turn?.done;
  expect(registry.turns.messagesOf(session).map(({ effort }) => effort)).toEqual(['low', 'low']);
  expect([bridges[0]?.requests[0]?.effort, describeSession(session).ai.effort]).toEqual(['low', 'high']);
});

it('builds again when the settings change while it builds', async () => {
  const { registry, open, bridges, setSettings } = await openRegistry();
  const session = await open();
  const switching = registry.switching.setModel(session, 'local/two', 'tab');
  await Promise.resolve();
  setSettings('[agent]\nidle_timeout_seconds = 5\n');
  await switching;
  expect([session.agentBridge, bridges.map(({ isDisposed }) => isDisposed)]).toEqual([
    bridges[1],
    [true, false],
  ]);
});

it('writes nothing for a tab that was closed while the model was built', async () => {
  const { registry, archive, open, bridges } = await openRegistry();
  const session = await open();
  const switching = registry.switching.setModel(session, 'local/two', 'tab');
  await Promise.resolve();
  session.isClosed = true;
  expect(await switching).toMatchObject({ error: { code: 'session-closed' } });
  expect([archive.config(session.id), bridges.every(({ isDisposed }) => isDisposed)]).toEqual([{}, true]);
});
