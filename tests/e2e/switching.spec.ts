import { refuseToRollBack, refuseWrites } from './harness/archive.ts';
import type { ProviderServer } from './harness/provider-server.ts';
import { providerSettings, usualSettings } from './harness/settings.ts';
import { expect, test, type Launch } from './harness/test.ts';

async function pickDuringATurn(launch: Launch, provider: ProviderServer): Promise<void> {
  provider.answerNext('m1', { text: 'one two three four five six seven eight', hold: 2 });
  const carrel = await launch({ settings: usualSettings(provider) });
  await carrel.send('first');
  await expect(carrel.conversation).toContainText('one two three four');
  await carrel.pickModel('m2');
  await carrel.expectModel('m1, next m2');
  expect(provider.exchanges[0]?.status).toBe('open');

  provider.exchanges[0]?.release();
  await carrel.waitForAnswer('one two three four five six seven eight');
  await carrel.expectModel('m2');
  await carrel.ask('second', 'm2: second');
  expect(provider.exchanges.map(({ model, status }) => `${model} ${status}`)).toEqual([
    'm1 complete',
    'm2 complete',
  ]);
  expect(provider.exchanges[1]?.conversation).toEqual([
    'user: first',
    'assistant: one two three four five six seven eight',
    'user: second',
  ]);
  expect(carrel.archive.config(carrel.sessionId(0))).toEqual({ model: 'one/m2' });
}

test('S10 a pick during a turn holds from the next turn on (desktop)', ({ launchDesktop, provider }) =>
  pickDuringATurn(launchDesktop, provider));

test('S10 a pick during a turn holds from the next turn on (web)', ({ launchWeb, provider }) =>
  pickDuringATurn(launchWeb, provider));

test("S12 a model without a key cannot be picked, and the error names the key's place", async ({
  launchDesktop,
  provider,
}) => {
  const withoutKey = providerSettings(provider, { id: 'two', models: ['m9'], apiKey: '$CARREL_MISSING_KEY' });
  const carrel = await launchDesktop({ settings: usualSettings(provider) + withoutKey });
  const picker = await carrel.openModelPicker();
  const option = picker.getByRole('option', { name: 'm9' });
  await expect(option).toBeDisabled();
  await expect(option).toContainText('CARREL_MISSING_KEY');
  await carrel.page.keyboard.press('Escape');

  const input = { sessionId: carrel.sessionId(0), reference: 'two/m9', scope: 'tab' };
  const answer = await carrel.call('session.setModel', input);
  expect(answer).toMatchObject({ ok: false, error: { code: 'credential-missing' } });
  expect(answer).toMatchObject({ error: { message: expect.stringContaining('CARREL_MISSING_KEY') } });
  await carrel.expectModel('m1');
  expect(carrel.archive.config(input.sessionId)).toEqual({});
  await carrel.ask('still there?', 'm1: still there?');
});

test('S13 a pick that cannot be saved changes nothing, and works once it can be', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  const sessionId = carrel.sessionId(0);
  const archive = refuseWrites(carrel.home, 'session_config');
  const picker = await carrel.openModelPicker();
  await picker.getByRole('option', { name: 'm2' }).click();
  await expect(picker.getByRole('alert')).toContainText('could not be saved');
  await carrel.page.keyboard.press('Escape');
  await carrel.expectModel('m1');
  expect(carrel.archive.config(sessionId)).toEqual({});
  await carrel.ask('who?', 'm1: who?');

  archive.mend();
  await carrel.pickModel('m2');
  await carrel.expectModel('m2');
  expect(carrel.archive.config(sessionId)).toEqual({ model: 'one/m2' });
  await carrel.ask('and now?', 'm2: and now?');
});

test('S14 a tab whose switch cannot be undone refuses turns until it is started again, and others work', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.newTab();
  await carrel.switchTo(0);
  const archive = refuseToRollBack(carrel.home);
  const input = { sessionId: carrel.sessionId(0), reference: 'one/m2', scope: 'tab' };
  expect(await carrel.call('session.setModel', input)).toMatchObject({
    error: { code: 'archive-write-failed' },
  });
  await carrel.expectModel('m1');
  await expect(carrel.tab(0)).toHaveAccessibleDescription('failed');
  await carrel.message.fill('hello');
  await carrel.message.press('Enter');
  await expect(
    carrel.agent.getByRole('alert').filter({ hasText: 'could not be undone' }).first(),
  ).toBeVisible();
  await expect(carrel.message).toHaveValue('hello');
  expect(provider.exchanges).toHaveLength(0);

  archive.mend();
  await carrel.switchTo(1);
  await carrel.ask('other tab', 'm1: other tab');
  await carrel.switchTo(0);
  await carrel.agent.getByRole('button', { name: 'Start the agent again' }).click();
  // What reached the disk is what it runs with from here on.
  await carrel.expectModel('m2');
  await carrel.message.press('Enter');
  await carrel.waitForAnswer('m2: hello');
});

