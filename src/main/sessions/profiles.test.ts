import { expect, it } from 'vitest';
import { live, openRegistry, type TestRegistry } from './testing/open-registry.ts';
import { activePane, type LiveSession } from './session.ts';

const SETTINGS = `
[defaults]
model = "local/default"
[modes.ask]
model = "local/asks"
[profiles.db]
command = "ssh"
args = ["-t", "db"]
env = { TERM = "xterm" }
cwd = "/usr"
icon = "database"
colour = "red"
model = "paid/blind"
mode = "ask"
[profiles.plain]
`;

async function openWith({ registry }: TestRegistry, profile?: string, cwd?: string): Promise<LiveSession> {
  const opened = await registry.open(cwd, { profileName: profile });
  if (!opened.ok) throw new Error(opened.error.message);
  return live(registry, opened.value.id);
}

const seen = ({ registry }: TestRegistry, { id }: LiveSession) =>
  registry.list().find((tab) => tab.id === id);
const launched = ({ ptys }: TestRegistry) => {
  const { shell, shellArguments, variables, cwd } = ptys.at(-1)?.options ?? {};
  return { shell, shellArguments, variables, cwd };
};

it('opens a tab with what its profile says, and tells clients what they show of it', async () => {
  const test = await openRegistry(SETTINGS);
  const session = await openWith(test, 'db');
  expect([launched(test), seen(test, session)]).toMatchObject([
    { shell: 'ssh', shellArguments: ['-t', 'db'], variables: { TERM: 'xterm' }, cwd: '/usr' },
    { title: 'db', program: 'connection', profile: 'db', icon: 'database', colour: 'red', shell: 'ssh' },
  ]);
});

it('opens the default shell where a profile names no program, and titles it by its folder', async () => {
  const test = await openRegistry(SETTINGS);
  const session = await openWith(test, 'plain', '/usr/bin');
  expect([launched(test), seen(test, session)]).toMatchObject([
    { shell: '/bin/sh', shellArguments: undefined, cwd: '/usr/bin' },
    { title: 'bin', program: 'shell', profile: 'plain' },
  ]);
});

it('opens the default profile where none is named, and no tab with one that there is not', async () => {
  const test = await openRegistry(SETTINGS.replace('[defaults]', '[defaults]\nprofile = "db"'));
  expect((await openWith(test)).stored.profile).toBe('db');
  expect(await test.registry.open(undefined, { profileName: 'gone' })).toMatchObject({
    error: { code: 'profile-unknown' },
  });
});

it("takes the profile's model and mode as defaults, which a choice of the tab goes before", async () => {
  const test = await openRegistry(SETTINGS.replace('[modes.ask]\nmodel = "local/asks"', ''));
  const session = await openWith(test, 'db');
  const source = () => [session.config.model, session.config.modelSource, session.config.mode];
  const before = source();
  await test.registry.switching.setModel(session, 'local/mine', 'tab');
  const chosen = source();
  await test.registry.switching.setModel(session, '', 'tab');
  expect([before, chosen, source(), session.config.modeSource]).toEqual([
    ['paid/blind', 'profile', 'ask'],
    ['local/mine', 'tab', 'ask'],
    ['paid/blind', 'profile', 'ask'],
    'profile',
  ]);
});

it("has a mode's own model before the profile's, and the default one after it", async () => {
  const test = await openRegistry(SETTINGS.replace('paid/blind', 'gone/x'));
  const session = await openWith(test, 'db');
  const inItsMode = session.config.model;
  await test.registry.switching.setMode(session, 'code');
  expect([inItsMode, session.config]).toMatchObject([
    'local/asks',
    { model: 'local/default', modelSource: 'defaults', warning: expect.stringContaining('gone/x') },
  ]);
});

it('keeps what a tab took when the profile changes, until it asks for the defaults anew', async () => {
  const test = await openRegistry(SETTINGS);
  const session = await openWith(test, 'db');
  await test.registry.switching.setMode(session, 'code');
  test.setSettings(SETTINGS.replace('paid/blind', 'local/new').replace('"database"', '"star"'));
  const before = session.config.model;
  await test.registry.switching.useDefaults(session);
  const after = session.config.model;
  await test.registry.clearing.reset(session);
  expect([before, after, session.config.mode, seen(test, session)?.icon]).toEqual([
    'paid/blind',
    'local/new',
    'ask',
    'star',
  ]);
});

