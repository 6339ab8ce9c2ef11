import type { Locator, Page } from '@playwright/test';
import { readTerminal, type Carrel } from './harness/carrel.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

function row(dialog: Locator, title: string): Locator {
  return dialog.getByRole('listitem', { name: title, exact: true });
}

/** Of the application menu, by label. */
function accelerators({ app }: Carrel): Promise<Record<string, string | null>> {
  return app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
    return Object.fromEntries(items.map(({ label, accelerator }) => [label, accelerator || null]));
  });
}

const press = (page: Page, ...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

test('keys from settings.toml count at once: others, two chords, none, and where a condition holds', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop({
    settings: `[keys]
"tab.new" = ["Ctrl+Alt+N", "Ctrl+Alt+K Ctrl+N"]
"tab.reopen" = { key = "F7", when = "agent" }`,
  });
  const { page, tabs } = carrel;
  await carrel.expectPrompt();
  await press(page, 'Control+Alt+n');
  await expect(tabs).toHaveCount(2);
  await press(page, 'Control+Shift+T');
  await press(page, 'Control+Alt+k');
  await expect(page.getByText('Ctrl+Alt+K was pressed.')).toBeVisible();
  await press(page, 'Control+n');
  await expect(tabs).toHaveCount(3);
  // A second key that leads nowhere goes nowhere, not to the shell either.
  await press(page, 'Control+Alt+k', 'x');
  await expect(page.getByText('was pressed.')).toBeHidden();
  await carrel.closeTab();
  await carrel.expectPrompt();
  // In the terminal the condition does not hold, and the program gets the key.
  await carrel.type('cat -v\n');
  await press(page, 'F7');
  await carrel.expectTerminal('^[[18~');
  await carrel.message.focus();
  await press(page, 'F7');
  await expect(tabs).toHaveCount(3);

  carrel.home.writeSettings('[keys]\n"tab.new" = ""\n"tab.close" = "Ctrl+Alt+N"');
  await expect.poll(() => accelerators(carrel)).toMatchObject({ 'Close Tab': 'Ctrl+Alt+N' });
  await press(page, 'Control+Alt+n');
  await expect(tabs).toHaveCount(2);
});

test('a key of the shell is the shell’s until a person takes it, which is told once', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop({
    settings:
      '[keys]\n"terminal.find" = "Ctrl+R"\n"terminal.copy" = { key = "Ctrl+C", when = "terminal && hasSelection" }',
  });
  const { page } = carrel;
  await carrel.expectPrompt();
  await expect(carrel.notices.filter({ hasText: 'A key no longer reaches the shell' })).toContainText(
    'Ctrl+R is “Find in terminal” now. The shell then does not get it, where it searches the history.',
  );
  await carrel.type('sleep 100\n');
  await expect(carrel.terminal.getByRole('button', { name: 'Command: sleep 100, running' })).toBeVisible();
  await press(page, 'Control+C');
  await carrel.expectTerminal('^C');
  await press(page, 'Control+R');
  await expect(carrel.terminal.getByRole('textbox', { name: 'Find in terminal' })).toBeFocused();
  await press(page, 'Escape');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await press(page, 'Control+Shift+A', 'Control+C');
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('sleep 100');
  await carrel.restart();
  await carrel.expectPrompt();
  await expect(carrel.notices).toHaveCount(0);
});

