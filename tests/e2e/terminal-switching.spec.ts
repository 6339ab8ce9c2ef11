import { existsSync, writeFileSync } from 'node:fs';
import type { Carrel } from './harness/carrel.ts';
import { inTerminal } from './harness/terminal-picture.ts';
import { expect, test } from './harness/test.ts';

/** Puts a mark on the terminal that is shown: one that was made anew has none. */
const mark = (carrel: Carrel, name: string) =>
  inTerminal(carrel.page, `(terminal.testMark = ${JSON.stringify(name)})`);
const markOf = (carrel: Carrel) => inTerminal<string | null>(carrel.page, 'terminal.testMark ?? null');

const size = (carrel: Carrel) => inTerminal<string>(carrel.page, '`${terminal.rows} ${terminal.cols}`');

/** Says something in the shell of the tab that is shown, and waits until it is heard. */
async function say(carrel: Carrel, word: string): Promise<void> {
  await carrel.type(`echo "${word}"-heard\n`);
  await carrel.expectTerminal(new RegExp(`\\n${word}-heard\\ncarrel\\$$`));
}

async function openTab(carrel: Carrel): Promise<void> {
  await carrel.newTab();
  await carrel.expectPrompt();
}

/** Prepares work in the tab that is shown; what it gives has it done, in whatever tab, and waits for its end. */
async function prepare(carrel: Carrel, work: string): Promise<() => Promise<void>> {
  const [go, done] = [carrel.home.path('go'), carrel.home.path('done')];
  await carrel.type(`until [ -e go ]; do sleep 0.02; done; ${work}; touch done\n`);
  return async () => {
    writeFileSync(go, '');
    await expect.poll(() => existsSync(done)).toBe(true);
  };
}

test('a tab is as it was left: its lines, place, selection, folds and shell', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.type('seq 100\nseq 30\n');
  await carrel.expectTerminal(/\n30\ncarrel\$$/);
  await carrel.page.keyboard.press('Control+Shift+ArrowUp');
  await carrel.terminal.getByRole('button', { name: 'Command: seq 30, exit 0' }).click();
  await carrel.page.getByRole('menuitem', { name: 'Fold output' }).click();
  const folded = carrel.terminal.getByRole('button', { name: '30 lines folded' });
  await expect(folded).toBeVisible();
  await mark(carrel, 'first');
  await inTerminal(carrel.page, '(terminal.scrollToLine(20), terminal.selectLines(25, 26))');
  const place = () =>
    inTerminal(carrel.page, '`${terminal.buffer.active.viewportY} ${terminal.getSelection()}`');
  const before = await place();

  await openTab(carrel);
  expect(await markOf(carrel)).toBe(null);
  await carrel.switchTo(0);
  await expect.poll(() => markOf(carrel)).toBe('first');
  expect(await place()).toBe(before);
  await inTerminal(carrel.page, 'terminal.scrollToBottom()');
  await expect(folded).toBeVisible();
  await say(carrel, 'first');
  await expect(carrel.terminal.getByRole('textbox', { name: 'Terminal input' })).toBeFocused();
  await carrel.switchTo(1);
  await say(carrel, 'second');
});

test('what happened to a tab, its window and its settings meanwhile is shown', async ({ launchDesktop }) => {
  const carrel = await launchDesktop({
    settings: '[terminal]\ntheme = "Nord"\ntheme_light = "GitHub Light"\n',
  });
  await carrel.page.emulateMedia({ colorScheme: 'dark' });
  await carrel.expectPrompt();
  await mark(carrel, 'first');
  const work = await prepare(carrel, 'seq 2000; stty size');
  await openTab(carrel);
  await carrel.resize({ width: 900, height: 620 });
  await work();
  carrel.home.writeSettings('[terminal]\nfont_size = 17\ntheme = "Nord"\ntheme_light = "GitHub Light"\n');
  await expect.poll(() => inTerminal(carrel.page, 'terminal.options.fontSize')).toBe(17);
  await carrel.page.emulateMedia({ colorScheme: 'light' });
  const look = () =>
    inTerminal(carrel.page, '`${terminal.options.fontSize} ${terminal.options.theme.background}`');
  await expect.poll(look).toBe('17 #ffffff');

  await carrel.switchTo(0);
  await carrel.expectTerminal(/\n1999\n2000\n\d+ \d+\ncarrel\$$/);
  expect(await markOf(carrel)).toBe('first');
  expect(await look()).toBe('17 #ffffff');
  await carrel.type('clear; stty size\n');
  await carrel.expectTerminal(new RegExp(`^${await size(carrel)}\\n`));
});

