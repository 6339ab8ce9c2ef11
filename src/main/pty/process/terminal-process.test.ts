import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  eventually,
  openTerminal,
  reaches,
  snapshotOf,
  startClient,
  SIZE,
} from '../testing/open-terminal.ts';
import { TerminalProcess } from './terminal-process.ts';

/** The fourth field of `/proc/PID/stat`. */
function parentOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
}

function shellOf({ pty }: ReturnType<typeof openTerminal>): number {
  if (pty.state.status !== 'running') throw new Error('The shell does not run');
  return pty.state.pid;
}

const isRunning = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

it.runIf(process.platform === 'linux')(
  'runs all shells in one process, which ends with the last terminal',
  async () => {
    const terminals = new TerminalProcess();
    const first = openTerminal({ terminals });
    const second = openTerminal({ terminals });
    for (const terminal of [first, second]) (await startClient(terminal))[Symbol.dispose]();
    const pid = parentOf(shellOf(first));
    expect(pid).not.toBe(process.pid);
    expect(parentOf(shellOf(second))).toBe(pid);
    await first[Symbol.asyncDispose]();
    expect(isRunning(pid)).toBe(true);
    await second[Symbol.asyncDispose]();
    expect(isRunning(pid)).toBe(false);
  },
);

it.runIf(process.platform === 'linux')(
  'says that a shell is gone when its process died, ends what the shell started, and starts another on demand',
  async () => {
    const terminals = new TerminalProcess();
    await using watched = openTerminal({ terminals });
    await using hidden = openTerminal({
      terminals,
      readRestored: () => ({ text: 'kept text', savedAt: Date.now() }),
    });
    await using ended = openTerminal({ terminals, script: 'exit 3' });
    using client = await startClient(watched);
    (await startClient(hidden))[Symbol.dispose]();
    ended.pty.start(SIZE);
    await reaches(ended, 'exited');
    client.type(`(trap '' HUP; echo $BASHPID > pid; exec sleep 300) & cd /\r`);
    const stubborn = await eventually(() =>
      Number(readFileSync(`${watched.home}/pid`, 'utf8').trim() || NaN),
    );
    await eventually(() => expect(watched.folders).toContain('/'));
    const saving = watched.pty.serializeIfChanged();
    process.kill(parentOf(shellOf(watched)), 'SIGKILL');
    await saving;
    const message = 'The process that runs the terminals ended (signal SIGKILL), and this shell with it.';
    for (const terminal of [watched, hidden]) {
      await eventually(() => expect(terminal.states.at(-1)).toEqual({ status: 'failed', message }));
    }
    expect(ended.states.at(-1)).toEqual({ status: 'exited', exitCode: 3 });
    await eventually(() => expect(isRunning(stubborn)).toBe(false));
    expect(await watched.pty.serializeIfChanged()).toBeUndefined();

    watched.pty.restart();
    client.type('pwd\r');
    await client.sees(/\$ pwd\n\/\n\$$/);
    expect(await snapshotOf(hidden.pty)).toContain('kept text');
    hidden.pty.restart();
    (await startClient(hidden))[Symbol.dispose]();
    expect(parentOf(shellOf(hidden))).toBe(parentOf(shellOf(watched)));
  },
);

it('leaves it to the app when to end: Ctrl-C in the terminal that started it ends no shell', async () => {
  const terminals = new TerminalProcess();
  await using terminal = openTerminal({ terminals });
  using client = await startClient(terminal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.kill(parentOf(shellOf(terminal)), signal);
  client.type('echo alive-$((1+1))\r');
  await client.sees('alive-2');
  expect(terminal.states).toEqual([{ status: 'running', pid: expect.any(Number) }]);
});

it('fails a terminal, and goes on, when the process cannot be started', async () => {
  let forks = 0;
  const terminals = new TerminalProcess((_, { exited }) => {
    forks += 1;
    setImmediate(() => exited('exit code 1'));
    return { post() {}, kill() {} };
  });
  await using terminal = openTerminal({ terminals });
  terminal.pty.start(SIZE);
  await reaches(terminal, 'failed');
  terminal.pty.start(SIZE);
  await eventually(() => expect(terminal.states).toHaveLength(2));
  expect(forks).toBe(2);
});
