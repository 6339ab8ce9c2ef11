import { mkdirSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { look, VIEWS } from './harness/look.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

async function openSwitcher(carrel: Carrel): Promise<{ field: Locator; options: Locator; dialog: Locator }> {
  await carrel.page.keyboard.press('Control+Shift+O');
  const dialog = carrel.page.getByRole('dialog', { name: 'Switch to tab' });
  const field = dialog.getByRole('combobox', { name: 'Search tabs' });
  await expect(field).toBeFocused();
  return { field, dialog, options: dialog.getByRole('listbox', { name: 'Tabs' }).getByRole('option') };
}

async function openTabs(carrel: Carrel, titles: readonly string[]): Promise<void> {
  for (const [index, title] of titles.entries()) {
    if (index > 0) await carrel.newTab();
    await carrel.expectPrompt();
    await carrel.renameTab(index, title);
  }
}

const isActive = (carrel: Carrel, index: number) =>
  expect(carrel.tab(index)).toHaveAttribute('aria-selected', 'true');

test('the switcher goes to the tab used before, and finds one by title, folder, program or model', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await openTabs(carrel, ['api', 'docs', 'scratch']);
  mkdirSync(carrel.home.path('cellar'));
  await carrel.type('cd cellar\n');
  await expect(carrel.statusBar.getByRole('button', { name: 'Folder: ~/cellar' })).toBeVisible();
  await carrel.type('sleep 300\n');
  await expect(carrel.tab(2)).toHaveAccessibleDescription('idle, runs sleep');
  await carrel.switchTo(0);

  const { options } = await openSwitcher(carrel);
  await expect(options).toHaveText([/^api this tab/, /^scratch.*sleep.*~\/cellar/, /^docs/]);
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await carrel.page.keyboard.press('Enter');
  await isActive(carrel, 2);
  await expect(carrel.tab(2)).toHaveAccessibleDescription('idle, runs sleep');
  await expect(carrel.tab(2)).toHaveAttribute('title', /\nRuns sleep$/);
  // What is typed next reaches the tab's shell.
  await carrel.page.keyboard.press('Control+C');
  await carrel.expectPrompt();
  await expect(carrel.tab(2)).toHaveAccessibleDescription('idle');

  await carrel.type('sleep 300\n');
  await carrel.switchTo(0);
  await carrel.pickModel('m2');
  for (const [words, index] of [
    ['docs', 1],
    ['cellar', 2],
    ['slp', 2],
    ['m2', 0],
  ] as const) {
    const { field, options, dialog } = await openSwitcher(carrel);
    await field.fill(words);
    await expect(options).toHaveCount(1);
    await carrel.page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await isActive(carrel, index);
  }
  const nothing = await openSwitcher(carrel);
  await nothing.field.fill('no such tab');
  await expect(nothing.dialog).toContainText('No tab has this in its title');
  await carrel.page.keyboard.press('Escape');
  await isActive(carrel, 0);
});

test('closed tabs are listed and brought back, and Ctrl+Tab goes by use', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await openTabs(carrel, ['api', 'docs', 'scratch']);
  await carrel.switchTo(1);
  await carrel.switchTo(0);

  await carrel.page.keyboard.down('Control');
  await carrel.page.keyboard.press('Tab');
  await isActive(carrel, 1);
  await carrel.page.keyboard.press('Tab');
  await isActive(carrel, 2);
  await carrel.page.keyboard.up('Control');
  await carrel.page.keyboard.press('Control+Tab');
  await isActive(carrel, 0);
  await carrel.page.keyboard.press('Control+Tab');
  await isActive(carrel, 2);

  await carrel.closeTab();
  await carrel.closeTab();
  await expect.poll(() => carrel.archive.openSessions().length).toBe(1);
  const { dialog, field } = await openSwitcher(carrel);
  const closed = dialog.getByRole('group', { name: 'Recently closed' }).getByRole('option');
  await expect(closed).toHaveText([/^apiClosed /, /^scratchClosed /]);
  await field.fill('scr');
  await carrel.page.keyboard.press('Enter');
  await expect(carrel.tabs).toHaveText([/docs/, /scratch/]);
  await isActive(carrel, 1);
});

test('tabs of other windows are listed, found by any of their panes, and shown in their own', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await openTabs(carrel, ['left', 'right']);
  mkdirSync(carrel.home.path('cellar'));
  await carrel.type('cd cellar\n');
  await expect(carrel.statusBar.getByRole('button', { name: 'Folder: ~/cellar' })).toBeVisible();
  await carrel.type('sleep 300\n');
  await expect(carrel.tab(1)).toHaveAccessibleDescription('idle, runs sleep');
  await carrel.page.keyboard.press('Control+Shift+D');
  await expect(carrel.tab(1)).toHaveAccessibleDescription('idle');
  await carrel.page.keyboard.type('cd /\n');
  await expect(carrel.statusBar.getByRole('button', { name: 'Folder: /', exact: true })).toBeVisible();
  const { options, dialog } = await openSwitcher(carrel);
  await expect(options).toHaveText([/^right this tab.*sleep.*\/, ~\/cellar/, /^left/]);
  await carrel.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await carrel.page.keyboard.press('Control+Shift+L');
  const other = await carrel.otherWindow();
  await expect(other.tabs).toHaveCount(1);
  const window = await carrel.app.browserWindow(carrel.page);
  await window.evaluate((window) => window.focus());
  const { field, dialog: reopened } = await openSwitcher(carrel);
  await field.fill('cellar');
  const elsewhere = reopened.getByRole('group', { name: 'Other windows' }).getByRole('option');
  await expect(elsewhere).toHaveText([/^right.*sleep/]);
  await carrel.page.keyboard.press('Enter');
  await expect(reopened).toBeHidden();
  await expect.poll(() => other.isInFront()).toBe(true);
  await expect(carrel.tabs).toHaveCount(1);
});

for (const [name, context] of VIEWS) {
  test(`how the switcher looks: ${name}`, async ({ launchWeb, provider }) => {
    provider.answer('m1', { text: 'Half an answer', hold: 1 });
    const carrel = await launchWeb({ settings: usualSettings(provider), context });
    await openTabs(carrel, ['ledger-api', 'docs-site', 'old', 'scratch']);
    await carrel.switchTo(2);
    await carrel.closeTab();
    await carrel.switchTo(1);
    await carrel.type('top\n');
    await carrel.send('Is the page right?');
    await expect(carrel.tab(1)).toHaveAccessibleDescription('working, runs top');
    await carrel.switchTo(0);
    const { options } = await openSwitcher(carrel);
    await expect(options).toHaveCount(4);
    await look(carrel, `switcher-${name}`);
  });
}