test('a key is recorded by the keyboard alone, written in place, and given back', async ({
  launchDesktop,
}) => {
  const before = '# mine\n[keys]\n# about tabs\n"tab.close" = "F6" # why\n';
  const carrel = await launchDesktop({ settings: before });
  const { page } = carrel;
  await carrel.expectPrompt();
  await carrel.runCommand('Change keys');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  const search = dialog.getByRole('searchbox', { name: 'Search commands' });
  await search.fill('new tab');
  const tabNew = row(dialog, 'New tab');
  await expect(tabNew).toContainText('Built in');
  await tabNew.getByRole('button', { name: 'Change the key of New tab' }).press('Enter');
  const field = tabNew.getByRole('textbox', { name: 'New key of New tab' });
  await expect(field).toBeFocused();
  // Nothing was pressed, so nothing is kept.
  await press(page, 'Enter');
  await expect(field).toBeFocused();
  // Neither the palette nor the dialog's own keys.
  await press(page, 'Control+Shift+P');
  await expect(field).toHaveValue('Ctrl+Shift+P');
  await expect(tabNew.getByRole('status').first()).toContainText(
    'Takes Ctrl+Shift+P from “Command palette” (built in).',
  );
  await press(page, 'Control+t');
  await expect(tabNew.getByRole('status').first()).toContainText('where it swaps two characters');
  await press(page, 'a');
  await expect(tabNew.getByRole('status').first()).toContainText('This key is needed to write');
  await press(page, 'Enter');
  await expect(field).toBeFocused();
  await press(page, 'Escape');
  await expect(field).toBeHidden();
  await expect(tabNew.getByRole('button', { name: 'Change the key of New tab' })).toBeFocused();
  expect(carrel.home.readSettings()).toBe(before);

  await press(page, 'Enter', 'F6', 'Enter');
  await expect(tabNew).toContainText('Yours');
  await expect(tabNew.getByRole('button', { name: 'Change the key of New tab' })).toBeFocused();
  expect(carrel.home.readSettings()).toBe(`${before}"tab.new" = "F6"\n`);
  await expect(tabNew).toContainText('Conflict: Takes F6 from “Close tab” (yours).');
  await search.fill('');
  await dialog.getByRole('textbox', { name: 'Press a key' }).focus();
  await press(page, 'F6');
  const commands = dialog.getByRole('list', { name: 'Commands' });
  await expect(commands.getByRole('button', { name: /^Change/ })).toHaveCount(2);
  await expect(row(dialog, 'Close tab')).toContainText(
    'Conflict: F6 goes to “New tab” (yours, later in the file).',
  );
  await press(page, 'Escape');
  await expect(dialog.getByRole('textbox', { name: 'Press a key' })).toHaveValue('');
  await expect(dialog).toBeVisible();

  await search.fill('tab.close');
  await row(dialog, 'Close tab').getByRole('button', { name: 'Add a key to Close tab' }).click();
  await press(page, 'F9', 'Enter');
  await expect.poll(() => carrel.home.readSettings()).toContain('"tab.close" = ["F6", "F9"] # why');
  await row(dialog, 'Close tab').getByRole('button', { name: 'Reset' }).click();
  await expect
    .poll(() => carrel.home.readSettings())
    .toBe('# mine\n[keys]\n# about tabs\n# why\n"tab.new" = "F6"\n');
  await expect(row(dialog, 'Close tab')).toContainText('Built in');
  await row(dialog, 'Close tab').getByRole('button', { name: 'Change' }).click();
  await press(page, 'Backspace', 'Enter');
  await expect(row(dialog, 'Close tab')).toContainText('No key');
  await expect(
    row(dialog, 'Close tab').getByRole('button', { name: 'Change the key of Close tab' }),
  ).toBeFocused();
  expect(carrel.home.readSettings()).toContain('"tab.close" = ""');
  await press(page, 'Escape');
  await expect(dialog).toBeHidden();
  await press(page, 'F6');
  await expect(carrel.tabs).toHaveCount(2);
});

test('a key that is none is refused, and nothing is written', async ({ launchDesktop }) => {
  const carrel = await launchDesktop({ settings: '# mine\n' });
  const write = (command: string, key: string, when = '') =>
    carrel.call('settings.setKeys', { command, keys: [{ key, when }] });
  expect(await write('tab.new', 'Ctrl+Shft+T')).toMatchObject({
    error: { code: 'settings-write-failed', message: expect.stringContaining('The nearest is "Shift".') },
  });
  expect(await write('tab.new', 'F6', 'terminal &&')).toMatchObject({ ok: false });
  expect(await write('no.such', 'F6')).toMatchObject({ error: { code: 'bad-input' } });
  expect(carrel.home.readSettings()).toBe('# mine\n');
});

