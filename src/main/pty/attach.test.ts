import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COALESCE_BYTES, HIGH_WATER_BYTES } from './flow.ts';
import { eventually, Client, openTerminal, SIZE, snapshotOf, startClient } from './testing/open-terminal.ts';

it('gives a late client the same screen, scrollback and modes, whenever it comes', async () => {
  // Sequences and characters of several bytes in a stream without rest: wherever the snapshot cuts, nothing may break.
  const line = String.raw`\033[1;3%dm漢字 %d 🙂 \033]0;title\007ok\033[m\r\n`;
  const script = `i=0; while [ $i -lt 3000 ]; do printf '${line}' $((i % 8)) $i; i=$((i+1)); done
    printf '\\033[?2004h\\033[?1002h\\033[?1006h\\033[?25l\\033[2;20r\\033[7;9H'; read x`;
  await using terminal = openTerminal({ script });
  using first = new Client(terminal.pty);
  terminal.pty.start(SIZE);
  const clients = new DisposableStack();
  const late: Client[] = [];
  while (!first.text.includes(' 2999 ')) {
    if (late.length < 20) late.push(clients.use(new Client(terminal.pty)));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  late.push(clients.use(new Client(terminal.pty)));
  await eventually(() => {
    for (const client of late) expect(client.text).toBe(first.text);
    for (const client of late) expect(client.terminal.modes).toEqual(first.terminal.modes);
    for (const client of late) expect(cursorOf(client)).toEqual(cursorOf(first));
  });
  expect(late.length).toBeGreaterThan(5);
  expect(cursorOf(first)).toEqual([8, 6]);
  clients.dispose();
});

const cursorOf = ({ terminal: { buffer } }: Client) => [buffer.active.cursorX, buffer.active.cursorY];

it('restores margins, hidden cursor and the form of mouse reports for a client that comes late', async () => {
  await using terminal = openTerminal({
    script: `printf '\\033[?1006h\\033[?25l\\033[5 q\\033[2;20r\\033[7;9H'; read x`,
  });
  terminal.pty.start(SIZE);
  const expected = '\x1b[2;20r\x1b[7;9H\x1b[?25l\x1b[?1006h\x1b[5 q';
  await eventually(async () => expect(await snapshotOf(terminal.pty)).toBe(expected));
});

it('sends whole characters, however the program cuts them', async () => {
  const script = String.raw`for part in '\346' '\274' '\242\360\237' '\231' '\202e' '\314' '\201' '\033[3' '1mred'; do
    printf "$part"; sleep 0.02; done; read x`;
  await using terminal = openTerminal({ script });
  using client = new Client(terminal.pty);
  terminal.pty.start(SIZE);
  await client.sees('漢🙂e\u0301red');
  const separately = client.chunks.map((chunk) => new TextDecoder('utf8', { fatal: true }).decode(chunk));
  expect(separately.join('')).toBe('漢🙂e\u0301\x1b[31mred');
});

it('delivers what cannot become a whole character at the end', async () => {
  await using terminal = openTerminal({ script: String.raw`printf 'a\346'` });
  using client = new Client(terminal.pty);
  terminal.pty.start(SIZE);
  await eventually(() =>
    expect(Buffer.concat(client.chunks).subarray(0, 2)).toEqual(Buffer.from([0x61, 0xe6])),
  );
});

it('answers a query once: by the client, or by the mirror when nobody watches', async () => {
  const script = String.raw`stty raw -echo min 0 time 3
    for phase in alone watched alone-again; do
      until [ "$(dd bs=1 count=1 2>/dev/null)" = g ]; do :; done
      for question in 1 2 3 4 5; do printf '\033[6n' >/dev/tty; dd bs=64 count=1 2>/dev/null; done >>answers
      echo "$phase" >>answers; touch $phase
    done`;
  await using terminal = openTerminal({ script });
  const phase = async (name: string) => {
    terminal.pty.write('g');
    await eventually(() => expect(existsSync(join(terminal.home, name))).toBe(true));
  };
  terminal.pty.start(SIZE);
  await phase('alone');
  using client = new Client(terminal.pty);
  await eventually(() => expect(client.kinds).toHaveLength(1));
  await phase('watched');
  client[Symbol.dispose]();
  await phase('alone-again');
  const answers = readFileSync(join(terminal.home, 'answers'), 'utf8')
    .replaceAll('\x1b', '')
    .replaceAll(/\[1;\dR/g, '!');
  expect(answers).toBe('!!!!!alone\n!!!!!watched\n!!!!!alone-again\n');
  expect(client.answers).toHaveLength(5);
});

it('holds the shell while a client does not acknowledge, and not for a client that went away', async () => {
  await using terminal = openTerminal({ script: 'yes' });
  using client = new Client(terminal.pty);
  client.isStuck = true;
  terminal.pty.start(SIZE);
  await eventually(() => expect(client.receivedBytes).toBeGreaterThan(HIGH_WATER_BYTES));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(client.receivedBytes).toBeLessThan(HIGH_WATER_BYTES + COALESCE_BYTES);
  using other = new Client(terminal.pty);
  client[Symbol.dispose]();
  await eventually(() => expect(other.receivedBytes).toBeGreaterThan(HIGH_WATER_BYTES));
});

it('sends an echo at once, and gathers what comes while the client draws', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.isStuck = true;
  const { length } = client.chunks;
  for (const key of 'abcdef') {
    client.type(key);
    await eventually(() => expect(client.output.endsWith(key)).toBe(true));
  }
  expect(client.chunks.slice(length).join('')).toBe('abcdef');
  client.unstick();
  client.type('\x15seq 20000\r');
  await client.sees(/^20000\n\$/m);
  expect(client.receivedBytes / (client.chunks.length - length)).toBeGreaterThan(4096);
});

it('does not hang on a parameter that asks for thousands of millions of repetitions', async () => {
  const huge = ['L', 'M', 'S', 'T', 'I', 'Z', 'b', '@', 'P', 'X']
    .map((final) => `x\\033[2147483647${final}`)
    .join('');
  await using terminal = openTerminal({
    script: `printf '${huge}'; read x; printf '\\033[H\\033[3J\\033[2Jalive'; read x`,
  });
  terminal.pty.start(SIZE);
  terminal.pty.write('\r');
  await eventually(async () => expect(await snapshotOf(terminal.pty)).toMatch(/^alive/));
});
