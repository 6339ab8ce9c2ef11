import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HIGH_WATER_BYTES } from './flow.ts';
import { Client, eventually, openTerminal, SIZE, startClient } from './testing/open-terminal.ts';

it('goes on without a snapshot where nothing was printed meanwhile', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.attachment.suspend();
  client.attachment.resume();
  client.type('echo on$((1))\r');
  await client.sees(/^on1\n\$/m);
  expect(client.kinds).toEqual(['snapshot']);
});

it('sends nothing to a client that is suspended, and then what the screen shows', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  using watching = new Client(terminal.pty);
  client.attachment.suspend();
  const received = client.receivedBytes;
  client.type('echo unseen$((1))\r');
  await watching.sees(/^unseen1\n\$/m);
  expect(client.receivedBytes).toBe(received);
  client.attachment.resume();
  await client.sees(/^unseen1\n\$/m);
  expect(client.text).toBe(watching.text);
  expect(client.kinds).toEqual(['snapshot', 'snapshot']);
});

it('shows a screen that was broken anew meanwhile', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.attachment.suspend();
  terminal.pty.resize({ columns: SIZE.columns + 7, rows: SIZE.rows });
  terminal.pty.resize(SIZE);
  client.attachment.resume();
  await eventually(() => expect(client.kinds).toEqual(['snapshot', 'snapshot']));
});

it('misses nothing, however quickly it comes and goes', async () => {
  const script = `i=0; while [ $i -lt 20000 ]; do echo "line $i 漢字"; i=$((i+1)); done; echo end; read x`;
  await using terminal = openTerminal({ script });
  using watching = new Client(terminal.pty);
  using client = new Client(terminal.pty);
  terminal.pty.start(SIZE);
  let rounds = 0;
  while (!watching.text.endsWith('end')) {
    client.attachment.suspend();
    client.attachment.resume();
    if (rounds % 3 === 0) client.attachment.suspend();
    if (rounds % 5 === 0) client.attachment.sendAllLines();
    await new Promise((resolve) => setTimeout(resolve, rounds % 7));
    client.attachment.resume();
    rounds += 1;
  }
  await eventually(() => expect(client.text).toBe(watching.text));
  // However quick the machine is.
  expect(rounds).toBeGreaterThan(3);
});

it('holds no program back', async () => {
  await using terminal = openTerminal({ script: 'yes' });
  using client = new Client(terminal.pty);
  client.isStuck = true;
  terminal.pty.start(SIZE);
  await eventually(() => expect(client.receivedBytes).toBeGreaterThan(HIGH_WATER_BYTES));
  using watching = new Client(terminal.pty);
  client.attachment.suspend();
  await eventually(() => expect(watching.receivedBytes).toBeGreaterThan(2 * HIGH_WATER_BYTES));
});

it('leaves the answers to queries to the headless screen', async () => {
  const script = String.raw`stty raw -echo; printf ready; read go; printf '\033[6n'; dd bs=1 count=6 >answer 2>/dev/null; mv answer answered; read end`;
  await using terminal = openTerminal({ script });
  using client = new Client(terminal.pty);
  terminal.pty.start(SIZE);
  await client.sees('ready');
  client.attachment.suspend();
  terminal.pty.write('\n');
  const answer = () => readFileSync(join(terminal.home, 'answered'), 'latin1');
  expect(await eventually(answer)).toBe('\x1b[1;6R');
  expect(client.answers).toEqual([]);
});
