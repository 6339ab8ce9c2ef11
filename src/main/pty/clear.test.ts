import { expect, it } from 'vitest';
import { eventually, openTerminal, SIZE, snapshotOf, startClient, Client } from './testing/open-terminal.ts';

it('leaves the prompt with what is typed, for windows, later ones and the archive', async () => {
  await using terminal = openTerminal({ useShellIntegration: true });
  using client = await startClient(terminal);
  client.type("PS1='two\\nrows $ '; seq 500\r");
  await client.sees(/\n500\ntwo\nrows \$ *$/);
  client.type('echo half');
  await client.sees(/rows \$ echo half$/);
  terminal.pty.clear();
  await eventually(() => expect(client.text).toBe('two\nrows $ echo half'));
  client.type(' a-$((1+1))\r');
  await client.sees(/^two\nrows \$ echo half a-\$\(\(1\+1\)\)\nhalf a-2\ntwo\nrows \$$/);
  expect(await snapshotOf(terminal.pty)).not.toMatch(/\n499\r/);
  expect(await terminal.pty.serializeIfChanged()).not.toMatch(/\n499\r/);
  expect(terminal.commands.at(-1)).toMatchObject({ commandLine: 'echo half a-$((1+1))', exitCode: 0 });
});

it("leaves the cursor's row while a program runs, and a program's own screen as it is", async () => {
  await using terminal = openTerminal({
    script: 'seq 100; printf "working"; read line; printf "\\033[?1049hown screen"; read line',
  });
  terminal.pty.start(SIZE);
  using client = new Client(terminal.pty);
  await client.sees(/\nworking$/);
  terminal.pty.clear();
  await eventually(() => expect(client.text).toBe('working'));
  client.type('\r');
  await client.sees('own screen');
  terminal.pty.clear();
  client.type('typed');
  await client.sees('own screentyped');
});

it('is seen by a client that was hidden meanwhile, once it is shown again', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type('seq 2000\r');
  await client.sees(/\n2000\n\$ *$/);
  client.attachment.suspend();
  terminal.pty.clear();
  await eventually(async () => expect(await snapshotOf(terminal.pty)).not.toMatch(/1999\r/));
  client.attachment.resume();
  await eventually(() => expect(client.text).toBe('$'));
});
