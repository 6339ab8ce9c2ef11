import { Terminal } from '@xterm/headless';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { expect, it } from 'vitest';
import {
  eventually,
  Client,
  linesOf,
  openTerminal,
  reaches,
  SIZE,
  startClient,
} from './testing/open-terminal.ts';

/** Characters, styles where they change, and wraps of every line. */
function picture(terminal: Terminal): string[] {
  const buffer = terminal.buffer.normal;
  return Array.from({ length: buffer.length }, (_, row) => {
    const line = buffer.getLine(row);
    let text = line?.isWrapped ? '↩' : '';
    let style = '';
    // The cell that a wide character left free when it did not fit is no one's.
    const next = buffer.getLine(row + 1);
    const columns = next?.isWrapped && next.getCell(0)?.getWidth() === 2 ? terminal.cols - 1 : terminal.cols;
    for (let column = 0; column < columns; column += 1) {
      const cell = line?.getCell(column);
      if (!cell || cell.getWidth() === 0) continue;
      // Of an empty cell only the background can be seen.
      const ink = cell.getChars().trim() && [
        cell.isBold(),
        cell.isItalic(),
        cell.isDim(),
        cell.getFgColorMode(),
        cell.getFgColor(),
      ];
      const now = [ink, cell.isInverse(), cell.isUnderline(), cell.getBgColorMode(), cell.getBgColor()].join(
        ' ',
      );
      text += (now === style ? '' : `<${now}>`) + (cell.getChars() || ' ');
      style = now;
    }
    return text;
  });
}

async function drawn(text: string): Promise<Terminal> {
  const terminal = new Terminal({
    cols: SIZE.columns,
    rows: SIZE.rows,
    scrollback: 1000,
    allowProposedApi: true,
  });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  await new Promise<void>((resolve) => terminal.write(text, resolve));
  return terminal;
}

/** Numbers from 0 to `below` in an order that only the seed decides (mulberry32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const PIECES = [
  'word ',
  '漢字',
  '🙂',
  'e\u0301',
  '👩‍💻',
  'x'.repeat(70),
  '漢'.repeat(45),
  '\r\n',
  '\r\n',
  '\r\n',
  '\t',
  '\x1b[31m',
  '\x1b[38;5;200m',
  '\x1b[48;2;5;1;22m',
  '\x1b[22;1;3;4m',
  '\x1b[7m',
  '\x1b[22;2m',
  '\x1b[m',
  '\x1b[K',
  '\x1b[5C',
] as const;

it('restores text, colours, wide characters and wraps as they were', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const number = numbersFrom(seed);
    const drawing = Array.from({ length: 400 }, () => PIECES[number(PIECES.length)]).join('');
    await using terminal = openTerminal({ script: `cat <<'END'\n${drawing}\x1b[m\nEND` });
    using client = new Client(terminal.pty);
    terminal.pty.start(SIZE);
    await reaches(terminal, 'exited');
    await new Promise<void>((resolve) => client.terminal.write('', resolve));
    const text = (await terminal.pty.serializeIfChanged()) ?? '';
    expect(picture(await drawn(text)), `seed ${seed}`).toEqual(picture(client.terminal));
  }
});

it('serialises only when something was printed since', async () => {
  await using terminal = openTerminal({ scrollback: 10 });
  expect(await terminal.pty.serializeIfChanged()).toBeUndefined();
  using client = await startClient(terminal);
  client.type('seq 100\r');
  await client.sees(/^100\n\$/m);
  const text = (await terminal.pty.serializeIfChanged()) ?? '';
  expect(
    linesOf(await drawn(text), 0)
      .split('\n')
      .slice(0, 2),
  ).toEqual(['68', '69']);
  expect(await terminal.pty.serializeIfChanged()).toBeUndefined();
  client.type('x');
  await eventually(async () => expect(await terminal.pty.serializeIfChanged()).toContain('$ x'));
});

it('keeps the lines of the shell, not the alternate screen, of a program that fills it', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type(`echo kept; printf '\\033[?1049h\\033[Hin the way\\033[?2004h'; sleep 100\r`);
  await client.sees('in the way');
  const text = (await terminal.pty.serializeIfChanged()) ?? '';
  const restored = await drawn(text);
  expect([restored.buffer.active.type, restored.modes.bracketedPasteMode]).toEqual(['normal', false]);
  expect(linesOf(restored, 0)).toMatch(/\nkept$/);
  expect(text).not.toContain('way\x1b');
});

it('draws a restored screen first, asks nothing, and starts the shell below a rule', async () => {
  const savedAt = new Date(2024, 1, 2, 9, 5).getTime();
  // A cursor left in the middle, and a query that must not be typed into the shell.
  const text = `first\r\nsecond\x1b[c\x1b[6n\r\nthird\x1b[1;1H`;
  await using terminal = openTerminal({ readRestored: () => ({ text, savedAt }) });
  using client = await startClient(terminal);
  client.type('echo $((40+2))\r');
  await client.sees('first\nsecond\nthird\n── Restored, 09:05 ──\n$ echo $((40+2))\n42\n$');
  const rule = client.terminal.buffer.active.getLine(3)?.getCell(0);
  expect(rule?.isDim()).toBeTruthy();
});

it('draws ten thousand restored lines before the first byte of the shell', async () => {
  const text = Array.from({ length: 10_000 }, (_, line) => `line ${line} ${'x'.repeat(60)}`).join('\r\n');
  await using terminal = openTerminal({ readRestored: () => ({ text, savedAt: Date.now() }) });
  using client = await startClient(terminal);
  expect(client.text).toMatch(/line 9999 x+\n── Restored, \d\d:\d\d ──\n\$$/);
});
