import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import headless from '@xterm/headless';
import { PROJECT_FOLDER } from './harness/desktop.ts';
import type { Carrel } from './harness/carrel.ts';
import {
  inTerminal,
  screenPicture,
  windowPicture,
  type ReadableTerminal,
} from './harness/terminal-picture.ts';
import { expect, test } from './harness/test.ts';

const FOLDER = join(PROJECT_FOLDER, 'tests/fixtures/escape-sequences');
const CASES = readdirSync(FOLDER).flatMap((name) => (name.endsWith('.in') ? name.slice(0, -3) : []));
const SIZE = { cols: 80, rows: 25 };
/** Kept over a restart, one in each tab: wraps, colours, a full screen, scrolled regions. */
const KEPT = ['t0003-line_wrap', 't0502-bash_ls_color', 't0300-vttest1', 't0076-DECSTBM_IL_DL'];

/**
 * Prints each file that it is told after a colon: answers to queries may come before. A second time it does so when it is told
 * by the pipe, which reaches it in a tab that is not shown.
 */
const PRINTER = String.raw`stty -echo; printf 'ready'; mkfifo again 2>/dev/null
while IFS=: read -r answers name; do
  printf '\033c'; cat "${FOLDER}/$name.in"
  read -r answer <again; printf '\033c'; cat "${FOLDER}/$name.in"; touch printed
done`;

test('each conformance case looks as in xterm alone: live, shown again and restored', async ({
  launchDesktop,
}) => {
  // Some hundred screens; far less on a machine that does nothing else.
  test.setTimeout(180_000);
  const carrel = await launchDesktop();
  writeFileSync(carrel.home.path('printer'), PRINTER);
  await startPrinter(carrel);
  await fit(carrel);
  await carrel.newTab();
  await carrel.expectPrompt();
  await carrel.switchTo(0);

  for (const name of CASES) {
    const wanted = await pictureAlone(name);
    await print(carrel, name);
    await expect
      .poll(() => windowPicture(carrel.page), { message: `${name}, live`, intervals: [5] })
      .toBe(wanted);
    await hide(carrel, wanted);
    await carrel.page.keyboard.press('Alt+1');
    await expect
      .poll(() => windowPicture(carrel.page), { message: `${name}, shown again`, intervals: [5] })
      .toBe(wanted);
    await hide(carrel, wanted);
    await printAgain(carrel);
    await carrel.page.keyboard.press('Alt+1');
    await expect
      .poll(() => windowPicture(carrel.page), {
        message: `${name}, printed while it was hidden`,
        intervals: [5],
      })
      .toBe(wanted);
  }

  const screens: string[][] = [];
  for (const [index, name] of KEPT.entries()) {
    if (index > 1) await carrel.newTab();
    await carrel.switchTo(index);
    if (index > 0) await startPrinter(carrel);
    await print(carrel, name);
    const wanted = await pictureAlone(name);
    await expect.poll(() => windowPicture(carrel.page), { message: name }).toBe(wanted);
    screens.push(rowsWithText(wanted));
  }
  await carrel.restart();
  await carrel.expectPrompt();
  await fit(carrel);
  for (const [index, name] of KEPT.entries()) {
    await carrel.switchTo(index);
    const restored = async () => rowsAboveRule(await everyRow(carrel)).slice(-(screens[index]?.length ?? 0));
    await expect.poll(restored, { message: `${name}, restored` }).toEqual(screens[index]);
  }
});

async function startPrinter(carrel: Carrel): Promise<void> {
  await carrel.type('sh printer\n');
  await carrel.expectTerminal(/ready$/);
}

async function print(carrel: Carrel, name: string): Promise<void> {
  await carrel.terminal.getByRole('textbox', { name: 'Terminal input' }).focus();
  await carrel.page.keyboard.insertText(`:${name}`);
  await carrel.page.keyboard.press('Enter');
}

async function hide(carrel: Carrel, picture: string): Promise<void> {
  await carrel.page.keyboard.press('Alt+2');
  await expect.poll(() => windowPicture(carrel.page), { intervals: [5] }).not.toBe(picture);
}

async function printAgain({ home }: Carrel): Promise<void> {
  rmSync(home.path('printed'), { force: true });
  writeFileSync(home.path('again'), '\n');
  await expect.poll(() => existsSync(home.path('printed')), { intervals: [5] }).toBe(true);
}

/** Gives the window the size at which the terminal has that of the cases. */
async function fit(carrel: Carrel): Promise<void> {
  const size = () =>
    inTerminal<{ cols: number; rows: number }>(carrel.page, '({ cols: terminal.cols, rows: terminal.rows })');
  const { cols, rows } = await size();
  const { width, height } = await inTerminal<{ width: number; height: number }>(
    carrel.page,
    'terminal._core._renderService.dimensions.css.cell',
  );
  const window = await carrel.page.evaluate<{ width: number; height: number }>(
    '({ width: innerWidth, height: innerHeight })',
  );
  await carrel.resize({
    width: Math.ceil(window.width + (SIZE.cols - cols) * width),
    height: Math.ceil(window.height + (SIZE.rows - rows) * height),
  });
  await expect.poll(size).toEqual(SIZE);
}

/** What xterm draws without a window. */
async function terminalAlone(name: string): Promise<headless.Terminal> {
  const terminal = new headless.Terminal({ ...SIZE, allowProposedApi: true });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  const input = readFileSync(join(FOLDER, `${name}.in`), 'latin1').replaceAll('\n', '\r\n');
  await new Promise<void>((resolve) => terminal.write(Buffer.from(input, 'latin1'), resolve));
  return terminal;
}

async function pictureAlone(name: string): Promise<string> {
  return screenPicture((await terminalAlone(name)) as unknown as ReadableTerminal);
}

/** Lines above the screen too. */
function everyRow(carrel: Carrel): Promise<string> {
  return inTerminal(
    carrel.page,
    `(${String(screenPicture)})({
      cols: terminal.cols,
      rows: terminal.buffer.active.length,
      buffer: { active: { baseY: 0, cursorX: 0, cursorY: 0, getLine: (row) => terminal.buffer.active.getLine(row) } },
    })`,
  );
}

/** Without the cursor and empty rows at the end. */
function rowsWithText(picture: string): string[] {
  return picture
    .replace(/\ncursor .*$/, '')
    .trimEnd()
    .split('\n');
}

function rowsAboveRule(picture: string): string[] {
  const rows = picture.split('\n');
  return rowsWithText(
    rows
      .slice(
        0,
        rows.findIndex((row) => row.includes('── Restored')),
      )
      .join('\n'),
  );
}