test('a shell that ended, and one that was started again, are shown in a tab that was hidden', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  const work = await prepare(carrel, 'touch done; exit 3');
  await openTab(carrel);
  await work();
  await carrel.switchTo(0);
  await expect(carrel.terminal.getByRole('alert')).toContainText('exit code 3');
  await carrel.switchTo(1);
  await say(carrel, 'second');
  await carrel.switchTo(0);
  await carrel.page.keyboard.press('Enter');
  await carrel.expectPrompt();
  await say(carrel, 'again');
});

test('tabs that were left long ago are drawn from the core, and closed ones are forgotten', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  for (const index of [0, 1, 2, 3, 4, 5]) {
    if (index > 0) await openTab(carrel);
    await say(carrel, `tab${index}`);
    await mark(carrel, `tab${index}`);
  }
  for (const index of [4, 3, 2, 1, 0]) {
    await carrel.switchTo(index);
    await carrel.expectTerminal(`tab${index}-heard`);
    await say(carrel, 'again');
  }
  expect(await markOf(carrel)).toBe(null);
  await carrel.closeTab();
  await carrel.expectTerminal('tab1-heard');
  await carrel.runCommand('Reopen closed tab');
  await carrel.expectTerminal(/tab0-heard[^]*Restored[^]*carrel\$$/);
});

test('older lines come when they are scrolled to or searched for', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.type('seq 4000\n');
  await carrel.expectTerminal(/\n4000\ncarrel\$$/);
  const firstLine = () =>
    inTerminal(carrel.page, 'terminal.buffer.active.getLine(0).translateToString(true)');
  const isWhole = async () => (await carrel.terminalText()).includes('seq 4000\n1\n2\n3\n');

  await carrel.page.reload();
  await carrel.expectTerminal(/\n4000\ncarrel\$$/);
  expect(await isWhole()).toBe(false);
  await inTerminal(carrel.page, 'terminal.scrollToTop()');
  const top = await firstLine();
  expect(Number(top)).toBeGreaterThan(2000);
  await expect.poll(isWhole).toBe(true);
  // What was at the top still is.
  const shownLine =
    'terminal.buffer.active.getLine(terminal.buffer.active.viewportY).translateToString(true)';
  await expect.poll(() => inTerminal(carrel.page, shownLine)).toBe(top);

  await carrel.page.reload();
  await carrel.expectTerminal(/\n4000\ncarrel\$$/);
  expect(await isWhole()).toBe(false);
  await carrel.page.keyboard.press('Control+Shift+F');
  await carrel.page.keyboard.type('1234');
  await expect(carrel.terminal.getByRole('search').getByRole('status')).toHaveText('1 of 1');
});

test('hidden tabs come back after the connection was lost', async ({ launchWeb }) => {
  const carrel = await launchWeb();
  await carrel.page.addInitScript(() => {
    const page = globalThis as unknown as { WebSocket: typeof WebSocket; sockets: WebSocket[] };
    page.sockets = [];
    page.WebSocket = class extends page.WebSocket {
      constructor(...input: ConstructorParameters<typeof WebSocket>) {
        super(...input);
        page.sockets.push(this);
      }
    };
  });
  await carrel.page.reload();
  await carrel.expectPrompt();
  const work = await prepare(carrel, 'echo "meanwhile"-heard');
  await openTab(carrel);
  await say(carrel, 'second');
  await carrel.page.evaluate('sockets.at(-1).close()');
  await work();
  await expect.poll(() => carrel.page.evaluate('sockets.length')).toBe(2);
  await say(carrel, 'connected');
  await carrel.switchTo(0);
  await carrel.expectTerminal(/\nmeanwhile-heard\ncarrel\$$/);
  await say(carrel, 'first');
});
