import { providerSettings, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

test('S19 a mode has a model of its own, and clearing goes one layer down each time', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({
    settings: `${usualSettings(provider)}[modes.ask]\nmodel = "one/m3"\n`,
  });
  const sessionId = carrel.sessionId(0);
  // Under the pointer the tooltip says it, after the model.
  const source = (words: string) => expect(carrel.model).toHaveAccessibleDescription(new RegExp(`${words}$`));
  const pickForMode = async (name: string) => {
    const picker = await carrel.openModelPicker();
    await picker.getByRole('combobox', { name: 'Search models' }).fill(name);
    await expect(picker.getByRole('option')).toHaveCount(1);
    await carrel.page.keyboard.press('Control+Enter');
    await expect(picker).toBeHidden();
  };
  const clear = async () => {
    const picker = await carrel.openModelPicker();
    await picker.getByRole('button', { name: 'Use the default instead' }).click();
    await expect(picker).toBeHidden();
  };

  await pickForMode('m2');
  await carrel.expectModel('m2');
  await carrel.setMode('ask');
  await carrel.expectModel('m3');
  await source("the mode's own");
  await pickForMode('m1');
  await carrel.expectModel('m1');
  await source('this tab in ask mode');
  await carrel.ask('in ask', 'm1: in ask');
  await carrel.setMode('code');
  await carrel.expectModel('m2');
  await carrel.ask('in code', 'm2: in code');
  expect(carrel.archive.config(sessionId)).toEqual({
    mode: 'code',
    'model:code': 'one/m2',
    'model:ask': 'one/m1',
  });

  await carrel.pickModel('m3');
  // The mode's own choice stays above the tab's.
  await carrel.expectModel('m2');
  await clear();
  await carrel.expectModel('m3');
  await source("this tab's own choice");
  await clear();
  await carrel.expectModel('m1');
  await source('default');
  expect(carrel.archive.config(sessionId)).toEqual({ mode: 'code', 'model:ask': 'one/m1' });
});

test('S20 /model lists and marks, errors name what is near, and /local and /cloud act on their tab only', async ({
  launchDesktop,
  provider,
}) => {
  const local = providerSettings(provider, { id: 'two', models: ['small'] });
  const carrel = await launchDesktop({
    settings: `${usualSettings(provider)}${local}[aliases]\nlocal = "two/small"\nquick = "one/m3"\n`,
  });
  await carrel.newTab();
  await carrel.slash('/model');
  const output = carrel.agent.getByRole('region', { name: '/model' });
  await expect(output).toContainText('In use: one/m1, default.');
  await expect(output.getByRole('listitem').filter({ hasText: 'in use' })).toHaveText(/^one\/m1/);
  for (const reference of ['one/m2', 'one/m3', 'two/small']) await expect(output).toContainText(reference);

  await carrel.slashRefused('/model nonsense', 'nonsense');
  await carrel.slashRefused('/model one/m4', /one\/m[123]/);
  await carrel.slashRefused('/modle one/m2', 'Did you mean /mode or /model?');
  await carrel.expectModel('m1');
  expect(carrel.archive.config(carrel.sessionId(1))).toEqual({});
  expect(provider.exchanges).toHaveLength(0);

  await carrel.slash('/local');
  await carrel.expectModel('small');
  await carrel.ask('who?', 'small: who?');
  await carrel.slash('/model quick');
  await carrel.expectModel('m3');
  await carrel.slash('/cloud');
  await carrel.expectModel('m1');
  await carrel.slash('/local');
  await carrel.switchTo(0);
  await carrel.expectModel('m1');
  await carrel.ask('and here?', 'm1: and here?');
  expect(carrel.archive.config(carrel.sessionId(0))).toEqual({});
  expect(carrel.archive.config(carrel.sessionId(1))).toEqual({ model: 'two/small' });
});

test('S21 /reset takes history and choices away at once, in its own tab only', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  const fill = async (model: string) => {
    await carrel.pickModel(model);
    await carrel.setMode('ask');
    await carrel.slash('/effort high');
    await carrel.ask('hello', `${model}: hello`);
  };
  await fill('m2');
  await carrel.newTab();
  await fill('m3');
  const [other, reset] = [carrel.sessionId(0), carrel.sessionId(1)];
  await carrel.slash('/reset');
  await expect(carrel.conversation).not.toContainText('hello');
  await carrel.expectModel('m1');
  await expect(carrel.statusBar.getByRole('button', { name: 'Mode: code' })).toBeVisible();
  await expect(carrel.statusBar.getByRole('button', { name: 'Effort: default' })).toBeVisible();
  expect([carrel.archive.config(reset), carrel.archive.messages(reset)]).toEqual([{}, []]);
  await carrel.ask('again', 'm1: again');
  expect(provider.exchanges.at(-1)?.conversation).toEqual(['user: again']);

  await carrel.switchTo(0);
  await expect(carrel.conversation).toContainText('m2: hello');
  expect(carrel.archive.config(other)).toEqual({ model: 'one/m2', mode: 'ask', effort: 'high' });
  await carrel.ask('still here', 'm2: still here');
  expect(provider.exchanges.at(-1)?.conversation).toHaveLength(3);
});

test('S33 a stored model whose provider has gone gives way with a notice, and returns with it', async ({
  launchDesktop,
  provider,
}) => {
  const [base, more] = [usualSettings(provider), providerSettings(provider, { id: 'two', models: ['m9'] })];
  const carrel = await launchDesktop({ settings: base + more });
  const sessionId = carrel.sessionId(0);
  await carrel.pickModel('m9');
  await carrel.ask('hello', 'm9: hello');
  await carrel.close();
  carrel.home.writeSettings(base);
  await carrel.start();
  await carrel.expectModel('m1');
  await expect(carrel.statusBar.getByRole('button', { name: /^Warning: .*two\/m9/ })).toBeVisible();
  await carrel.ask('who?', 'm1: who?');
  expect(carrel.archive.config(sessionId)).toEqual({ model: 'two/m9' });

  carrel.home.writeSettings(base + more);
  await carrel.expectModel('m9');
  await carrel.ask('and now?', 'm9: and now?');
});
