import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { look, VIEWS } from './harness/look.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

type Search = { readonly dialog: Locator; readonly field: Locator; readonly results: Locator };

async function openSearch(carrel: Carrel, text = ''): Promise<Search> {
  await carrel.page.keyboard.press('Control+Shift+G');
  const dialog = carrel.page.getByRole('dialog', { name: 'Search everything' });
  const field = dialog.getByRole('combobox', { name: 'Search everything' });
  await expect(field).toBeFocused();
  await field.fill(text);
  return { dialog, field, results: dialog.getByRole('listbox', { name: 'Results' }).getByRole('option') };
}

const isOver = (search: Search, words: string | RegExp) =>
  expect(search.dialog.getByRole('status')).toHaveText(words);

/** What is selected in the terminal, and whether it can be seen. */
function selection({ page }: Carrel): Promise<{ text: string; isVisible: boolean }> {
  return page.locator('.terminal-pane[data-active="true"] .terminal-host').evaluate((host) => {
    type Shown = {
      getSelection(): string;
      getSelectionPosition(): { start: { y: number } } | undefined;
      rows: number;
      buffer: { active: { viewportY: number } };
    };
    const { carrelTerminal: terminal } = host as unknown as { carrelTerminal: Shown };
    const row = (terminal.getSelectionPosition()?.start.y ?? -1) - terminal.buffer.active.viewportY;
    return { text: terminal.getSelection(), isVisible: row >= 0 && row < terminal.rows };
  });
}

/** Of the active pane, above its screen. */
function linesAbove({ page }: Carrel): Promise<number> {
  return page.locator('.terminal-pane[data-active="true"] .terminal-host').evaluate((host) => {
    type Shown = { buffer: { active: { baseY: number } } };
    return (host as unknown as { carrelTerminal: Shown }).carrelTerminal.buffer.active.baseY;
  });
}

/** Two tabs: in the first the word stands far up in the terminal and in the conversation, the second is in front. */
async function prepare(carrel: Carrel): Promise<void> {
  await carrel.expectPrompt();
  await carrel.renameTab(0, 'api');
  await carrel.type("printf '%s\\n' 'expect refresh''Token to live'; seq 2500\n");
  await carrel.expectTerminal(/\n2500\n/);
  await carrel.ask('Why does refreshToken expire?', 'Because the refreshToken lives for an hour.');
  for (let count = 0; count < 12; count += 1) await carrel.ask(`And ${count}?`, `m1: And ${count}?`);
  await carrel.newTab();
  await carrel.expectPrompt();
  await carrel.renameTab(1, 'docs');
}

test('everything is searched, and a hit is gone to in terminal and conversation', async ({
  launchDesktop,
  provider,
}) => {
  test.slow();
  provider.answerNext('m1', { text: 'Because the refreshToken lives for an hour.' });
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await prepare(carrel);
  await carrel.type('grep refreshToken nowhere.ts\n');
  await carrel.expectTerminal(/No such file/);

  const first = await openSearch(carrel, 'refreshTok');
  await isOver(first, /^\d+ found$/);
  const mine = first.dialog.getByRole('group', { name: 'docs – this tab' }).getByRole('option');
  const other = first.dialog.getByRole('group', { name: 'api' }).getByRole('option');
  await expect(mine.filter({ hasText: 'Command, exit 2' })).toHaveText(/grep refreshToken nowhere\.ts/);
  await expect(other.filter({ hasText: 'Agent, one/m1' })).toHaveText(/lives for an hour/);
  await expect(other.filter({ hasText: 'You' })).toHaveText(/Why does refreshToken expire/);
  await expect(first.results.first().locator('mark')).toHaveText('refreshTok');

  // A line far above what a tab shows at first.
  await first.dialog.getByRole('button', { name: /^Terminals/ }).click();
  await other.filter({ hasText: 'expect refreshToken to live' }).last().click();
  await expect(carrel.tab(0)).toHaveAttribute('aria-selected', 'true');
  await expect
    .poll(() => selection(carrel), { timeout: 20_000 })
    .toEqual({ text: 'refreshTok', isVisible: true });

  // A message above those that are drawn at first.
  await carrel.switchTo(1);
  const second = await openSearch(carrel, 'refreshToken lives');
  await isOver(second, /^\d+ found$/);
  await second.results.filter({ hasText: 'Agent, one/m1' }).click();
  const message = carrel.conversation.getByRole('article').filter({ hasText: 'lives for an hour' });
  await expect(message).toBeInViewport();
  await expect(message).toBeFocused();

  // A command.
  const third = await openSearch(carrel, 'nowhere.ts');
  await isOver(third, /^\d+ found$/);
  await third.dialog.getByRole('button', { name: /^Commands/ }).click();
  await expect(third.results).toHaveCount(1);
  await third.field.press('Enter');
  await expect(carrel.tab(1)).toHaveAttribute('aria-selected', 'true');
  await expect
    .poll(async () => (await selection(carrel)).text)
    .toMatch(/^carrel\$ grep refreshToken nowhere\.ts/);
});

