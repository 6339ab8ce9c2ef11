import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { deflateSync, crc32 } from 'node:zlib';
import type { Carrel } from './harness/carrel.ts';
import { look } from './harness/look.ts';
import { expect, test } from './harness/test.ts';

/** A PNG of one colour, with so many bytes beside it that nothing shows. */
function png(width: number, height: number, rgb: readonly number[], ballast = 0): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const sizes = Buffer.alloc(8);
    sizes.writeUInt32BE(data.length, 0);
    sizes.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([sizes.subarray(0, 4), body, sizes.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const row = Buffer.from([0, ...Array.from({ length: width }, () => rgb).flat()]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('teXt', Buffer.alloc(ballast)),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The colours that the image layer shows, as `r,g,b`. */
function imageColours(carrel: Carrel): Promise<string[]> {
  return carrel.page.evaluate<string[]>(`(() => {
    const canvas = document.querySelector('.xterm-image-layer');
    if (!canvas || !canvas.width) return [];
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) colours.add([...data.slice(at, at + 3)].join());
    return [...colours];
  })()`);
}

test('Sixel and inline images are drawn, long ones too, and none where settings say so', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  const image = (bytes: Buffer) =>
    `\x1b]1337;File=inline=1;size=${bytes.length}:${bytes.toString('base64')}\x07\n`;
  writeFileSync(carrel.home.path('red.six'), `\x1bPq#1;2;100;0;0#1${'!40~-'.repeat(5)}\x1b\\\n`);
  writeFileSync(carrel.home.path('green.iip'), image(png(40, 30, [0, 255, 0])));
  writeFileSync(carrel.home.path('blue.iip'), image(png(40, 30, [0, 0, 255], 300_000)));
  await carrel.type('cat red.six green.iip blue.iip; echo be""low\n');
  await carrel.expectTerminal(/\nbelow\n/);
  await expect
    .poll(() => imageColours(carrel))
    .toEqual(expect.arrayContaining(['255,0,0', '0,255,0', '0,0,255']));
  await look(carrel, 'terminal-images');

  // They stay as long as the window keeps the terminal; one that is drawn anew has none.
  await carrel.newTab();
  await carrel.switchTo(0);
  await expect.poll(() => imageColours(carrel)).toContain('0,255,0');
  await carrel.page.reload();
  await carrel.expectTerminal(/\nbelow\n[^]*carrel\$$/);
  expect(await imageColours(carrel)).toEqual([]);
  carrel.home.writeSettings('[terminal]\nimages = false\n');
  await expect(carrel.page.locator('.xterm-image-layer')).toHaveCount(0);
  await carrel.type('clear; cat red.six green.iip blue.iip; echo no""ne\n');
  await carrel.expectTerminal(/\nnone\n/);
  expect(await imageColours(carrel)).toEqual([]);
});

test('the terminal is cleared down to its prompt, by key, menu and palette', async ({ launchDesktop }) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  const fill = async () => {
    await carrel.type('seq 300\n');
    await carrel.expectTerminal(/\n300\ncarrel\$$/);
  };
  await fill();
  await carrel.type('echo half');
  await carrel.page.keyboard.press('Control+Shift+K');
  await carrel.expectTerminal(/^carrel\$ echo half$/);
  await carrel.type('-done\n');
  await carrel.expectTerminal(/^carrel\$ echo half-done\nhalf-done\ncarrel\$$/);
  await fill();
  await carrel.page.keyboard.press('Shift+F10');
  await carrel.page.getByRole('menuitem', { name: 'Clear' }).click();
  await carrel.expectTerminal(/^carrel\$$/);
  await fill();
  await carrel.runCommand('Clear the terminal');
  await carrel.expectTerminal(/^carrel\$$/);
  // It is gone for good.
  await carrel.restart();
  await carrel.expectTerminal(/Restored/);
  expect(await carrel.terminalText()).not.toContain('299');
});

test('names of files are links from the folder of their command, to the editor of the settings', async ({
  launchDesktop,
}) => {
  const carrel = await launchDesktop();
  await carrel.expectPrompt();
  const { home } = carrel;
  writeFileSync(home.path('edit'), `#!/bin/sh\necho "$@" > '${home.path('told')}'\n`, { mode: 0o755 });
  home.writeSettings(`[terminal]\neditor_command = "'${home.path('edit')}' -g {path}:{line}:{column}"\n`);
  mkdirSync(home.path('project/src'), { recursive: true });
  writeFileSync(home.path('project/src/a.ts'), '');
  await carrel.type('clear; cd project\n');
  await carrel.expectTerminal(/^carrel\$$/);
  await carrel.type("printf '%s\\n' 'src/a.ts:12:3 broke' 'src/gone.ts:1'\n");
  await carrel.expectTerminal(/src\/gone\.ts:1\ncarrel\$$/);
  await carrel.type('cd /\n');
  await carrel.expectTerminal(/cd \/\ncarrel\$$/);
  const host = carrel.terminal.locator('.terminal-host');
  const rowOf = async (text: string) => {
    const lines = (await carrel.terminalText()).split('\n');
    return lines.findIndex((line) => line.startsWith(text)) * 20 + 10;
  };
  const hint = carrel.page.getByRole('tooltip');
  await expect(async () => {
    await host.hover({ position: { x: 300, y: 300 } });
    await host.hover({ position: { x: 30, y: await rowOf('src/a.ts:12') } });
    await expect(hint).toContainText(`${home.path('project/src/a.ts')}:12:3`, { timeout: 1_000 });
  }).toPass();
  await look(carrel, 'terminal-file-link');
  await host.click({ position: { x: 30, y: await rowOf('src/a.ts:12') }, modifiers: ['Control'] });
  await expect
    .poll(() => {
      try {
        return readFileSync(home.path('told'), 'utf8');
      } catch {
        return '';
      }
    })
    .toBe(`-g ${home.path('project/src/a.ts')}:12:3\n`);
  await host.click({ position: { x: 30, y: await rowOf('src/a.ts:12') }, button: 'right' });
  await expect(carrel.page.getByRole('menuitem', { name: 'Open file' })).toBeVisible();
  await carrel.page.getByRole('menuitem', { name: 'Copy path' }).click();
  await expect
    .poll(() => carrel.page.evaluate<string>('navigator.clipboard.readText()'))
    .toBe(`${home.path('project/src/a.ts')}:12:3`);
  await host.hover({ position: { x: 30, y: await rowOf('src/gone.ts') } });
  await expect(hint).toBeHidden();
});

test('names of files are copied where they cannot be opened, and text is copied with its colours', async ({
  launchWeb,
}) => {
  const carrel = await launchWeb({
    context: { permissions: ['clipboard-read', 'clipboard-write'], colorScheme: 'dark' },
  });
  await carrel.expectPrompt();
  writeFileSync(carrel.home.path('notes.md'), '');
  await carrel.type("clear; printf 'notes.md \\e[31mred <b>\\e[0m\\n'\n");
  await carrel.expectTerminal(/^notes\.md red <b>\ncarrel\$$/);
  const host = carrel.terminal.locator('.terminal-host');
  const place = { position: { x: 30, y: 10 } };
  await expect(async () => {
    await host.hover({ position: { x: 300, y: 300 } });
    await host.hover(place);
    await expect(carrel.page.getByRole('tooltip')).toContainText('click to copy', { timeout: 1_000 });
  }).toPass();
  await host.click({ ...place, modifiers: ['Control'] });
  const copied = (type: string) =>
    carrel.page.evaluate<string>(
      `navigator.clipboard.read().then(([item]) => item.getType('${type}')).then((blob) => blob.text())`,
    );
  await expect.poll(() => copied('text/plain')).toBe(carrel.home.path('notes.md'));

  await host.click({ position: { x: 30, y: 10 }, clickCount: 3 });
  await host.click({ position: { x: 30, y: 10 }, button: 'right' });
  await carrel.page.getByRole('menuitem', { name: 'Copy as HTML' }).click();
  await expect.poll(() => copied('text/plain')).toContain('red <b>');
  expect(await copied('text/html')).toMatch(
    /<pre[^]*notes\.md <span style="color:[^"]+">red &lt;b&gt;<\/span>/,
  );
});
