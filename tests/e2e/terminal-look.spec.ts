import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { look } from './harness/look.ts';
import { expect, test } from './harness/test.ts';

type Options = Readonly<Record<string, unknown>> & { readonly theme: Readonly<Record<string, string>> };

/** Options of the terminal as xterm has them, also while a dialog hides it from assistive technology. */
function options(carrel: Carrel): Promise<Options> {
  return carrel.page.locator('.terminal-host').evaluate((host) => {
    const { options } = (host as unknown as { carrelTerminal: { options: Options } }).carrelTerminal;
    return { ...options };
  });
}

const background = async (carrel: Carrel) => (await options(carrel)).theme['background'];

async function openThemes(carrel: Carrel): Promise<Locator> {
  await carrel.runCommand('Choose a terminal theme');
  const picker = carrel.page.getByRole('dialog', { name: 'Choose a terminal theme' });
  await expect(picker).toBeVisible();
  return picker;
}

const COLOURS =
  "printf '\\e[31mred \\e[32mgreen \\e[33myellow \\e[34mblue \\e[35mmagenta \\e[36mcyan\\e[0m\\n'; ls /usr\n";

for (const view of ['dark', 'light'] as const) {
  test(`a theme is previewed, given up with Escape and kept with Enter: ${view}`, async ({ launchWeb }) => {
    const context = { colorScheme: view, viewport: { width: view === 'dark' ? 1280 : 800, height: 820 } };
    const carrel = await launchWeb({ settings: '# mine\n[terminal]\nfont_size = 14\n', context });
    await carrel.expectPrompt();
    await carrel.type(COLOURS);
    await carrel.expectTerminal('magenta cyan');
    const before = await background(carrel);

    const picker = await openThemes(carrel);
    await picker.getByRole('combobox', { name: 'Search themes' }).fill('solar');
    await expect.poll(() => background(carrel)).toBe('#002b36');
    await look(carrel, `theme-picker-${view}`);
    await carrel.page.keyboard.press('Escape');
    await expect(picker).toBeHidden();
    await expect.poll(() => background(carrel)).toBe(before);
    expect(carrel.home.readSettings()).not.toContain('theme');

    await openThemes(carrel);
    await carrel.page.keyboard.type('catppuccin latte');
    await carrel.page.keyboard.press('Enter');
    await expect(picker).toBeHidden();
    await expect.poll(() => background(carrel)).toBe('#eff1f5');
    expect(carrel.home.readSettings()).toBe(
      '# mine\n[terminal]\nfont_size = 14\ntheme = "Catppuccin Latte"\n',
    );
    // What lies over the terminal follows it, in whatever window.
    await expect(carrel.terminal).toHaveCSS('color-scheme', 'light');
    await look(carrel, `theme-latte-${view}`);
  });
}

test('a file in the themes folder is a theme, and a broken one is told of', async ({ launchDesktop }) => {
  const carrel = await launchDesktop({ settings: '[terminal]\ntheme = "my own"\n' });
  await expect(carrel.notices).toContainText('terminal.theme is neither a built-in theme nor a file');
  const folder = join(carrel.home.folder, 'themes');
  mkdirSync(folder);
  const lines = Array.from(
    { length: 16 },
    (_, index) => `palette = ${index}=#${String(index).repeat(6).slice(0, 6)}`,
  );
  writeFileSync(join(folder, 'broken.json'), '{');
  writeFileSync(join(folder, 'My Own'), ['background = 102030', 'foreground = #ffeedd', ...lines].join('\n'));
  await expect.poll(() => background(carrel)).toBe('#102030');
  await expect(carrel.notices).toContainText('broken.json: It is not a JSON object.');
  await expect(carrel.notices).not.toContainText('neither');
});