test('tabs that are closed or not started yet are searched, and brought back', async ({
  launchDesktop,
  provider,
}) => {
  test.slow();
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await carrel.expectPrompt();
  await carrel.renameTab(0, 'kept');
  await carrel.type("echo one''rare''word\n");
  await carrel.expectTerminal('\nonerareword\n');
  await carrel.newTab();
  await carrel.expectPrompt();
  await carrel.renameTab(1, 'closed');
  await carrel.ask('What is a twinrareword?', 'm1: What is a twinrareword?');
  await carrel.newTab();
  await carrel.switchTo(1);
  await carrel.closeTab();
  await carrel.switchTo(1);
  await carrel.restart();
  await expect(carrel.tab(1)).toHaveAttribute('aria-selected', 'true');
  await carrel.expectPrompt();

  const search = await openSearch(carrel, 'rareword');
  await isOver(search, /^\d+ found$/);
  const lines = search.dialog.getByRole('group', { name: 'kept' }).getByRole('option');
  await expect(lines.filter({ hasText: 'Terminal' }).first()).toContainText('onerareword');
  await search.dialog
    .getByRole('group', { name: 'closed – closed' })
    .getByRole('option', { name: 'You' })
    .click();
  await expect(carrel.tabs).toHaveCount(3);
  await expect(carrel.conversation.getByRole('article').first()).toBeFocused();

  const again = await openSearch(carrel, 'onerareword');
  await isOver(again, /^\d+ found$/);
  await again.results.filter({ hasText: 'Terminal' }).first().click();
  await expect(carrel.tab(0)).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => selection(carrel)).toEqual({ text: 'onerareword', isVisible: true });
});

