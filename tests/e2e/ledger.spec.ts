import { existsSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { inFolder, usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

function ledger({ page }: Carrel): Locator {
  return page.getByRole('dialog', { name: 'Ledger' });
}

const write = (path: string) => ({ name: 'write_file', input: { path, content: 'x\n' } });
const command = (text: string) => ({ name: 'run_command', input: { command: text } });

async function answer(carrel: Carrel, tool: string, button: string): Promise<void> {
  const card = carrel.approval(tool);
  await card.getByRole('button', { name: button }).click();
}

test('the ledger says what ran, who asked and what decided, and is searched and filtered', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) });
  await carrel.statusBar.getByRole('button', { name: 'Approvals: Ask' }).click();
  await expect(ledger(carrel)).toContainText('Nothing has run yet');
  await carrel.page.keyboard.press('Escape');

  await carrel.expectPrompt();
  provider.answerNext('m1', { calls: [command('printf "a\u200bb"; false'), write('a.txt')] });
  await carrel.send('go');
  await answer(carrel, 'run_command', 'Approve once');
  await answer(carrel, 'write_file', 'Approve for this tab');
  await carrel.waitForAnswer('m1: go');
  await carrel.newTab();
  await carrel.renameTab(1, 'second');
  provider.answerNext('m1', { calls: [write('b.txt')] });
  await carrel.send('there');
  await answer(carrel, 'write_file', 'Deny');
  await carrel.waitForAnswer('m1: there');

  await carrel.runCommand('Ledger');
  const rows = ledger(carrel).getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText(/write_file.*b\.txt.*second.*m1 code.*You.*Denied, not run/);
  await expect(rows.nth(2)).toContainText(/write_file.*a\.txt.*You, for the tab.*Done/);
  await expect(rows.nth(3)).toContainText(/run_command.*aU\+200Bb.*You, once.*Exit 1/);

  await ledger(carrel).getByRole('combobox', { name: 'Outcome' }).selectOption('Failed');
  await expect(rows).toHaveCount(2);
  await ledger(carrel).getByRole('combobox', { name: 'Outcome' }).selectOption('Any outcome');
  await ledger(carrel).getByRole('combobox', { name: 'Tab' }).selectOption('second');
  await expect(rows).toHaveCount(2);
  await ledger(carrel).getByRole('searchbox', { name: 'Search the ledger' }).fill('a.txt');
  await expect(ledger(carrel)).toContainText('Nothing in the ledger is like this');
  await ledger(carrel).getByRole('button', { name: 'Show all' }).click();
  await expect(rows).toHaveCount(4);
});

test('a rule kept for a tab is listed, can be removed, and ends with its tab', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  const carrel = await launchDesktop({ settings: inFolder(folder, usualSettings(provider)) });
  const keep = async (path: string) => {
    provider.answerNext('m1', { calls: [write(path)] });
    await carrel.send(path);
    await answer(carrel, 'write_file', 'Approve for this tab');
    await carrel.waitForAnswer(`m1: ${path}`);
  };
  const rules = carrel.page.getByRole('list', { name: 'Your rules' });
  const openRules = async () => {
    await carrel.runCommand('Ledger');
    await ledger(carrel).getByRole('button', { name: 'Rules…' }).click();
  };
  await carrel.newTab();
  await keep('one.txt');
  await openRules();
  await expect(rules).toContainText('until it closes');
  await rules.getByRole('button', { name: 'Remove the rule write_file(**)' }).click();
  await expect(rules).toBeHidden();
  await carrel.page.keyboard.press('Escape');
  await keep('two.txt');
  await carrel.closeTab();
  await carrel.runCommand('Reopen closed tab');
  await expect(carrel.tabs).toHaveCount(2);
  provider.answerNext('m1', { calls: [write('three.txt')] });
  await carrel.send('three');
  await expect(carrel.approval('write_file')).toBeVisible();
  expect(existsSync(`${folder}/three.txt`)).toBe(false);
});

test('rules of a project and for always are removed from where they are kept', async ({
  launchDesktop,
  provider,
  folder,
}) => {
  const own = '[approvals]\n# mine\nallow = ["npm test", "npm run *"]\n';
  const carrel = await launchDesktop({ settings: `${inFolder(folder, usualSettings(provider))}${own}` });
  provider.answerNext('m1', { calls: [write('a.txt')] });
  await carrel.send('go');
  await answer(carrel, 'write_file', 'Always…');
  await carrel.conversation.getByRole('radio', { name: 'This project' }).check();
  await carrel.conversation.getByRole('button', { name: 'Keep rule' }).click();
  await carrel.waitForAnswer('m1: go');
  await carrel.page.keyboard.press('Control+,');
  await carrel.page.getByRole('tab', { name: 'Approvals' }).click();
  const rules = carrel.page.getByRole('list', { name: 'Your rules' });
  await expect(rules.getByRole('listitem')).toHaveCount(3);
  await expect(rules.getByRole('listitem').first()).toContainText(`in ${folder}`);
  await rules.getByRole('button', { name: 'Remove the rule write_file(**)' }).click();
  await expect(rules.getByRole('listitem')).toHaveCount(2);
  await rules.getByRole('button', { name: 'Remove the rule npm test' }).click();
  await expect(rules.getByRole('listitem')).toHaveCount(1);
  expect(carrel.home.readSettings()).toContain('# mine\nallow = ["npm run *"]');
});