test('settings of the terminal are in use, and change at once', async ({ launchDesktop }) => {
  const carrel = await launchDesktop({
    settings: `[terminal]
font_weight = 300
line_height = 1.2
letter_spacing = 1
minimum_contrast = 1
scroll_speed = 3
cursor_style = "bar"
cursor_inactive_style = "underline"
cursor_blink = true
word_separators = " "
smooth_scrolling = true
theme = "Nord"
theme_light = "GitHub Light"
`,
  });
  await carrel.expectPrompt();
  expect(await options(carrel)).toMatchObject({
    fontWeight: 300,
    letterSpacing: 1,
    minimumContrastRatio: 1,
    scrollSensitivity: 3,
    cursorStyle: 'bar',
    cursorInactiveStyle: 'underline',
    cursorBlink: true,
    wordSeparator: ' ',
    smoothScrollDuration: 125,
  });
  await carrel.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect.poll(() => background(carrel)).toBe('#2e3440');
  expect(await options(carrel)).toMatchObject({ cursorBlink: false, smoothScrollDuration: 0 });
  await carrel.page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => background(carrel)).toBe('#ffffff');
  carrel.home.writeSettings('[terminal]\ncursor_style = "underline"\n');
  await expect.poll(async () => (await options(carrel))['cursorStyle']).toBe('underline');
});

test('text is zoomed by keys, over a restart too', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  const size = async () => (await options(carrel))['fontSize'];
  await carrel.type('');
  for (const _ of [1, 2, 3]) await carrel.page.keyboard.press('Control+Shift+Equal');
  await carrel.page.keyboard.press('Control+Shift+Minus');
  await expect.poll(size).toBe(15);
  await carrel.restart();
  await carrel.expectPrompt();
  expect(await size()).toBe(15);
  await carrel.page.keyboard.press('Control+Shift+Digit0');
  await expect.poll(size).toBe(13);
});

test('the menu copies, pastes, selects and finds, by mouse and by keys', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.type('echo https://a.example/path\n');
  await carrel.expectTerminal('\nhttps://a.example/path\n');
  const menu = carrel.page.getByRole('menu', { name: 'Terminal menu' });
  const clipboard = () => carrel.page.evaluate<string>('navigator.clipboard.readText()');

  const host = carrel.terminal.locator('.terminal-host');
  await host.hover({ position: { x: 60, y: 30 } });
  await expect(carrel.page.getByRole('tooltip')).toContainText('https://a.example/path');
  await host.click({ button: 'right', position: { x: 60, y: 30 } });
  await expect(menu).toBeVisible();
  await look(carrel, 'terminal-menu');
  await menu.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect.poll(clipboard).toBe('https://a.example/path');

  await carrel.page.keyboard.press('Shift+F10');
  await expect(menu).toBeVisible();
  await expect(menu.getByRole('menuitem', { name: 'Copy', exact: true })).toBeDisabled();
  await expect(menu.getByRole('menuitem', { name: 'Open link' })).toBeHidden();
  await carrel.page.keyboard.press('p');
  await carrel.page.keyboard.press('Enter');
  await carrel.expectTerminal(/carrel\$ https:\/\/a\.example\/path$/);

  await carrel.page.keyboard.press('ContextMenu');
  await menu.getByRole('menuitem', { name: 'Select all' }).click();
  await carrel.page.keyboard.press('ContextMenu');
  await menu.getByRole('menuitem', { name: 'Copy', exact: true }).click();
  await expect.poll(clipboard).toContain('carrel$ echo');

  await carrel.page.keyboard.press('ContextMenu');
  await menu.getByRole('menuitem', { name: 'Find' }).click();
  await expect(carrel.page.getByRole('textbox', { name: 'Find in terminal' })).toBeFocused();
});

test('selecting copies, the right button pastes, where settings say so', async ({ launchDesktop }) => {
  const carrel = await launchDesktop({
    settings: '[terminal]\ncopy_on_select = true\nright_click = "copy_or_paste"\n',
  });
  await carrel.expectPrompt();
  await carrel.type('echo one-word');
  await carrel.expectTerminal(/^carrel\$ echo one-word$/);
  const host = carrel.terminal.locator('.terminal-host');
  await host.dblclick({ position: { x: 120, y: 10 } });
  const clipboard = () => carrel.page.evaluate<string>('navigator.clipboard.readText()');
  await expect.poll(clipboard).toBe('one-word');
  // The first takes the selection away, the second finds none.
  await host.click({ button: 'right', position: { x: 120, y: 10 } });
  await host.click({ button: 'right', position: { x: 120, y: 10 } });
  await carrel.expectTerminal(/^carrel\$ echo one-wordone-word$/);
});

