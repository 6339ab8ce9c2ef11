import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { look, VIEWS } from './harness/look.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const titles = (carrel: Carrel) =>
  carrel.tabs.evaluateAll((tabs: { getAttribute(name: string): string | null }[]) =>
    tabs.map((tab) => tab.getAttribute('aria-label')).join(' '),
  );
const expectTitles = (carrel: Carrel, expected: string) => expect.poll(() => titles(carrel)).toBe(expected);

/** Tabs with these titles; the last one is active. */
async function openTabs(carrel: Carrel, names: readonly string[]): Promise<void> {
  await carrel.expectPrompt();
  for (const [index, name] of names.entries()) {
    if (index > 0) await carrel.newTab();
    await carrel.renameTab(index, name);
  }
}

async function menuOf(carrel: Carrel, index: number): Promise<Locator> {
  await carrel.tab(index).click({ button: 'right' });
  return carrel.page.getByRole('menu', { name: 'Tab menu' });
}

test('a tab takes a colour, is duplicated and pinned by its menu, and keeps it all over a restart', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await openTabs(carrel, ['a', 'b', 'c']);
  await carrel.type('cd /usr/share\n');
  await expect(carrel.statusBar.getByRole('button', { name: 'Folder: /usr/share' })).toBeVisible();
  const menu = await menuOf(carrel, 2);
  await menu.getByRole('menuitem', { name: 'Colour' }).press('ArrowRight');
  await carrel.page.getByRole('menuitemradio', { name: 'Teal' }).hover();
  await look(carrel, 'tabs-menu');
  await carrel.page.getByRole('menuitemradio', { name: 'Teal' }).click();
  await expect(carrel.tab(2)).toHaveAccessibleDescription('idle, teal');
  await (await menuOf(carrel, 2)).getByRole('menuitem', { name: 'Duplicate' }).click();
  await expectTitles(carrel, 'a b c share');
  await expect(carrel.tab(3)).toHaveAccessibleDescription('idle, teal');
  await (await menuOf(carrel, 2)).getByRole('menuitem', { name: 'Pin', exact: true }).click();
  await expectTitles(carrel, 'c a b share');
  await carrel.restart();
  await expectTitles(carrel, 'c a b share');
  await expect(carrel.tab(0)).toHaveAccessibleDescription('idle, pinned, teal');
  const pinned = await carrel.tab(0).boundingBox();
  expect(pinned?.width).toBe(44);
  await expect(carrel.tab(0).getByText('c', { exact: true })).toBeHidden();
  await look(carrel, 'tabs-pinned');
  await (await menuOf(carrel, 0)).getByRole('menuitem', { name: 'Unpin' }).click();
  await carrel.runCommand('Tab colour: none');
  await expect(carrel.tab(3)).toHaveAccessibleDescription('idle');
});

test('a pinned tab asks before a key or a middle click closes it, and stays when others are closed', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await openTabs(carrel, ['a', 'b', 'c', 'd']);
  await carrel.switchTo(1);
  await carrel.runCommand('Pin or unpin tab');
  await expectTitles(carrel, 'b a c d');
  const question = carrel.page.getByRole('dialog', { name: 'Close b?' });
  await carrel.page.keyboard.press('Control+Shift+W');
  await look(carrel, 'tabs-question');
  await question.getByRole('button', { name: 'Keep it' }).click();
  await carrel.tab(0).click({ button: 'middle' });
  await expect(question).toBeVisible();
  await carrel.page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await (await menuOf(carrel, 2)).getByRole('menuitem', { name: 'Close to the right' }).click();
  await expectTitles(carrel, 'b a c');
  await (await menuOf(carrel, 2)).getByRole('menuitem', { name: 'Close others' }).click();
  await expectTitles(carrel, 'b c');
  await (await menuOf(carrel, 1)).getByRole('menuitem', { name: 'Reopen closed' }).click();
  // It comes to the front.
  await expect(carrel.page.getByRole('tab', { name: 'a', selected: true })).toBeVisible();
  await carrel.switchTo(0);
  await carrel.page.keyboard.press('Control+Shift+W');
  await question.getByRole('button', { name: 'Close tab' }).click();
  await expect(carrel.tabs).toHaveCount(2);
});

test('the menu opens by its key, and its rename takes the focus', async ({ launchDesktop, provider }) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await openTabs(carrel, ['a', 'b']);
  await carrel.tab(1).focus();
  await carrel.page.keyboard.press('ContextMenu');
  await carrel.page.keyboard.press('Enter');
  await expect(carrel.page.getByRole('textbox', { name: 'New title for b' })).toBeFocused();
  await carrel.page.keyboard.type('new');
  await carrel.page.keyboard.press('Enter');
  await expect(carrel.tab(1)).toHaveAccessibleName('new');
});

test('tabs are dragged to another place, pinned ones among themselves', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await openTabs(carrel, ['a', 'b', 'c', 'd']);
  await carrel.switchTo(0);
  await carrel.runCommand('Pin or unpin tab');
  await carrel.tab(3).dragTo(carrel.tab(1), { targetPosition: { x: 4, y: 20 } });
  await expectTitles(carrel, 'a d b c');
  await carrel.tab(2).dragTo(carrel.tab(0), { targetPosition: { x: 2, y: 20 } });
  await expectTitles(carrel, 'a b d c');
});

for (const [name, context] of VIEWS) {
  test(`tabs stand at the left, as wide as they were made: ${name}`, async ({ launchWeb, provider }) => {
    const settings = `${usualSettings(provider)}[appearance]\ntabs = "left"\n[profiles.db]\nicon = "database"\ncolour = "orange"\n`;
    const carrel = await launchWeb({ settings, context });
    await openTabs(carrel, ['ledger-api', 'docs-site', 'staging']);
    await carrel.runCommand('New tab: db');
    await carrel.runCommand('Tab colour: teal');
    await carrel.switchTo(0);
    await carrel.runCommand('Pin or unpin tab');
    const list = carrel.page.getByRole('tablist', { name: 'Sessions' });
    await expect(list).toHaveAttribute('aria-orientation', 'vertical');
    await carrel.tab(0).focus();
    await carrel.page.keyboard.press('ArrowDown');
    await expect(carrel.tab(1)).toBeFocused();
    await carrel.page.keyboard.press('Home');
    await carrel.page.keyboard.press('ArrowUp');
    await expect(carrel.tab(3)).toBeFocused();
    await carrel.page.keyboard.press('Enter');
    const edge = carrel.page.getByRole('separator', { name: 'Tabs width' });
    const widthOf = async () => (await carrel.tab(0).boundingBox())?.width;
    const before = (await widthOf()) ?? 0;
    await edge.press('ArrowRight');
    await expect.poll(widthOf).toBe(before + 16);
    await carrel.tab(1).dragTo(carrel.tab(3), { targetPosition: { x: 20, y: 48 } });
    await expectTitles(carrel, 'ledger-api staging ~ docs-site');
    await carrel.page.mouse.move(context.viewport.width / 2, 400);
    await look(carrel, `tabs-left-${name}`);
    await carrel.page.reload();
    await expect.poll(widthOf).toBe(before + 16);
  });
}