test('what was found in a pane is shown there, whatever hides it, also in another window', async ({
  launchDesktop,
}) => {
  test.slow();
  const carrel = await launchDesktop();
  const panesOf = ({ terminal }: Carrel) => terminal.getByRole('group', { name: /^Pane \d of 2: / });
  await carrel.expectPrompt();
  await carrel.renameTab(0, 'divided');
  await carrel.page.keyboard.press('Control+Shift+D');
  const second = panesOf(carrel).nth(1);
  await expect(second.getByRole('textbox', { name: 'Terminal input' })).toBeFocused();
  await carrel.page.keyboard.type("printf '%s\\n' deep''sea; seq 2500\n");
  await expect.poll(() => linesAbove(carrel)).toBeGreaterThan(2_400);
  await carrel.page.keyboard.press('Alt+Shift+ArrowLeft');
  await carrel.page.keyboard.press('Control+Shift+Enter');
  await expect(carrel.terminal.getByRole('button', { name: /^Show all 2 panes/ })).toBeVisible();
  await carrel.newTab();
  await carrel.expectPrompt();

  const line = await openSearch(carrel, 'deepsea');
  await isOver(line, '1 found');
  await carrel.page.keyboard.press('Enter');
  await expect(carrel.tab(0)).toHaveAttribute('aria-selected', 'true');
  await expect(second).toHaveAttribute('data-active', 'true');
  await expect
    .poll(() => selection(carrel), { timeout: 20_000 })
    .toEqual({ text: 'deepsea', isVisible: true });

  await carrel.page.keyboard.press('Alt+Shift+ArrowLeft');
  const command = await openSearch(carrel, 'seq 2500');
  await isOver(command, /^\d+ found$/);
  await command.results.filter({ hasText: 'Command, exit 0' }).click();
  await expect(second).toHaveAttribute('data-active', 'true');
  await expect.poll(async () => (await selection(carrel)).text).toContain("deep''sea; seq 2500");

  await carrel.page.keyboard.press('Alt+Shift+ArrowLeft');
  await carrel.page.keyboard.press('Control+Shift+L');
  const other = await carrel.otherWindow();
  await expect(panesOf(other).nth(0)).toHaveAttribute('data-active', 'true');
  const elsewhere = await openSearch(carrel, 'deepsea');
  await isOver(elsewhere, '1 found');
  await expect(elsewhere.dialog.getByRole('group', { name: 'divided – in another window' })).toBeVisible();
  await carrel.page.keyboard.press('Enter');
  await expect(elsewhere.dialog).toBeHidden();
  await expect(panesOf(other).nth(1)).toHaveAttribute('data-active', 'true');
  await expect
    .poll(() => selection(other), { timeout: 20_000 })
    .toEqual({ text: 'deepsea', isVisible: true });
  await expect.poll(() => other.isInFront()).toBe(true);
});

test('patterns, words and capitals count where asked, and what cannot be searched for is told', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.type("clear; printf 'Cat cat category\\n%.0s' $(seq 200)\n");
  await carrel.expectTerminal(/^Cat cat category\n[^]*carrel\$$/);
  const search = await openSearch(carrel, 'nothing has this');
  await isOver(search, '0 found');
  await expect(search.dialog).toContainText('Nothing has this text.');
  await search.field.fill('cat');
  await isOver(search, /The newest \d+ are shown/);
  await search.dialog.getByRole('button', { name: 'Whole words' }).click();
  await expect(search.results.first().locator('mark')).toHaveText(['Cat', 'cat']);
  await search.dialog.getByRole('button', { name: 'Match case' }).click();
  await expect(search.results.first().locator('mark')).toHaveText(['cat']);
  await search.dialog.getByRole('button', { name: 'Regular expression' }).click();
  await search.field.fill('c(at');
  await expect(search.dialog.getByRole('alert')).toContainText('This is no pattern');
  await search.field.fill('c[ao]t');
  await expect(search.results.first().locator('mark')).toHaveText(['cat']);
  await carrel.page.keyboard.press('Escape');
  await expect(search.dialog).toBeHidden();
});

for (const [name, context] of VIEWS) {
  test(`how the search looks: ${name}`, async ({ launchWeb, provider }) => {
    const carrel = await launchWeb({ settings: usualSettings(provider), context });
    await carrel.expectPrompt();
    await carrel.renameTab(0, 'ledger-api');
    await carrel.type('grep -rn "refresh token" nowhere\n');
    await carrel.ask('Where do we rotate the refresh token?', 'm1: Where');
    await carrel.newTab();
    await carrel.expectPrompt();
    await carrel.renameTab(1, 'docs-site');
    await carrel.type('echo "   a refresh token lives for 30 days"\n');
    await carrel.ask('A refresh token lives for 30 days; the code says 14.', 'm1: A refresh');
    const search = await openSearch(carrel);
    await look(carrel, `search-empty-${name}`);
    await search.field.fill('refresh token');
    await isOver(search, /^\d+ found$/);
    await look(carrel, `search-${name}`);
    await search.results.filter({ hasText: 'You' }).first().click();
    await expect(search.dialog).toBeHidden();
    await look(carrel, `search-shown-${name}`);
  });
}