test('ligatures are drawn, the middle button and screen readers are heard, where settings say so', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop({
    settings: '[terminal]\nligatures = true\nmiddle_click_paste = false\nscreen_reader = "on"\n',
  });
  await carrel.expectPrompt();
  await carrel.type("echo 'a => b !== c' '-->'\n");
  const signs = () => carrel.page.locator('.xterm-rows span').allTextContents();
  await expect.poll(signs).toEqual(expect.arrayContaining(['=>', '!==', '-->']));
  await expect(carrel.terminal.locator('.xterm')).toHaveCSS('font-feature-settings', '"calt"');
  await look(carrel, 'terminal-ligatures');
  await expect(carrel.terminal.locator('.xterm-accessibility')).toContainText('a => b');

  const isPrevented = async () => {
    const heard = carrel.page.evaluate<boolean>(
      "new Promise((resolve) => addEventListener('mouseup', (event) => resolve(event.defaultPrevented), { once: true }))",
    );
    await carrel.terminal.locator('.terminal-host').click({ button: 'middle' });
    return await heard;
  };
  expect(await isPrevented()).toBe(true);
  carrel.home.writeSettings('');
  await expect.poll(signs).not.toContain('=>');
  expect(await isPrevented()).toBe(false);
});

test('bell and progress are shown', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.type("printf '\\e]9;4;1;40\\a'\n");
  const bar = carrel.terminal.getByRole('progressbar', { name: 'Progress' });
  await expect(bar).toHaveAttribute('value', '40');
  await look(carrel, 'terminal-progress');
  await carrel.type("printf '\\e]9;4;0;0\\a'\n");
  await expect(bar).toBeHidden();
  // It is there for so short a time that looking now and then may miss it.
  const rung = carrel.page.evaluate(`new Promise((resolve) =>
    new MutationObserver(() => document.querySelector('.terminal-bell') && resolve())
      .observe(document.body, { childList: true, subtree: true }))`);
  await carrel.type("printf '\\a'\n");
  await rung;
  await expect(carrel.terminal.locator('.terminal-bell')).toBeHidden();
});

test('the search knows case, words and patterns, and each tab its own', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.type("clear; printf 'Cat cat category\\ncot\\n'\n");
  await carrel.expectTerminal(/^Cat cat category\ncot\n/);
  await carrel.page.keyboard.press('Control+Shift+F');
  const bar = carrel.terminal.getByRole('search');
  const field = bar.getByRole('textbox', { name: 'Find in terminal' });
  const hits = bar.getByRole('status');
  await field.fill('cat');
  await expect(hits).toHaveText(/of 3$/);
  await bar.getByRole('button', { name: 'Match case' }).click();
  await expect(hits).toHaveText(/of 2$/);
  await bar.getByRole('button', { name: 'Whole words' }).click();
  await expect(hits).toHaveText('1 of 1');
  await bar.getByRole('button', { name: 'Regular expression' }).click();
  await field.fill('c(at');
  await expect(hits).toHaveText('No pattern');
  await field.fill('c[ao]t');
  await expect(hits).toHaveText(/of 2$/);
  await look(carrel, 'terminal-find');
  await carrel.newTab();
  await carrel.page.keyboard.press('Control+Shift+F');
  await expect(field).toHaveValue('');
  await carrel.switchTo(0);
  await carrel.page.keyboard.press('Control+Shift+F');
  await expect(field).toHaveValue('c[ao]t');
  await carrel.page.keyboard.press('Enter');
  await expect(hits).toHaveText(/of 2$/);
});