test('S15 the last of twenty quick picks is the one in label, row and request', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  const sessionId = carrel.sessionId(0);
  const references = Array.from({ length: 20 }, (_, index) => `one/m${(index % 3) + 1}`);
  const calls: Promise<unknown>[] = [];
  for (const reference of references) {
    calls.push(carrel.call('session.setModel', { sessionId, reference, scope: 'tab' }));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 50));
  }
  await Promise.all(calls);
  expect(references.at(-1)).toBe('one/m2');
  await carrel.expectModel('m2');
  expect(carrel.archive.config(sessionId)).toEqual({ model: 'one/m2' });
  await carrel.ask('who?', 'm2: who?');
});

test('S16 a message sent right after a pick goes to the picked model', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  // What there is to read again is looked at before a switch, and must not let the message overtake it.
  await carrel.ask('hello', 'm1: hello');
  await carrel.message.fill('who?');
  const picker = await carrel.openModelPicker();
  await picker.getByRole('combobox', { name: 'Search models' }).fill('m2');
  await expect(picker.getByRole('option')).toHaveCount(1);
  await carrel.page.keyboard.press('Enter');
  await carrel.message.press('Enter');
  await carrel.waitForAnswer('m2: who?');
  expect(provider.exchanges.map(({ model }) => model)).toEqual(['m1', 'm2']);
});

test('S17 what is sent during a turn waits, and can be edited, removed and sent at once', async ({
  launchDesktop,
  provider,
}) => {
  provider.answerNext('m1', { text: 'slow answer', hold: 1 });
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  // Two at once: the second does not wait to see the first go.
  for (const text of ['first', 'second']) {
    await carrel.message.fill(text);
    await carrel.message.press('Enter');
  }
  await expect(carrel.agent.getByRole('button', { name: 'Queue', exact: true })).toBeVisible();
  await expect(carrel.message).toHaveValue('');
  await carrel.send('third');
  const waiting = carrel.queue.getByRole('listitem');
  await expect(waiting).toHaveCount(2);
  expect(provider.exchanges).toHaveLength(1);

  await waiting.nth(0).getByRole('button', { name: 'Edit' }).click();
  const field = carrel.queue.getByRole('textbox');
  await field.fill('second, edited');
  await field.press('Enter');
  await expect(waiting.nth(0)).toContainText('second, edited');
  await waiting.nth(1).getByRole('button', { name: 'Move up' }).click();
  await expect(waiting.nth(0)).toContainText('third');
  await expect(waiting.nth(1)).toContainText('second, edited');
  await waiting.nth(1).dragTo(waiting.nth(0), { targetPosition: { x: 20, y: 4 } });
  await expect(waiting.nth(1)).toContainText('third');
  await waiting.nth(1).getByRole('button', { name: 'Remove' }).click();
  await expect(waiting).toHaveCount(1);
  provider.exchanges[0]?.release();
  await carrel.waitForAnswer('m1: second, edited');
  await expect(waiting).toHaveCount(0);

  provider.answerNext('m1', { text: 'never ends', hold: 1 });
  await carrel.send('fourth');
  await carrel.send('fifth');
  await waiting.getByRole('button', { name: 'Send now' }).click();
  await carrel.waitForAnswer('m1: fifth');
  expect(provider.exchanges.map(({ question, status }) => `${question}: ${status}`)).toEqual([
    'first: complete',
    'second, edited: complete',
    'fourth: aborted',
    'fifth: complete',
  ]);
});

test('S22 a new default reaches new tabs, and open ones when they are told', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.expectModel('m1');
  carrel.home.writeSettings(carrel.home.readSettings().replace('one/m1', 'one/m2'));
  await expect(async () => {
    await carrel.newTab();
    await expect(carrel.model).toHaveAccessibleName('Model: m2', { timeout: 500 });
  }).toPass();
  await carrel.switchTo(0);
  await carrel.expectModel('m1');
  await carrel.ask('old', 'm1: old');
  await carrel.runCommand('Use current defaults');
  await carrel.expectModel('m2');
  await carrel.ask('new', 'm2: new');
});

test('S17 what is told to steer reaches the model at the next step of the turn in flight', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  provider.answerNext('m1', { text: 'I look.', calls: [{ name: 'list_files', input: { path: '.' } }] });
  provider.answerNext('m1', {
    text: 'I look again.',
    calls: [{ name: 'list_files', input: { path: '.' } }],
    hold: 1,
  });
  await carrel.send('go');
  await expect.poll(() => provider.exchanges.length).toBe(2);
  await carrel.send('the other way!');
  await carrel.queue.getByRole('button', { name: 'Steer' }).click();
  await expect(carrel.queue.getByRole('button', { name: 'Steer' })).toHaveAttribute('aria-pressed', 'true');
  provider.exchanges[1]?.release();
  await carrel.waitForAnswer('m1: the other way!');
  await expect(carrel.queue).toBeHidden();
  expect(provider.exchanges).toHaveLength(3);
  expect(provider.exchanges[2]?.messages.map(({ role }) => role).filter((role) => role !== 'system')).toEqual(
    ['user', 'assistant', 'tool', 'assistant', 'tool', 'user'],
  );
});
