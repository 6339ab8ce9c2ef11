import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Rectangle } from 'electron';
import type { Carrel } from './harness/carrel.ts';
import { desktopCommand, PROJECT_FOLDER } from './harness/desktop.ts';
import { ended } from './harness/host.ts';
import { isRunning } from './harness/processes.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

const MOVE_KEY = 'Control+Shift+L';

/** Two tabs with a shell each, named left and right; the right one in front. */
async function openTwoTabs(carrel: Carrel): Promise<void> {
  await carrel.expectPrompt();
  await carrel.renameTab(0, 'left');
  await carrel.newTab();
  await carrel.renameTab(1, 'right');
  await carrel.type('echo of-the-right-$((1+1))\n');
  await carrel.expectTerminal('of-the-right-2');
}

/** The process of the shell in front, which says so itself. */
async function shellPid(carrel: Carrel, word: string): Promise<number> {
  await carrel.type(`echo ${word}-$$-\n`);
  const pid = async () => Number(new RegExp(`${word}-(\\d+)-`).exec(await carrel.terminalText())?.[1]);
  await expect.poll(pid).toBeGreaterThan(0);
  return pid();
}

async function boundsOf(carrel: Carrel): Promise<Rectangle> {
  const window = await carrel.app.browserWindow(carrel.page);
  return window.evaluate((window) => window.getBounds());
}

async function place(carrel: Carrel, bounds: Rectangle): Promise<void> {
  const window = await carrel.app.browserWindow(carrel.page);
  await window.evaluate((window, bounds) => window.setBounds(bounds), bounds);
}

async function closeWindow(carrel: Carrel): Promise<void> {
  const window = await carrel.app.browserWindow(carrel.page);
  await window.evaluate((window) => window.close());
}

/** Does what makes the window go, and waits until it has gone. */
async function untilGone({ page }: Carrel, act: () => Promise<void>): Promise<void> {
  const gone = page.waitForEvent('close');
  // The window may be gone before the key has come up again.
  await act().catch((error: unknown) => page.isClosed() || Promise.reject(error));
  await gone;
}

async function expectTabs(carrel: Carrel, titles: string[]): Promise<void> {
  await expect
    .poll(() => carrel.tabs.evaluateAll((tabs) => tabs.map((tab) => tab.getAttribute('aria-label'))))
    .toEqual(titles);
}

test('a tab moves to a new window with its shell, and both windows work at once', async ({
  launchDesktop,
  provider,
}) => {
  const carrel = await launchDesktop({ settings: usualSettings(provider) });
  await openTwoTabs(carrel);
  const pid = await shellPid(carrel, 'before');
  await carrel.message.fill('not sent yet');

  await carrel.page.keyboard.press(MOVE_KEY);
  const other = await carrel.otherWindow();
  await expectTabs(carrel, ['left']);
  await expectTabs(other, ['right']);
  await other.expectTerminal('of-the-right-2');
  await expect(other.message).toHaveValue('not sent yet');
  expect(await shellPid(other, 'after')).toBe(pid);

  await Promise.all([carrel.ask('here', 'm1: here'), other.send('there')]);
  await other.waitForAnswer('m1: there');
  await expect(carrel.conversation).not.toContainText('there');
  await carrel.type('echo on-the-left-$((2+2))\n');
  await other.type('echo on-the-right-$((3+3))\n');
  await carrel.expectTerminal('on-the-left-4');
  await other.expectTerminal('on-the-right-6');
  expect(await carrel.terminalText()).not.toContain('on-the-right');

  await other.newTab();
  await expect(other.tabs).toHaveCount(2);
  await other.page.keyboard.press('Alt+1');
  await expect(other.tab(0)).toHaveAttribute('aria-selected', 'true');
  await expectTabs(carrel, ['left']);
});

