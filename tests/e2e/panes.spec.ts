import type { Locator } from '@playwright/test';
import { isRunning } from './harness/processes.ts';
import { readTerminal, type Carrel } from './harness/carrel.ts';
import { expect, test } from './harness/test.ts';

function panes({ terminal }: Carrel): Locator {
  return terminal.getByRole('group', { name: /^Pane \d of \d: / });
}

/** Of one pane. */
function textOf(pane: Locator): Promise<string> {
  return pane.evaluate(readTerminal);
}

async function expectText(pane: Locator, text: string | RegExp): Promise<void> {
  await expect.poll(() => textOf(pane)).toMatch(text);
}

test('a tab has several shells beside one another, each its own, and they come back', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  const { keyboard } = carrel.page;
  await carrel.expectPrompt();
  await carrel.type('cd /tmp && echo $((40+2)) first\n');
  await carrel.expectTerminal('42 first');

  await keyboard.press('Control+Shift+D');
  await expect(panes(carrel)).toHaveCount(2);
  await expectText(panes(carrel).nth(1), /\$/);
  await keyboard.type('pwd; echo $((20+3)) second; cd /\n');
  await expectText(panes(carrel).nth(1), /\/tmp\n23 second/);
  await expect(panes(carrel).nth(1)).toHaveAccessibleName('Pane 2 of 2: /');
  expect(await textOf(panes(carrel).nth(0))).not.toContain('second');

  await keyboard.press('Control+Shift+E');
  await expect(panes(carrel)).toHaveCount(3);
  await expectText(panes(carrel).nth(2), /\$/);
  await keyboard.press('Alt+Shift+ArrowLeft');
  await keyboard.type('echo $((50+5)) again\n');
  await expectText(panes(carrel).nth(0), '55 again');
  await expect(carrel.statusBar.getByRole('button', { name: /^Folder: / })).toHaveAccessibleName(
    'Folder: /tmp',
  );

  await carrel.restart();
  await expect(panes(carrel)).toHaveCount(3);
  await expectText(panes(carrel).nth(0), /55 again[^]*Restored[^]*\$/);
  await expectText(panes(carrel).nth(1), /23 second[^]*Restored[^]*\$/);
  await expect(panes(carrel).nth(1)).toHaveAccessibleName('Pane 2 of 3: /');
  await expect(panes(carrel).nth(0)).toHaveAttribute('data-active', 'true');
});

test('edges move by pointer and keys and stay where they were put', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.page.keyboard.press('Control+Shift+D');
  await expect(panes(carrel)).toHaveCount(2);
  const edge = carrel.terminal.getByRole('separator', { name: 'Pane size' });
  const widthOf = async () => Math.round((await panes(carrel).nth(0).boundingBox())?.width ?? 0);
  const before = await widthOf();
  const box = await edge.boundingBox();
  if (!box) throw new Error('There is no edge');
  await carrel.page.mouse.move(box.x, box.y + 50);
  await carrel.page.mouse.down();
  await carrel.page.mouse.move(box.x - 100, box.y + 80, { steps: 5 });
  await carrel.page.mouse.up();
  await expect.poll(widthOf).toBe(before - 100);
  await edge.focus();
  await carrel.page.keyboard.press('ArrowRight');
  await expect.poll(widthOf).toBe(before - 84);
  await carrel.restart();
  await expect.poll(widthOf).toBe(before - 84);
});

test('a pane is zoomed, swapped and closed with all that runs in it', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  const { keyboard } = carrel.page;
  await carrel.expectPrompt();
  await carrel.type('echo left$((1))\n');
  await keyboard.press('Control+Shift+D');
  await expect(panes(carrel)).toHaveCount(2);
  await expectText(panes(carrel).nth(1), /\$/);
  await keyboard.type('echo right$((1)); sleep 1000 & echo pid:$!:\n');
  await expectText(panes(carrel).nth(1), /pid:\d+:/);
  const pid = Number(/pid:(\d+):/.exec(await textOf(panes(carrel).nth(1)))?.[1]);

  await keyboard.press('Control+Shift+Enter');
  await expect(panes(carrel)).toHaveCount(1);
  await expectText(panes(carrel), 'right1');
  await carrel.terminal.getByRole('button', { name: /^Show all 2 panes/ }).click();
  await expect(panes(carrel)).toHaveCount(2);

  await carrel.runCommand('Swap with the pane at the left');
  await expectText(panes(carrel).nth(0), 'right1');
  await keyboard.type('echo swapped$((1))\n');
  await expectText(panes(carrel).nth(0), 'swapped1');

  await keyboard.press('Control+Shift+X');
  await expect(panes(carrel)).toHaveCount(0);
  await carrel.expectTerminal('left1');
  await expect.poll(() => isRunning(pid)).toBe(false);
  await keyboard.type('echo on$((1))\n');
  await carrel.expectTerminal('on1');
});
