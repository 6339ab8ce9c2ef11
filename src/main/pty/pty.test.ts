import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually, Client, openTerminal, reaches, SIZE, startClient } from './testing/open-terminal.ts';

it('delivers every byte of 60 commands that end at once', async () => {
  const script = 'head -c 65536 /dev/zero | tr "\\0" a';
  const received: number[] = [];
  for (let run = 0; run < 60; run += 1) {
    await using terminal = openTerminal({ script });
    using client = new Client(terminal.pty);
    terminal.pty.start(SIZE);
    await reaches(terminal, 'exited');
    received.push(client.output.split('a').length - 1);
  }
  expect(new Set(received)).toEqual(new Set([65536]));
});

it('delivers the end of an output that the client was too slow for', async () => {
  const script = 'head -c 1060000 /dev/zero | tr "\\0" a; printf THE-END';
  await using terminal = openTerminal({ script });
  using client = new Client(terminal.pty);
  client.isStuck = true;
  terminal.pty.start(SIZE);
  await reaches(terminal, 'exited');
  expect([client.output.split('a').length - 1, client.output.includes('THE-END')]).toEqual([1_060_000, true]);
});

it('tells exit code and signal, keeps the text, and starts a new shell below it', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type('printf "\\033[?1049h\\033[?1000h"; exit 7\r');
  await reaches(terminal, 'exited');
  terminal.pty.restart();
  await client.sees(/\$ printf.*exit 7\n\$$/);
  client.type('kill -9 $$\r');
  await eventually(() => expect(terminal.states).toHaveLength(4));
  expect(terminal.states).toEqual([
    { status: 'running', pid: expect.any(Number) },
    { status: 'exited', exitCode: 7 },
    { status: 'running', pid: expect.any(Number) },
    { status: 'exited', exitCode: 0, signal: 9 },
  ]);
  expect(client.terminal.modes.mouseTrackingMode).toBe('none');
});

it.each([
  ['/nowhere/shell', 'The shell "/nowhere/shell" was not found.'],
  ['no-such-shell', 'The shell "no-such-shell" was not found.'],
  ['/etc/passwd', 'The shell "/etc/passwd" may not be run.'],
])('fails with words for a person when the shell is %s', async (shell, words) => {
  await using terminal = openTerminal({ shell });
  using client = new Client(terminal.pty, { columns: 200, rows: 5 });
  terminal.pty.start({ columns: 200, rows: 5 });
  const message = `${words} Set defaults.shell in settings.toml to the path of a shell.`;
  await eventually(() => expect(terminal.states).toEqual([{ status: 'failed', message }]));
  await client.sees(message);
});

it('finds a shell by name, and the login shell when none is named', async () => {
  for (const shell of ['bash', '']) {
    await using terminal = openTerminal({ shell, environment: { SHELL: '/bin/bash' } });
    using client = await startClient(terminal);
    client.type('echo $BASH\r');
    await eventually(() => expect(client.screen).toContain('/bash\n'));
  }
});

it('starts in the home folder, and says so, when the folder is gone', async () => {
  await using terminal = openTerminal({ cwd: '/nowhere/at all' });
  using client = await startClient(terminal);
  client.type('pwd\r');
  await client.sees(`/nowhere/at all cannot be opened: this shell starts in ${homedir()}.`);
  await client.sees(`\n${homedir()}\n`);
  await eventually(() => expect(terminal.folders).toEqual([homedir()]));
});

it("gives the shell the user's environment, its own marks and nothing that came with the start", async () => {
  await using terminal = openTerminal({
    environment: { USER_OWN: 'a b', BASH_ENV: '/dev/null', 'BASH_FUNC_f%%': '() { :; }' },
  });
  using client = await startClient(terminal, { columns: 200, rows: 50 });
  client.type('tr "\\0" "\\n" < /proc/$$/environ | sort; echo SHLVL=$SHLVL\r');
  await client.sees('\nSHLVL=1\n');
  const names = [...client.screen.matchAll(/^([\w%]+)=/gm)].map(([, name]) => name);
  expect(new Set(names)).toEqual(
    new Set(
      'BASH_ENV BASH_FUNC_f%% COLORTERM HOME LANG PATH PWD SHLVL TERM TERM_PROGRAM TERM_PROGRAM_VERSION USER_OWN'.split(
        ' ',
      ),
    ),
  );
});

it.runIf(process.platform === 'linux')('lets no shell inherit a descriptor of another terminal', async () => {
  await using first = openTerminal();
  await using second = openTerminal();
  await using third = openTerminal({ shell: '/bin/dash' });
  for (const terminal of [first, second, third]) (await startClient(terminal))[Symbol.dispose]();
  for (const { pty } of [first, second, third]) {
    if (pty.state.status !== 'running') throw new Error('The shell does not run');
    const folder = `/proc/${pty.state.pid}/fd`;
    const open = readdirSync(folder).map((name) => readlinkSync(join(folder, name)));
    // Its own terminal, under both its names.
    expect(open.filter((path) => path !== open[0] && path !== '/dev/tty')).toEqual([]);
    expect(open[0]).toMatch(/^\/dev\/pts\/\d+$/);
  }
});

it('gives descriptors and processes back', async () => {
  const count = () => readdirSync('/proc/self/fd').length;
  {
    await using terminal = openTerminal();
    (await startClient(terminal))[Symbol.dispose]();
  }
  const before = count();
  for (let round = 0; round < 5; round += 1) {
    await using terminal = openTerminal();
    (await startClient(terminal))[Symbol.dispose]();
  }
  await eventually(() => expect(count()).toBe(before));
});

it('writes a paste of a megabyte whole to a program that reads slowly', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.type('stty raw -echo; echo ready; (sleep 0.1; head -c 1000000 > pasted); stty sane\r');
  await client.sees(/^ready/m);
  const paste = 'ä漢🙂x'.repeat(100_000);
  terminal.pty.write(paste);
  await client.sees(/\$ *$/);
  await eventually(() => expect(readFileSync(join(terminal.home, 'pasted'), 'utf8')).toBe(paste));
});

it('clamps sizes that no terminal can have', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  for (const [columns, rows, shown] of [
    [0, -5, '1 2'],
    [5000, Number.NaN, '1 1000'],
    [99.9, 30, '30 99'],
  ] as const) {
    terminal.pty.resize({ columns, rows });
    client.type('stty size\r');
    await eventually(() => expect(client.output.replaceAll(/\s+/g, ' ')).toContain(` ${shown} `));
  }
});