test('palette, tooltips, menus, the guide and the application menu show the present keys', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop({
    settings: '[keys]\n"tab.new" = "F6"\n"terminal.find" = "Ctrl+Alt+F"\n"window.zoom-in" = ""',
  });
  const { page } = carrel;
  await carrel.expectPrompt();
  await page.getByRole('button', { name: 'New tab' }).hover();
  await expect(page.getByRole('tooltip')).toContainText('F6');
  // A tooltip would take the Escape that is meant for a menu or dialog.
  await page.mouse.move(400, 400);
  await expect(page.getByRole('tooltip')).toBeHidden();
  await carrel.terminal.getByRole('textbox', { name: 'Terminal input' }).press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Find' })).toHaveAccessibleDescription('Ctrl+Alt+F');
  await press(page, 'Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await press(page, 'Control+Shift+P');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('option', { name: 'New tab', exact: true })).toHaveAccessibleDescription(
    'F6',
  );
  await press(page, 'Escape');
  await expect(palette).toBeHidden();
  await carrel.send('Which shortcuts are there?');
  await expect(carrel.conversation.getByRole('row', { name: 'F6 New tab' })).toBeVisible();

  expect(await accelerators(carrel)).toMatchObject({
    'New Tab': 'F6',
    'Close Tab': 'Ctrl+Shift+W',
    'Zoom In': null,
  });
  carrel.home.writeSettings('[keys]\n"tab.close" = "Ctrl+Alt+W"');
  await expect
    .poll(() => accelerators(carrel))
    .toMatchObject({ 'New Tab': 'Ctrl+Shift+T', 'Close Tab': 'Ctrl+Alt+W' });
  const pickNewTab = () =>
    carrel.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.submenu?.items[0]?.click());
  await pickNewTab();
  await expect(carrel.tabs).toHaveCount(2);
  // An open dialog keeps out what its key could not do either.
  await press(page, 'Control+Shift+P');
  await expect(palette).toBeVisible();
  await pickNewTab();
  // What was picked reaches the page before the answer to a later call.
  await carrel.call('notice.dismiss', { id: 'none' });
  await press(page, 'Escape');
  await expect(palette).toBeHidden();
  await expect(carrel.tabs).toHaveCount(2);
});

test('what buttons and menus do in the terminal, the palette does', async ({ launchWeb }) => {
  const carrel = await launchWeb();
  const { page, terminal } = carrel;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');
  await carrel.expectPrompt();

  await carrel.type('seq 200\n');
  await carrel.expectTerminal(/\n200\ncarrel\$/);
  await carrel.type('seq 20\n');
  await expect(terminal.getByRole('button', { name: 'Command: seq 20, exit 0' })).toBeVisible();
  await carrel.runCommand('Copy command');
  await expect.poll(clipboard).toBe('seq 20');
  await carrel.runCommand('Copy output');
  await expect.poll(clipboard).toMatch(/^1\n2\n[^]*\n20$/);
  await carrel.runCommand('Fold or unfold output');
  await expect(terminal.getByRole('button', { name: '20 lines folded' })).toBeVisible();
  await carrel.runCommand('Fold or unfold output');
  await expect(terminal.getByRole('button', { name: '20 lines folded' })).toBeHidden();
  await carrel.runCommand('Scroll the terminal to its top');
  await expect.poll(() => topRow(carrel)).toBe(0);
  await press(page, 'Shift+PageDown');
  await expect.poll(() => topRow(carrel)).toBeGreaterThan(0);
  await carrel.runCommand('Scroll the terminal to its end');
  await page.evaluate("navigator.clipboard.writeText('echo pasted')");
  await carrel.runCommand('Paste into the terminal');
  await carrel.expectTerminal('carrel$ echo pasted');
  await carrel.runCommand('Select all in the terminal');
  await carrel.runCommand('Copy from the terminal');
  await expect.poll(clipboard).toContain('seq 20');
  await carrel.runCommand('Run again');
  await carrel.expectTerminal(/seq 20\n[^]*seq 20\n[^]*\n20\n/);
  await carrel.runCommand("Copy the folder's path");
  await expect.poll(clipboard).toBe(carrel.home.userFolder);

  await carrel.runCommand('Ask about this');
  const attached = carrel.agent.getByRole('list', { name: 'Attachments' });
  await expect(attached).toContainText('seq 20');
});

test('what is done with the agent, usage and notices, the palette does', async ({ launchWeb, provider }) => {
  const carrel = await launchWeb({ settings: `${usualSettings(provider)}[nonsense]\n` });
  const { page } = carrel;
  const downloaded = async (command: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), carrel.runCommand(command)]);
    return download.suggestedFilename();
  };
  await carrel.expectPrompt();
  await carrel.message.fill('not this');
  await carrel.runCommand('Clear the message box');
  await expect(carrel.message).toHaveValue('');
  await carrel.message.fill('who?');
  await carrel.runCommand('Send the message');
  await carrel.waitForAnswer('m1: who?');
  expect(await downloaded('Save this conversation as Markdown')).toMatch(/\.md$/);
  expect(await downloaded('Save the usage of 14 days as CSV')).toMatch(/^carrel-usage-.*\.csv$/);

  await carrel.runCommand('Go to the next notice');
  await expect(carrel.notices.getByRole('button', { name: 'Dismiss' })).toBeFocused();
  await carrel.runCommand('Dismiss the newest notice');
  await expect(carrel.notices).toHaveCount(0);
});