test('one window alone answers what a program asks its terminal', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  await carrel.page.keyboard.press(MOVE_KEY);
  const other = await carrel.otherWindow();
  await other.newTab();
  await other.switchTo(0);
  await other.expectPrompt();
  // Asks for the cursor's place again and again, and counts the answers while the tab is moved.
  const script = [
    'stty raw -echo min 0 time 2; asked=0; answered=0',
    'while [ $asked -lt 60 ]; do printf "\\033[6n"; asked=$((asked+1))',
    'answer=$(dd bs=64 count=1 2>/dev/null | tr -cd R)',
    'answered=$((answered+${#answer})); done; stty sane; echo; echo "asked-$asked answered-$answered."',
  ].join('; ');
  await other.type(`${script}\n`);
  await other.runCommand('Move tab to the main window');
  await expectTabs(carrel, ['left', 'right']);
  await carrel.expectTerminal(/asked-60 answered-\d+\./, 40_000);
  const answered = Number(/answered-(\d+)\./.exec(await carrel.terminalText())?.[1]);
  expect(answered).toBeGreaterThan(0);
  expect(answered).toBeLessThanOrEqual(60);
});

test('a tab that is let go outside of the window gets one there', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  const dragTo = async (point: { clientX: number; clientY: number; screenX: number; screenY: number }) => {
    const dataTransfer = await carrel.page.evaluateHandle('new DataTransfer()');
    await carrel.tab(1).dispatchEvent('dragstart', { dataTransfer });
    await carrel.tab(1).dispatchEvent('dragend', { dataTransfer, ...point });
  };
  await dragTo({ clientX: 300, clientY: 400, screenX: 300, screenY: 400 });
  await expectTabs(carrel, ['left', 'right']);
  await dragTo({ clientX: 300, clientY: -60, screenX: 500, screenY: 200 });
  const other = await carrel.otherWindow();
  await expectTabs(other, ['right']);
  await expectTabs(carrel, ['left']);
  expect(await boundsOf(other)).toMatchObject({ x: 360, y: 176 });
});

test("the menu of a tab moves it too, if it is not the window's only one", async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  const item = carrel.page.getByRole('menuitem', { name: 'Move to new window' });
  await carrel.tab(0).click({ button: 'right' });
  await item.click();
  const other = await carrel.otherWindow();
  await expectTabs(other, ['left']);
  await expectTabs(carrel, ['right']);
  await carrel.tab(0).click({ button: 'right' });
  await expect(item).toBeDisabled();
});

test('both windows come back with their tabs and places', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  await carrel.page.keyboard.press(MOVE_KEY);
  const other = await carrel.otherWindow();
  const beside = await boundsOf(other);
  const first = await boundsOf(carrel);
  expect([beside.x - first.x, beside.y - first.y, beside.width]).toEqual([32, 32, first.width]);
  await other.newTab();
  await other.renameTab(1, 'third');
  await other.switchTo(0);
  const [left, right] = [
    { x: 10, y: 20, width: 900, height: 600 },
    { x: 700, y: 300, width: 1000, height: 640 },
  ];
  await place(carrel, left);
  await place(other, right);

  await carrel.restart();
  const again = await carrel.otherWindow();
  await expectTabs(carrel, ['left']);
  await expectTabs(again, ['right', 'third']);
  await expect(again.tab(0)).toHaveAttribute('aria-selected', 'true');
  await again.expectTerminal('of-the-right-2');
  expect([await boundsOf(carrel), await boundsOf(again)]).toEqual([left, right]);

  await carrel.runCommand('Move tab to window: right and 1 more');
  await expectTabs(again, ['left', 'right', 'third']);
  await expect(again.tab(0)).toHaveAttribute('aria-selected', 'true');
  await expect(carrel.page.getByRole('heading', { name: 'No tab is open' })).toBeVisible();
});

test('a window that closes gives its tabs to the other, and their shells run on', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  const pid = await shellPid(carrel, 'before');
  await carrel.page.keyboard.press(MOVE_KEY);
  const other = await carrel.otherWindow();
  await other.expectTerminal('of-the-right-2');
  await other.message.fill('typed as it closed');
  await closeWindow(other);
  await expectTabs(carrel, ['left', 'right']);
  await expect(carrel.tab(0)).toHaveAttribute('aria-selected', 'true');
  await carrel.switchTo(1);
  await expect(carrel.message).toHaveValue('typed as it closed');
  await carrel.expectTerminal('of-the-right-2');
  expect(await shellPid(carrel, 'after')).toBe(pid);
});

test('the main window gives its tabs away as any other, and is not there at the next start', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  const pid = await shellPid(carrel, 'before');
  await carrel.page.keyboard.press(MOVE_KEY);
  const other = await carrel.otherWindow();
  await other.expectTerminal('of-the-right-2');
  await closeWindow(carrel);
  await expectTabs(other, ['left', 'right']);
  expect(isRunning(pid)).toBe(true);
  await carrel.restart();
  expect(carrel.page.url()).toContain('?window=');
  await expectTabs(carrel, ['left', 'right']);
});

