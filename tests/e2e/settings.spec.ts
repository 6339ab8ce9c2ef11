import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const KEY = 'sk-secret-0123456789';

async function openProviders(carrel: Carrel): Promise<Locator> {
  await carrel.page.getByRole('button', { name: 'Settings' }).click();
  return carrel.page.getByRole('dialog', { name: 'Settings' });
}

test('a provider is added by hand, its key kept in the keychain alone, and the file keeps its comments', async ({
  launchDesktop,
  provider,
}) => {
  provider.listed = ['n1', 'n2'];
  const before = `# mine\n${usualSettings(provider)}\n# the end\n`;
  const carrel = await launchDesktop({ settings: before });
  const dialog = await openProviders(carrel);
  await dialog.getByRole('button', { name: 'Add provider' }).click();
  const form = dialog.getByRole('form', { name: 'Add provider' });
  await form.getByLabel('Kind').selectOption({ label: 'OpenAI-compatible' });
  await form.getByRole('textbox', { name: 'Id' }).fill('new');
  await form.getByLabel('Address').fill(provider.baseUrl('openai-compatible'));
  await form.getByLabel('API key').fill(KEY);
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(form).toBeHidden();
  const row = dialog.getByRole('region', { name: /^new/ });
  await row.getByRole('button', { name: 'Test' }).click();
  await expect(row).toContainText('2 models');
  await carrel.page.keyboard.press('Escape');

  await carrel.pickModel('new/n1');
  await carrel.ask('who?', 'n1: who?');
  expect(provider.exchanges.map(({ key }) => key)).toEqual([KEY]);
  const after = carrel.home.readSettings();
  expect(after).toContain('[providers.new]\nkind = "openai-compatible"');
  expect(after).toContain('api_key = "keychain:new"');
  for (const line of before.split('\n')) expect(after).toContain(line);
  // Over a restart too, and nowhere in the clear.
  await carrel.restart();
  await carrel.ask('again?', 'n1: again?');
  expect(provider.exchanges.map(({ key }) => key)).toEqual([KEY, KEY]);
  for (const name of readdirSync(carrel.home.folder, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const content = readFileSync(join(name.parentPath, name.name));
    expect(content.includes(KEY), name.name).toBe(false);
  }
});

test('the default model is written from the picker, for new tabs only', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: `# mine\n${usualSettings(provider)}` });
  const picker = await carrel.openModelPicker();
  await picker.getByRole('combobox', { name: 'Search models' }).fill('m2');
  await expect(picker.getByRole('option')).toHaveCount(1);
  await picker.getByRole('button', { name: /^Set as default/ }).click();
  await expect.poll(() => carrel.home.readSettings()).toMatch(/^# mine\n\[defaults\]\nmodel = "one\/m2"\n/);
  await carrel.page.keyboard.press('Escape');
  await carrel.expectModel('m1');
  await carrel.newTab();
  await carrel.expectModel('m2');
});

test('without a keyring the keychain cannot be chosen, and the reason is said', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({
    settings: usualSettings(provider),
    environment: { STAND_IN_KEYRING: 'basic_text' },
  });
  const dialog = await openProviders(carrel);
  await dialog.getByRole('button', { name: /^one/ }).click();
  const row = dialog.getByRole('region', { name: /^one/ });
  await expect(row.getByRole('radio', { name: 'System keychain' })).toBeDisabled();
  await expect(row).toContainText(/keyring/);
  const input = { id: 'one', key: KEY, place: 'keychain' };
  expect(await carrel.call('provider.setKey', input)).toMatchObject({
    error: { code: 'keychain-unavailable' },
  });
  expect(carrel.home.readSettings()).not.toContain('keychain');
});
