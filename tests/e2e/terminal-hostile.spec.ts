import { existsSync, writeFileSync } from 'node:fs';
import type { Carrel } from './harness/carrel.ts';
import { PROMPT } from './harness/home.ts';
import { inTerminal } from './harness/terminal-picture.ts';
import { expect, test } from './harness/test.ts';

const PAYLOAD = 'touch canary\r';
const base64 = Buffer.from(PAYLOAD).toString('base64');

/** What hostile output tries: the clipboard, the title, answers that bring what it wrote, and where links lead. */
const HOSTILE = [
  `\u001b]52;c;${base64}\u0007\u001b]52;c;?\u0007\u001b]1337;Copy=:${base64}\u0007\u001b]1337;CopyToClipboard=\u0007`,
  `\u001b]0;${PAYLOAD}\u202eevil\u0007\u001b]2;evil\nline\u0007\u001b[21t\u001b[20t`,
  `\u001bP$q${PAYLOAD}\u001b\\\u001bP+q${Buffer.from(PAYLOAD).toString('hex')}\u001b\\`,
  `\u001b]4;1;?\u0007\u001b]10;?\u0007\u001b]11;?\u0007\u001b[8;1;1t\u001b[3;0;0t\u001b[9;1t`,
  `\u001bPq#1!2147483647~\u001b\\\u001b_Ga=T,f=24,s=1,v=1;AAAA\u001b\\`,
].join('');
const LINKS = [
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:text/html,evil',
  'vscode://evil',
  'x-man-page://evil',
];

async function print(carrel: Carrel, output: string): Promise<void> {
  writeFileSync(carrel.home.path('output'), output);
  await carrel.type('clear; cat output; cat >/dev/null\n');
}

/** What programs of the page and the person would get. */
async function outside(carrel: Carrel): Promise<unknown> {
  return {
    clipboard: await carrel.page.evaluate('navigator.clipboard.readText()'),
    title: await carrel.page.title(),
    tab: await carrel.tab(0).innerText(),
    url: carrel.page.url(),
    pages: carrel.page.context().pages().length,
  };
}

test('hostile output reaches neither clipboard, title, shell nor a link, live and restored', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  await carrel.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await carrel.page.evaluate(`navigator.clipboard.writeText('kept')`);
  const before = await outside(carrel);
  expect(before).toMatchObject({ clipboard: 'kept' });

  const links = LINKS.map(
    (url) => `\u001b]8;;${url}\u0007link to ${url.split(':')[0]}\u001b]8;;\u0007\r\n`,
  ).join('');
  await print(carrel, `${links}${HOSTILE}end`);
  await carrel.expectTerminal(/link to x-man-page\nend/);
  for (const row of LINKS.keys()) {
    await clickCell(carrel, row);
    await expect(carrel.page.getByRole('tooltip')).toContainText('Not opened');
  }
  expect(await outside(carrel)).toEqual(before);

  // Whatever was answered was read by the program, which ends now.
  await carrel.page.keyboard.press('Control+C');
  await carrel.expectPrompt();
  await carrel.restart();
  await carrel.expectTerminal(
    new RegExp(`link to x-man-page\\nend[^]*── Restored, [\\d:]+ ──\\n${RegExp.escape(PROMPT.trim())}$`),
  );
  expect(await inTerminal(carrel.page, 'terminal.buffer.active.cursorX')).toBe(PROMPT.length);
  const { title } = before as { title: string };
  expect(await carrel.page.title()).toBe(title);
  expect(existsSync(carrel.home.path('canary'))).toBe(false);
});

test('hostile floods leave the window alive', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  const huge = ['L', 'M', 'S', 'T', 'I', 'Z', 'b', '@', 'P', 'X', 'J'].map(
    (final) => `x\u001b[2147483647${final}`,
  );
  const hostile = `${huge.join('').repeat(100)}\u001b]8;;http://a\u0007${'line\r\n'.repeat(5000)}\u001b]8;;\u0007\u001b]4${';1;?'.repeat(5000)}\u0007`;
  const calm = 'line\r\n'.repeat(hostile.length / 6);
  const holds: { calm: number; hostile: number }[] = [];
  const isFine = (hold: { calm: number; hostile: number }) => hold.hostile < Math.max(100, 3 * hold.calm);
  // Another program may have had the processor; what hangs hangs each time.
  while (holds.length < 3 && !holds.some(isFine)) {
    holds.push({ calm: await longestHold(carrel, calm), hostile: await longestHold(carrel, hostile) });
  }
  expect(holds.some(isFine), JSON.stringify(holds)).toBe(true);

  await print(carrel, '\u001b[999;999H\u001b[1J\u001b[Halive');
  await carrel.expectTerminal('alive');
});

/** While the window shows it, the longest time in which the page could do nothing else, in milliseconds. */
async function longestHold(carrel: Carrel, output: string): Promise<number> {
  await carrel.page.evaluate(`{
    const look = () => {
      const now = performance.now();
      globalThis.longestHold = Math.max(globalThis.longestHold ?? 0, now - globalThis.lastLook);
      globalThis.lastLook = now;
    };
    globalThis.longestHold = 0;
    globalThis.lastLook = performance.now();
    clearInterval(globalThis.lookTimer);
    globalThis.lookTimer = setInterval(look, 5);
  }`);
  await print(carrel, `${output}\u001bc\u001b[2J\u001b[Hdone`);
  await carrel.expectTerminal(/^done/, 30_000);
  const longest = await carrel.page.evaluate('(clearInterval(globalThis.lookTimer), globalThis.longestHold)');
  await carrel.page.keyboard.press('Control+C');
  return longest as number;
}

/** With the key that follows links. */
async function clickCell(carrel: Carrel, row: number): Promise<void> {
  const { x, y } = await inTerminal<{ x: number; y: number }>(
    carrel.page,
    `(() => {
      const { left, top } = terminal.element.querySelector('.xterm-screen').getBoundingClientRect();
      const { width, height } = terminal._core._renderService.dimensions.css.cell;
      return { x: left + width * 3, y: top + height * (${row} + 0.5) };
    })()`,
  );
  await carrel.page.mouse.move(x, y + 200);
  await carrel.page.mouse.move(x, y);
  await carrel.page.keyboard.down('Control');
  await carrel.page.mouse.click(x, y);
  await carrel.page.keyboard.up('Control');
}