test('a window closes with its last tab', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  await carrel.page.keyboard.press(MOVE_KEY);
  const other = await carrel.otherWindow();
  await untilGone(other, () => other.page.keyboard.press('Control+Shift+W'));
  await expectTabs(carrel, ['left']);
  await carrel.runCommand('Reopen closed tab');
  await expectTabs(carrel, ['left', 'right']);
});

test('a window goes when its last tab moves to another', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  await carrel.page.keyboard.press(MOVE_KEY);
  const other = await carrel.otherWindow();
  await untilGone(other, () => other.runCommand('Move tab to the main window'));
  await expectTabs(carrel, ['left', 'right']);
  await expect(carrel.tab(1)).toHaveAttribute('aria-selected', 'true');
});

test('each window is as closed to the outside as the first', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  await carrel.page.keyboard.press(MOVE_KEY);
  const other = await carrel.otherWindow();
  const address = other.page.url();
  await other.page.evaluate("location.assign('https://example.com/')");
  await other.page.evaluate("window.open('https://example.com/')");
  const rename = { sessionId: carrel.sessionId(1), title: 'mine' };
  expect(await other.call('session.rename', rename)).toMatchObject({ ok: true });
  await expectTabs(other, ['mine']);
  expect(other.page.url()).toBe(address);

  // A window with the very same preload, which the app did not open itself.
  const preload = join(PROJECT_FOLDER, 'out/preload/index.cjs');
  const answer = await carrel.app.evaluate(async ({ BrowserWindow }, preload) => {
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload } });
    await stranger.loadURL('carrel://app/index.html?window=main');
    const asked = "carrel.call('app.attach', {}).catch((error) => error.message)";
    return stranger.webContents.executeJavaScript(asked) as Promise<unknown>;
  }, preload);
  expect(answer).toContain('Untrusted IPC sender');
});

test('a second start brings the window used last to the front', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await openTwoTabs(carrel);
  await carrel.page.keyboard.press(MOVE_KEY);
  const other = await carrel.otherWindow();
  const window = await carrel.app.browserWindow(other.page);
  await window.evaluate((window) => window.minimize());
  const { executablePath, args } = desktopCommand();
  const second = spawn(executablePath, args, {
    cwd: carrel.home.userFolder,
    env: carrel.home.environment(),
    stdio: 'ignore',
  });
  await ended(second);
  await expect.poll(() => window.evaluate((window) => window.isMinimized())).toBe(false);
  expect(await other.isInFront()).toBe(true);
});

test('on the web a window is a page, which the page of another opens', async ({ launchWeb }) => {
  const carrel = await launchWeb();
  await openTwoTabs(carrel);
  const pid = await shellPid(carrel, 'before');
  await carrel.runCommand('Move tab to new window');
  const other = await carrel.otherWindow();
  await expectTabs(carrel, ['left']);
  expect(await shellPid(other, 'after')).toBe(pid);
  await other.page.reload();
  await expectTabs(other, ['right']);
  await other.expectTerminal('of-the-right-2');
  await untilGone(other, () => other.page.keyboard.press('Control+Shift+W'));
  await expectTabs(carrel, ['left']);
});

test('on the web the tabs of a page that stays away come to the main window', async ({ launchWeb }) => {
  const carrel = await launchWeb();
  await openTwoTabs(carrel);
  await carrel.runCommand('Move tab to new window');
  const other = await carrel.otherWindow();
  await other.expectTerminal('of-the-right-2');
  await other.page.close();
  await expectTabs(carrel, ['left', 'right']);
  await carrel.switchTo(1);
  await carrel.expectTerminal('of-the-right-2');
});

test('a browser that opens no window offers a link to it', async ({ launchWeb }) => {
  const carrel = await launchWeb();
  await openTwoTabs(carrel);
  await carrel.page.evaluate('window.open = () => null');
  await carrel.runCommand('Move tab to new window');
  await expectTabs(carrel, ['left', 'right']);
  await carrel.notices.getByRole('link', { name: 'Open the window' }).click();
  const other = await carrel.otherWindow();
  await expectTabs(carrel, ['left']);
  await expectTabs(other, ['right']);
  await expect(carrel.notices).toHaveCount(0);
});
