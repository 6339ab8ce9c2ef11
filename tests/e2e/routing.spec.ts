import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { commands } from '../../src/shared/contract.ts';
import type { ProviderServer } from './harness/provider-server.ts';
import { providerSettings, usualSettings } from './harness/settings.ts';
import { expect, test, type Launch } from './harness/test.ts';

async function pickStaysInItsTab(launch: Launch, provider: ProviderServer): Promise<void> {
  const carrel = await launch({ settings: usualSettings(provider) });
  await carrel.newTab();
  await carrel.pickModel('m2');
  await carrel.ask('first of B', 'm2: first of B');
  await carrel.switchTo(0);
  await carrel.ask('first of A', 'm1: first of A');

  await carrel.pickModel('m3');
  await carrel.expectModel('m3');
  await carrel.ask('second of A', 'm3: second of A');
  await carrel.switchTo(1);
  await carrel.expectModel('m2');
  await carrel.ask('second of B', 'm2: second of B');

  const [a, b] = [carrel.sessionId(0), carrel.sessionId(1)];
  expect(carrel.archive.config(a)).toEqual({ model: 'one/m3' });
  expect(carrel.archive.config(b)).toEqual({ model: 'one/m2' });
  expect(provider.exchanges.map(({ model, question }) => `${model} ${question}`)).toEqual([
    'm2 first of B',
    'm1 first of A',
    'm3 second of A',
    'm2 second of B',
  ]);
}

test('S01 a pick in one tab leaves the other tab its model (desktop)', ({ launchDesktop, provider }) =>
  pickStaysInItsTab(launchDesktop, provider));

test('S01 a pick in one tab leaves the other tab its model (web)', ({ launchWeb, provider }) =>
  pickStaysInItsTab(launchWeb, provider));

test('S02 two tabs stream at once, and each gets its own answer whole while the user switches', async ({
  launchDesktop,
  provider,
}) => {
  const words = (tab: string) => Array.from({ length: 900 }, (_, index) => `${tab}${index}é🙂`).join(' ');
  // The last piece waits, so that neither answer is over before the switching is.
  provider.answer('m1', { text: words('a'), pieces: 100, paceMs: 30, hold: 99 });
  provider.answer('m2', { text: words('b'), pieces: 100, paceMs: 30, hold: 99 });
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.newTab();
  await carrel.pickModel('m2');
  await carrel.send('go');
  await carrel.switchTo(0);
  await carrel.send('go');
  for (let count = 0; count < 25; count += 1) {
    await carrel.page.keyboard.press('Alt+2');
    await carrel.page.keyboard.press('Alt+1');
  }
  for (const exchange of provider.exchanges) exchange.release();

  for (const [index, tab] of ['a', 'b'].entries()) {
    await carrel.switchTo(index);
    await carrel.waitForAnswer(words(tab));
    const [question, answer] = carrel.archive.messages(carrel.sessionId(index));
    expect(question?.role).toBe('user');
    expect(JSON.parse(answer?.parts ?? '')).toEqual([{ type: 'text', text: words(tab) }]);
  }
});

test('S03 two providers of one kind use their own keys, and no key is shown or written', async ({
  launchDesktop,
  provider,
}) => {
  const keys = ['first-secret-key', 'second-secret-key'];
  const settings =
    usualSettings(provider, { apiKey: '$FIRST_KEY' }) +
    providerSettings(provider, { id: 'two', models: ['m8'], apiKey: '$SECOND_KEY' });
  const carrel = await launchDesktop({ settings, environment: { FIRST_KEY: keys[0], SECOND_KEY: keys[1] } });
  await carrel.ask('with one', 'm1: with one');
  await carrel.newTab();
  await carrel.pickModel('m8');
  await carrel.ask('with two', 'm8: with two');
  provider.answerNext('m8', { error: { status: 401, message: `Incorrect API key provided: ${keys[1]}` } });
  await carrel.send('refused');
  await expect(carrel.conversation.getByRole('alert')).toBeVisible();

  expect(provider.exchanges.map(({ key }) => key)).toEqual([keys[0], keys[1], keys[1]]);
  const window = (await carrel.page.content()) + JSON.stringify(await carrel.call('app.attach', {}));
  await carrel.close();
  const files = readdirSync(carrel.home.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'settings.toml')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  for (const key of keys) {
    expect(window).not.toContain(key);
    expect(files.filter((content) => content.includes(key))).toEqual([]);
  }
});

