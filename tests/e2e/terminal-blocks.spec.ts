import type { Locator } from '@playwright/test';
import type { Carrel } from './harness/carrel.ts';
import { look, VIEWS } from './harness/look.ts';
import { usualSettings } from './harness/settings.ts';
import { expect, test } from './harness/test.ts';

test.describe('command blocks', () => {
  let carrel: Carrel;

  test.beforeEach(async ({ launchDesktop, provider }) => {
    carrel = await launchDesktop({ settings: usualSettings(provider) });
    await carrel.expectPrompt();
  });

  const mark = (name: string | RegExp): Locator => carrel.terminal.getByRole('button', { name });
  const marks = (): Locator => mark(/^Command: /);
  const names = (): Promise<(string | null)[]> =>
    marks().evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));

  async function choose(block: string, action: string): Promise<void> {
    await mark(block).click();
    await carrel.page.getByRole('menuitem', { name: action }).click();
  }

  test('each command has a mark that says how it ended, and fakes have none', async () => {
    await carrel.type('true\n(exit 3)\n');
    await carrel.type(`printf '\\e]633;C\\a\\e]633;D;9\\a\\e]133;C\\a\\e]633;T;0123456789abcdef0123\\a'\n`);
    await carrel.type('sleep 100\n');
    await expect(mark('Command: sleep 100, running')).toBeVisible();
    await carrel.page.keyboard.press('Control+C');
    await expect(mark('Command: sleep 100, exit 130')).toBeVisible();
    expect((await names()).map((name) => name?.replace(/printf .*, /, 'printf, '))).toEqual([
      'Command: true, exit 0',
      'Command: (exit 3), exit 3',
      'Command: printf, exit 0',
      'Command: sleep 100, exit 130',
    ]);
    await expect(carrel.terminal.getByText('exit 3', { exact: true })).toBeVisible();
  });

  test('marks stand beside their commands through a new size, another tab, a program and a restart', async () => {
    await carrel.type(`echo ${'long '.repeat(40)}\nfalse\n`);
    const wanted = [expect.stringMatching(/^Command: echo long .*, exit 0$/), 'Command: false, exit 1'];
    await expect.poll(names).toEqual(wanted);
    await carrel.resize({ width: 900, height: 620 });
    await expect.poll(() => textBeside(carrel, 'Command: false, exit 1')).toBe('carrel$ false');
    await carrel.newTab();
    await carrel.expectPrompt();
    await expect(marks()).toHaveCount(0);
    await carrel.switchTo(0);
    await expect.poll(names).toEqual(wanted);
    await carrel.type('vim -u NONE -N\n');
    await expect(marks()).toHaveCount(0);
    await carrel.type(':q\n');
    await expect.poll(names).toEqual([...wanted, 'Command: vim -u NONE -N, exit 0']);
    await carrel.restart();
    await carrel.expectPrompt();
    await expect.poll(names).toEqual([...wanted, 'Command: vim -u NONE -N, exit 0']);
    await expect.poll(() => textBeside(carrel, 'Command: false, exit 1')).toBe('carrel$ false');
    await carrel.type('clear\n');
    await expect(marks()).toHaveCount(0);
    await carrel.type('true\n');
    await expect.poll(names).toEqual(['Command: true, exit 0']);
  });

  test('keys go from block to block, and typing goes on to the shell', async () => {
    await carrel.type('echo one\nseq 200\necho three\n');
    await expect(mark('Command: echo three, exit 0')).toBeVisible();
    await carrel.page.keyboard.press('Control+Shift+ArrowUp');
    await expect(mark('Command: echo three, exit 0')).toBeFocused();
    await carrel.page.keyboard.press('Control+Shift+ArrowUp');
    await expect(mark('Command: seq 200, exit 0')).toBeFocused();
    await expect(carrel.terminal.getByRole('toolbar', { name: 'Command block' })).toBeVisible();
    await carrel.page.keyboard.press('ArrowUp');
    await expect(mark('Command: echo one, exit 0')).toBeFocused();
    await carrel.page.keyboard.press('Control+Shift+ArrowDown');
    await expect(mark('Command: seq 200, exit 0')).toBeFocused();
    await carrel.page.keyboard.type('echo typed-$((1+1))\n');
    await carrel.expectTerminal('\ntyped-2\n');
  });

  test('a long output keeps its command in sight while it is scrolled through', async () => {
    await carrel.type('seq 500\n');
    await carrel.expectTerminal(/\n500\ncarrel\$$/);
    await expect(mark('Command: seq 500, exit 0')).toBeHidden();
    await carrel.page.keyboard.press('Shift+PageUp');
    const sticky = mark('Go to command: seq 500, exit 0');
    await expect(sticky).toBeVisible();
    await sticky.click();
    await expect(mark('Command: seq 500, exit 0')).toBeVisible();
    await expect(sticky).toBeHidden();
  });

  test('output is folded, comes back whole, and a new size leaves it folded', async () => {
    await carrel.type('seq 40\n');
    await carrel.expectTerminal(/\n40\ncarrel\$$/);
    await carrel.page.keyboard.press('Control+Shift+ArrowUp');
    await choose('Command: seq 40, exit 0', 'Fold output');
    const folded = carrel.terminal.getByRole('button', { name: '40 lines folded' });
    await expect(folded).toBeVisible();
    expect(await carrel.terminalText()).toMatch(/seq 40\n1\ncarrel\$$/);
    await carrel.resize({ width: 900, height: 620 });
    await expect(folded).toBeVisible();
    await carrel.type('echo after\n');
    await carrel.expectTerminal(/\nafter\ncarrel\$$/);
    await folded.click();
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1).join('\n');
    await carrel.expectTerminal(`seq 40\n${numbers}\ncarrel$ echo after\nafter\ncarrel$`);
  });

  test('a command is copied, run again and asked about', async () => {
    await carrel.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = () => carrel.page.evaluate<string>('navigator.clipboard.readText()');
    const line = `printf 'a\\nb'; (exit 4)`;
    await carrel.type(`${line}\n`);
    const name = `Command: ${line}, exit 4`;
    await choose(name, 'Copy output');
    await expect.poll(clipboard).toBe('a\nb');
    await choose(name, 'Copy command');
    await expect.poll(clipboard).toBe(line);
    await choose(name, 'Ask about this');
    const attached = carrel.agent.getByRole('list', { name: 'Attachments' }).getByRole('listitem');
    await expect(attached).toHaveText([`${line}exit 4`]);
    await carrel.type('half a comm');
    await mark(name).first().click({ button: 'right' });
    await carrel.page.getByRole('menuitem', { name: 'Run again' }).click();
    await expect(mark(name)).toHaveCount(2);
  });

  test('a long command that ends in another tab is told of', async () => {
    test.slow();
    await carrel.type('sleep 11; (exit 2)\n');
    await expect(mark(/running$/)).toBeVisible();
    await carrel.newTab();
    const card = carrel.page.getByRole('region', { name: 'Ended commands' }).getByRole('status');
    await expect(card).toContainText('sleep 11; (exit 2)', { timeout: 20_000 });
    await expect(card).toContainText(/after 11 s, exit 2/);
    await card.getByRole('button', { name: 'Go to tab' }).click();
    await expect(carrel.tab(0)).toHaveAttribute('aria-selected', 'true');
    await expect(card).toBeHidden();
  });
});

