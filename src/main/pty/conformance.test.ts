import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/headless';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Client, eventually, openTerminal, snapshotOf } from './testing/open-terminal.ts';
import { pictureOf, rowsOf } from './testing/picture.ts';

const FOLDER = join(import.meta.dirname, '../../../tests/fixtures/escape-sequences');
const CASES = readdirSync(FOLDER).flatMap((name) => (name.endsWith('.in') ? name.slice(0, -3) : []));
const SIZE = { columns: 80, rows: 25 };
/** What xterm itself draws otherwise. */
const DEVIATIONS = new Set([
  't0005-CR',
  't0007-space_at_end',
  't0055-EL',
  't0084-CBT',
  't0103-reverse_wrap',
  't0504-vim',
]);

/** Of one case to the next. */
const RESET = '\x1bc';

/** Prints the file that it is told after a colon (answers to queries may come before), then a folder by which the test knows that all is on the screen. */
const PRINTER = String.raw`stty -echo
while IFS=: read -r answers name; do printf '\033c'; cat "$FOLDER/$name.in"; printf '\033]7;file:///%s\007' "$name"; done`;

const terminal = openTerminal({ script: PRINTER, environment: { FOLDER } });
let client: Client;

beforeAll(() => {
  terminal.pty.start(SIZE);
  client = new Client(terminal.pty, SIZE);
});

afterAll(async () => {
  client[Symbol.dispose]();
  await terminal[Symbol.asyncDispose]();
});

/** What xterm alone makes of it. */
async function drawn(text: string | Uint8Array): Promise<Terminal> {
  const alone = new Terminal({
    cols: SIZE.columns,
    rows: SIZE.rows,
    scrollback: 1000,
    allowProposedApi: true,
  });
  alone.loadAddon(new UnicodeGraphemesAddon());
  await new Promise<void>((resolve) => alone.write(text, resolve));
  return alone;
}

function screenOf({ buffer: { active }, rows }: Terminal): string {
  const lines = Array.from({ length: rows }, (_, row) =>
    active.getLine(active.baseY + row)?.translateToString(true),
  );
  return `${lines.map((line) => line?.trimEnd()).join('\n')}\n`;
}

it('has all cases', () => {
  expect(CASES).toHaveLength(76);
});

it.each(CASES)(
  '%s: the same screen at once, for a client that comes late, and from the archive',
  async (name) => {
    const input = readFileSync(join(FOLDER, `${name}.in`), 'latin1').replaceAll('\n', '\r\n');
    const alone = await drawn(Buffer.from(RESET + input, 'latin1'));
    terminal.pty.write(`:${name}\r`);
    await eventually(() => expect(terminal.folders).toContain(`/${name}`));

    const late = await drawn(await snapshotOf(terminal.pty));
    expect(pictureOf(late)).toEqual(pictureOf(alone));
    const archived = await drawn((await terminal.pty.serializeIfChanged()) ?? '');
    expect(rowsOf(archived, archived.buffer.normal)).toEqual(rowsOf(alone, alone.buffer.normal));
    await eventually(() => expect(pictureOf(client.terminal)).toEqual(pictureOf(alone)));

    const wanted = readFileSync(join(FOLDER, `${name}.text`), 'utf8');
    expect(screenOf(alone).trimEnd() === wanted.trimEnd()).toBe(!DEVIATIONS.has(name));
  },
);
