import { providerSettings, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

test('a switch that costs more than was said asks first, and can be a fork instead', async ({
  launchDesktop,
  provider,
}) => {
  const paid = providerSettings(provider, { id: 'cloud', kind: 'anthropic', models: ['claude-sonnet-4-5'] });
  provider.answer('m1', { text: 'hello', usage: { input: 10_000, output: 100 } });
  const carrel = await launchDesktop({
    settings: `${usualSettings(provider)}${paid}[switching]\nask_above_dollars = 0.01\n`,
  });
  const pick = async () => {
    const picker = await carrel.openModelPicker();
    await picker.getByRole('combobox', { name: 'Search models' }).fill('sonnet');
    await expect(picker.getByRole('option')).toHaveCount(1);
    await carrel.page.keyboard.press('Enter');
  };
  // Without a history there is nothing to read again.
  await pick();
  await carrel.expectModel('claude-sonnet-4-5');
  await carrel.slash('/model one/m1');
  await carrel.ask('hello', 'hello');

  await pick();
  const question = carrel.page.getByRole('dialog').filter({ hasText: /^Switch .* to claude-sonnet-4-5\?/ });
  await expect(question).toContainText('10,100');
  await expect(question).toContainText('$0.03');
  await question.getByRole('button', { name: /^Cancel/ }).click();
  await carrel.expectModel('m1');
  await pick();
  await expect(question).toBeVisible();
  await carrel.page.keyboard.press('Shift+Enter');
  await expect(carrel.tabs).toHaveCount(2);
  await carrel.expectModel('claude-sonnet-4-5');
  await carrel.switchTo(0);
  await carrel.expectModel('m1');
  await pick();
  await question.getByRole('button', { name: /^Switch/ }).click();
  await carrel.expectModel('claude-sonnet-4-5');
  provider.answer('claude-sonnet-4-5', { text: 'paid for', usage: { input: 10_200, output: 100 } });
  await carrel.ask('and now?', 'paid for');
  // An answer of a known price says what it cost: 3 dollars a million to read, 15 to write.
  await expect(carrel.conversation.getByRole('article').last()).toContainText('$0.032');
});

test('models that a provider lists are found, and a name by hand is taken as unknown', async ({
  launchDesktop,
  provider,
}) => {
  provider.listed = ['found-one', 'found-two'];
  const open = providerSettings(provider, { id: 'open' }).replace(/^models = .*\n/m, '');
  const carrel = await launchDesktop({ settings: usualSettings(provider) + open });
  const picker = await carrel.openModelPicker();
  await expect(picker.getByRole('option', { name: 'open/found-two' })).toBeVisible();
  const search = picker.getByRole('combobox', { name: 'Search models' });
  await search.fill('open/by-hand');
  await expect(picker.getByRole('option')).toHaveAccessibleName(/open\/by-hand.*unknown/);
  await carrel.page.keyboard.press('Enter');
  await carrel.expectModel('by-hand');
  await carrel.ask('who?', 'by-hand: who?');
  // What was found is there after a restart, before anyone asks again.
  provider.listed = undefined;
  await carrel.restart();
  await carrel.pickModel('open/found-one');
  await carrel.ask('and you?', 'found-one: and you?');
});

test('favourites and recent models go before the others, over restarts', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.pickModel('m3');
  let picker = await carrel.openModelPicker();
  await picker.getByRole('combobox', { name: 'Search models' }).fill('m2');
  await picker.getByRole('button', { name: /^Favourite/ }).click();
  await carrel.page.keyboard.press('Escape');
  await carrel.restart();
  picker = await carrel.openModelPicker();
  const names = await picker
    .getByRole('option')
    .evaluateAll((options) =>
      (options as { textContent: string | null }[]).map(({ textContent }) => textContent?.match(/m\d/)?.[0]),
    );
  expect(names.slice(0, 3)).toEqual(['m2', 'm3', 'm1']);
  await expect(picker.getByRole('group', { name: 'Favourites' }).getByRole('option')).toHaveCount(1);
});