it('starts the same program again after a restart, when reopened, forked and duplicated', async () => {
  const first = await openRegistry(SETTINGS);
  const { id } = await openWith(first, 'db');
  const test = await first.restart();
  const expected = { shell: 'ssh', shellArguments: ['-t', 'db'], variables: { TERM: 'xterm' } };
  expect(test.ptys.map(({ options }) => options)).toContainEqual(expect.objectContaining(expected));
  const session = live(test.registry, id);
  for (const again of [
    () => test.registry.fork(session, undefined),
    () => test.registry.duplicate(session),
    async () => {
      await test.registry.close(session);
      return test.registry.reopen();
    },
  ]) {
    expect(await again()).toMatchObject({ ok: true, value: { profile: 'db', colour: 'red' } });
    expect(launched(test)).toMatchObject(expected);
  }
});

it('runs the same program in each pane, and duplicates the folder of the active one', async () => {
  const test = await openRegistry(SETTINGS);
  const session = await openWith(test, 'db');
  test.registry.panes.split(session, activePane(session), 'row');
  expect(launched(test)).toMatchObject({ shell: 'ssh', shellArguments: ['-t', 'db'], cwd: '/usr' });
  test.ptys.at(-1)?.options.listener.cwdChanged('/tmp');
  expect(test.registry.duplicate(session)).toMatchObject({ value: { cwd: '/tmp', profile: 'db' } });
});

it('opens the default shell with a notice where the profile has gone, and keeps its name', async () => {
  const first = await openRegistry(SETTINGS);
  const { id } = await openWith(first, 'db');
  const without = await first.restart('');
  const session = live(without.registry, id);
  expect([
    without.ptys.map(({ options }) => [options.shell, options.shellArguments]),
    without.notices.map(({ title }) => title),
    seen(without, session),
  ]).toMatchObject([
    [
      ['/bin/sh', undefined],
      ['/bin/sh', undefined],
    ],
    ['The profile db has gone'],
    { profile: 'db', shell: '/bin/sh', program: 'shell', title: 'usr' },
  ]);
  const test = await without.restart(SETTINGS);
  expect(seen(test, session)).toMatchObject({ profile: 'db', shell: 'ssh' });
});

it('duplicates a tab at its right with a history, choices and title of its own', async () => {
  const test = await openRegistry();
  const [session, other] = [await test.open(), await test.open()];
  test.registry.rename(session, 'deploy');
  test.registry.setColour(session, 'blue');
  test.registry.setDraft(session, 'half');
  await test.registry.switching.setModel(session, 'local/mine', 'tab');
  test.registry.setPinned(session, true);
  const fork = await test.registry.fork(session, undefined);
  expect(fork).toMatchObject({ value: { isPinned: false, colour: 'blue' } });
  test.registry.setPinned(session, false);
  const copy = test.registry.duplicate(session);
  if (!copy.ok) throw new Error(copy.error.message);
  expect(copy.value).toMatchObject({ cwd: session.stored.cwd, colour: 'blue', isRenamed: false, draft: '' });
  expect(copy.value.ai.modelSource).toBe('offline-guide');
  const order = test.registry.list().map(({ id }) => id);
  expect(order.slice(0, 2)).toEqual([session.id, copy.value.id]);
  expect(order.at(-1)).toBe(other.id);
});

it('keeps colour and pin over a restart, and takes a colour away', async () => {
  const first = await openRegistry();
  const [session, other] = [await first.open(), await first.open()];
  first.registry.setColour(session, 'teal');
  first.registry.setPinned(session, true);
  first.registry.setColour(other, 'red');
  first.registry.setColour(other, undefined);
  const test = await first.restart();
  expect([seen(test, session), seen(test, other)]).toMatchObject([
    { colour: 'teal', isPinned: true, position: 0 },
    { isPinned: false },
  ]);
  expect(seen(test, other)).not.toHaveProperty('colour');
});

it('has pinned tabs before the others, wherever one is moved', async () => {
  const test = await openRegistry();
  const { registry } = test;
  const first = live(registry, registry.list()[0]?.id as LiveSession['id']);
  const [a, b, c] = [await test.open(), await test.open(), await test.open()];
  const names = new Map([first, a, b, c].map(({ id }, index) => [id, 'fabc'[index]]));
  const order = () =>
    registry
      .list()
      .map(({ id }) => names.get(id))
      .join('');
  const orders = [
    () => registry.setPinned(c, true),
    () => registry.setPinned(b, true),
    () => registry.move(c.id, 9),
    () => registry.move(first.id, 0),
    () => registry.setPinned(b, false),
  ].map((act) => {
    act();
    return order();
  });
  expect(orders).toEqual(['cfab', 'cbfa', 'bcfa', 'bcfa', 'cbfa']);
  expect(registry.list().map(({ position }) => position)).toEqual([0, 1, 2, 3]);
});
