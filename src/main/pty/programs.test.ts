import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findProgram } from './shell.ts';
import {
  eventually,
  type Client,
  openTerminal,
  type OpenedTerminal,
  startClient,
} from './testing/open-terminal.ts';
import type { TerminalSize } from './types.ts';

// Real work: each program runs in a real shell, watched by a client that acknowledges. What is not installed is skipped.

const isMissing = (program: string) => findProgram(program, process.env) === undefined;

/** Resizes the window, and waits until the program has drawn itself anew: many throw away what is typed before. */
async function resize({ pty }: OpenedTerminal, client: Client, size: TerminalSize): Promise<void> {
  const { receivedBytes } = client;
  client.terminal.resize(size.columns, size.rows);
  pty.resize(size);
  while (client.receivedBytes === receivedBytes) await nextTurn();
}

/** Of the event loop. */
const nextTurn = () => new Promise(setImmediate);

it.skipIf(isMissing('vim'))('edits a file in vim, through a resize, and gives the screen back', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type('echo before; vim -u NONE -N note.txt\r');
  await client.sees('"note.txt" [New]');
  client.type('ihello 漢字 🙂\x1b');
  await client.sees('hello 漢字 🙂');
  // What vim still prints for Escape must not be taken for the drawing of the new size.
  await eventually(() => expect(client.screen).not.toContain('INSERT'));
  await resize(terminal, client, { columns: 60, rows: 12 });
  client.type(':set lines? columns?\r');
  await client.sees(/lines=12[^]*columns=60/);
  client.type('\r:wq\r');
  await client.sees(/before\n[^]*\$$/);
  client.type('cat note.txt\r');
  await client.sees(/^hello 漢字 🙂$/m);
  expect(readFileSync(join(terminal.home, 'note.txt'), 'utf8')).toBe('hello 漢字 🙂\n');
});

it.skipIf(isMissing('less'))('pages in less, and shows the rows again that a resize brought', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type('seq 1000 | less\r');
  await client.sees(/^23$/m);
  client.type('G');
  await client.sees(/^1000$/m);
  await resize(terminal, client, { columns: 80, rows: 10 });
  client.type('g');
  await client.sees(/^1\n2\n3\n4\n5\n6\n7\n8\n9\n:$/);
  client.type('q');
  await client.sees(/\$$/);
  expect(client.screen).toBe('$ seq 1000 | less\n$');
});

it.skipIf(isMissing('top'))('runs top and leaves it', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type('top -d 0.2\r');
  await client.sees(/load average[^]*PID/);
  client.type('q');
  await client.sees(/\$$/);
  client.type('echo left=$?\r');
  await eventually(() => expect(client.screen).toContain('left=0'));
});

it.skipIf(isMissing('git'))('shows git log in a pager', async () => {
  await using terminal = openTerminal({
    environment: { GIT_PAGER: 'less', GIT_CONFIG_GLOBAL: '/dev/null', LESS: '' },
  });
  const git = (...parts: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...parts], {
      cwd: terminal.home,
    });
  git('init', '--quiet');
  for (let number = 1; number <= 12; number += 1)
    git('commit', '--quiet', '--allow-empty', '-m', `change ${number}`);
  using client = await startClient(terminal);
  client.type('git log\r');
  await client.sees(/change 12[^]*\n:$/);
  client.type('G');
  await client.sees(/ change 1\n/);
  client.type('q');
  await eventually(() => expect(client.screen).toBe('$ git log\n$'));
});

it('brings 10 MB whole, never more than the limit ahead of the client', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  const lines = 100_000;
  writeFileSync(join(terminal.home, 'big'), `${'x'.repeat(99)}\n`.repeat(lines));
  const before = client.receivedBytes;
  client.type('stty -echo; cat big; printf "the %s\\n" end\r');
  await client.sees('the end');
  const expected = lines * 101;
  expect(client.receivedBytes - before).toBeGreaterThanOrEqual(expected);
  expect(client.receivedBytes - before).toBeLessThan(expected + 500);
  expect(client.greatestUnacknowledgedBytes).toBeLessThan(1.2 * 1024 * 1024);
});

it('answers Ctrl-C in a flood within a second', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type('yes "$(printf "%070d" 0)"\r');
  while (client.receivedBytes < 5_000_000) await nextTurn();
  const startedAt = performance.now();
  client.type('\x03');
  await client.sees(/\^C\n\$$/);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

it('edits lines by characters, not bytes, where the program leaves it to the terminal', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type('echo ready; cat | od -An -c\r');
  await client.sees(/^ready$/m);
  client.type('a漢\x7fb\r\x04');
  await eventually(() => expect(client.screen).toMatch(/^ +a +b +\\n$/m));
});