test('the window is made larger and fills the screen by keys and palette', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  const { page } = carrel;
  const width = () => page.evaluate<number>('innerWidth');
  const usual = await width();
  await carrel.runCommand('Larger window');
  await expect.poll(width).toBeLessThan(usual);
  await press(page, 'Control+0');
  await expect.poll(width).toBe(usual);
  const isFullScreen = () =>
    carrel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen());
  await press(page, 'F11');
  await expect.poll(isFullScreen).toBe(true);
  await press(page, 'F11');
  await expect.poll(isFullScreen).toBe(false);
});

test('sending has the key that the person gave it, and a list of completions keeps its own', async ({
  launchWeb,
}) => {
  const carrel = await launchWeb({ settings: '[keys]\n"turn.send" = "Ctrl+Enter"' });
  const { page, message } = carrel;
  await carrel.expectPrompt();
  await message.fill('Hello');
  await message.press('Enter');
  await page.keyboard.type('you');
  await expect(message).toHaveValue('Hello\nyou');
  await expect(carrel.agent.getByRole('button', { name: 'Send' })).toContainText('Ctrl Enter');
  await message.press('Control+Enter');
  await expect(message).toHaveValue('');
  await message.fill('/mo');
  await message.press('ArrowDown');
  await message.press('Enter');
  await expect(message).toHaveValue('/model ');
  await message.press('Escape');
  await page.keyboard.press('Control+Shift+P');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await expect(palette.getByRole('option', { name: 'Full screen' })).toBeVisible();
  await expect(palette.getByRole('option', { name: 'Larger window' })).toHaveCount(0);
});

test('keys for panes, profiles and windows are the person’s too, and lead to the active pane and the window in front', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop({
    settings: `[profiles.first]
command = "sh"
[keys]
"pane.split-right" = "F6"
"tab.to-new-window" = "F7"
"tab.profile-1" = "F8"
"tab.pin" = "F9"
"terminal.copy" = { key = "Ctrl+C", when = "terminal && hasSelection" }`,
  });
  const { page, terminal, tabs } = carrel;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await carrel.expectPrompt();
  await press(page, 'F6');
  const panes = terminal.getByRole('group', { name: /^Pane \d of 2/ });
  await expect(panes).toHaveCount(2);
  await expect(panes.nth(1).getByRole('textbox', { name: 'Terminal input' })).toBeFocused();
  await page.keyboard.type('echo in-the-second');
  await expect.poll(() => panes.nth(1).evaluate(readTerminal)).toContain('echo in-the-second');
  await press(page, 'Control+Shift+F');
  await expect(panes.nth(1).getByRole('textbox', { name: 'Find in terminal' })).toBeFocused();
  await expect(terminal.getByRole('textbox', { name: 'Find in terminal' })).toHaveCount(1);
  await press(page, 'Escape', 'Control+Shift+A', 'Control+C');
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toContain('in-the-second');
  await press(page, 'Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Split to the right' })).toHaveAccessibleDescription('F6');
  await press(page, 'Escape', 'F8');
  await expect(tabs).toHaveCount(2);
  await carrel.tab(1).click({ button: 'right' });
  const tabMenu = page.getByRole('menu', { name: 'Tab menu' });
  await expect(tabMenu.getByRole('menuitem', { name: 'Pin' })).toHaveAccessibleDescription('F9');
  await expect(tabMenu.getByRole('menuitem', { name: 'Move to new window' })).toHaveAccessibleDescription(
    'F7',
  );
  await press(page, 'Escape', 'Control+Shift+P');
  await expect(page.getByRole('option', { name: 'New tab: first' })).toHaveAccessibleDescription('F8');
  await press(page, 'Escape', 'F7');
  const other = await carrel.otherWindow();

  const pick = (label: string) =>
    carrel.app.evaluate(
      ({ Menu }, label) =>
        Menu.getApplicationMenu()
          ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
          .find((item) => item.label === label)
          ?.click(),
      label,
    );
  const isFullScreen = async (shown: Page) =>
    (await carrel.app.browserWindow(shown)).evaluate((window) => window.isFullScreen());
  await pick('New Tab');
  await expect(other.tabs).toHaveCount(2);
  await expect(tabs).toHaveCount(1);
  await pick('Toggle Full Screen');
  await expect.poll(() => isFullScreen(other.page)).toBe(true);
  expect(await isFullScreen(page)).toBe(false);
  await (await carrel.app.browserWindow(page)).evaluate((window) => window.focus());
  await pick('New Tab');
  await expect(tabs).toHaveCount(2);
  await expect(other.tabs).toHaveCount(2);
});

/** The row of the terminal's text that its first line shows. */
function topRow(carrel: Carrel): Promise<number> {
  return carrel.page.evaluate(
    "document.querySelector('.terminal-host').carrelTerminal.buffer.active.viewportY",
  );
}