test('S07 cd changes the folder of its own tab only', async ({ launchDesktop, provider }) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.ask('hello', 'm1: hello');
  await carrel.newTab();
  await carrel.expectPrompt();
  const before = carrel.archive.openSessions();
  const messages = carrel.archive.messages(carrel.sessionId(0));
  await carrel.switchTo(0);
  await carrel.type('mkdir deep && cd deep\n');
  await expect(carrel.statusBar.getByRole('button', { name: 'Folder: ~/deep', exact: true })).toBeVisible();
  await expect(carrel.tab(0)).toHaveAccessibleName('deep');
  await carrel.switchTo(1);
  await expect(carrel.statusBar.getByRole('button', { name: 'Folder: ~', exact: true })).toBeVisible();

  const after = carrel.archive.openSessions();
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after.map(({ cwd }) => cwd)).toEqual([carrel.home.path('deep'), carrel.home.userFolder]);
  expect(carrel.archive.messages(carrel.sessionId(0))).toEqual(messages);
});

test('S08 a command for an unknown or closed tab is refused and reaches no other tab', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.ask('hello', 'm1: hello');
  await carrel.newTab();
  await carrel.expectPrompt();
  const closed = carrel.sessionId(1);
  await carrel.closeTab();
  await expect.poll(() => carrel.archive.openSessions().length).toBe(1);
  const everything = () => ({
    sessions: carrel.archive.openSessions(),
    config: carrel.archive.rows('SELECT * FROM session_config'),
    messages: carrel.archive.rows('SELECT * FROM message'),
  });
  await carrel.expectPrompt();
  const [before, terminal] = [everything(), await carrel.terminalText()];

  const input = {
    reference: 'one/m3',
    scope: 'tab',
    mode: 'ask',
    text: 'stray',
    query: 'stray',
    source: { type: 'path', path: 'stray' },
    draft: 'stray',
    title: 'stray',
    position: 0,
    place: 0,
    turnId: ulid(),
    path: 'stray',
    id: ulid(),
    data: 'echo stray\r',
    columns: 80,
    rows: 24,
    bytes: 1,
    drawnInMs: 1,
    folder: '',
    names: [],
    budget: { turns: 1 },
    effort: 'high',
    direction: 'row',
    layout: ulid(),
    isPinned: true,
    approvalId: ulid(),
    questionId: ulid(),
    answer: { type: 'deny' },
    rule: 'ls',
    isSteering: true,
  };
  // These are for closed tabs too.
  const ofClosed = new Set(['session.reopen', 'ledger.list']);
  const ofSessions = Object.entries(commands).filter(
    ([name, { input }]) => !ofClosed.has(name) && 'sessionId' in input.shape,
  );
  expect(ofSessions.length).toBeGreaterThan(20);
  for (const [name] of ofSessions) {
    const toUnknown = await carrel.call(name, { ...input, sessionId: ulid() });
    expect(toUnknown, name).toMatchObject({ ok: false, error: { code: 'session-not-found' } });
    const toClosed = await carrel.call(name, { ...input, sessionId: closed });
    expect(toClosed, name).toMatchObject({ ok: false, error: { code: 'session-closed' } });
  }

  expect(everything()).toEqual(before);
  expect(await carrel.terminalText()).toBe(terminal);
  expect(provider.exchanges).toHaveLength(1);
  await carrel.expectModel('m1');
});