/** What the terminal shows on the row that a mark stands beside. */
function textBeside(carrel: Carrel, name: string): Promise<string> {
  return carrel.terminal.getByRole('button', { name }).evaluate((button: Element) => {
    type Buffer = { viewportY: number; getLine(row: number): { translateToString(trim: boolean): string } };
    type Host = Element & { carrelTerminal: { rows: number; buffer: { active: Buffer } } };
    const region = button.closest('section');
    const host = region?.querySelector<Host>('.terminal-host');
    const screen = region?.querySelector('.xterm-screen');
    if (!host || !screen) return '';
    const { top, height } = screen.getBoundingClientRect();
    const { rows, buffer } = host.carrelTerminal;
    const box = button.getBoundingClientRect();
    const row = Math.floor((box.top + box.height / 2 - top) / (height / rows));
    return buffer.active.getLine(buffer.active.viewportY + row).translateToString(true);
  });
}

for (const [name, context] of VIEWS) {
  test(`command blocks look right: ${name}`, async ({ launchWeb, provider }) => {
    const carrel = await launchWeb({ settings: usualSettings(provider), context });
    await carrel.expectPrompt();
    const lines = [
      'ls --color=always -la / | head -6',
      `printf '\\e[31mFAIL\\e[0m src/refresh.test.ts\\n  expected 200\\n  to be 401\\n'; (exit 1)`,
      'seq 80 | column -c 60',
      'sleep 0.3',
    ];
    for (const line of lines) {
      await carrel.type(`${line}\n`);
      await carrel.expectPrompt();
    }
    await carrel.type('sleep 30\n');
    await expect(carrel.terminal.getByText(/^Running/)).toBeVisible();
    await look(carrel, `blocks-${name}`);
    for (let step = 0; step < 4; step += 1) await carrel.page.keyboard.press('Control+Shift+ArrowUp');
    const printf = carrel.terminal.getByRole('button', { name: /^Command: printf/ });
    await expect(printf).toBeFocused();
    await look(carrel, `blocks-${name}-current`);
    await carrel.page.keyboard.press('Enter');
    await expect(carrel.page.getByRole('menuitem', { name: 'Copy output' })).toBeVisible();
    await look(carrel, `blocks-${name}-menu`);
    await carrel.page.keyboard.press('Escape');
    // A menu gives the focus back in a task of its own.
    await expect(printf).toBeFocused();
    await carrel.page.keyboard.press('Escape');
    await carrel.page.keyboard.press('Control+C');
    await carrel.type('seq 300\n');
    await carrel.expectTerminal(/300\ncarrel\$/);
    await carrel.page.keyboard.press('Shift+PageUp');
    await expect(carrel.terminal.getByRole('button', { name: /^Go to command: seq 300/ })).toBeVisible();
    await look(carrel, `blocks-${name}-sticky`);
  });
}
