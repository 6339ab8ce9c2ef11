import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { endSession, membersByPs } from './terminal-session.ts';
import { openTerminal, startClient } from './testing/open-terminal.ts';

const started: number[] = [];
afterAll(() => started.forEach((pid) => isAlive(pid) && process.kill(pid, 'SIGKILL')));

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Runs the command line, in which `tell NAME` is a process that writes its id and sleeps; gives the ids. */
async function startProcesses(terminal: ReturnType<typeof openTerminal>, line: string): Promise<number[]> {
  using client = await startClient(terminal, { columns: 200, rows: 24 });
  client.type(`tell() { echo $BASHPID >> pids; exec sleep 300; }; export -f tell\r${line}\r`);
  const pids = () => readFileSync(join(terminal.home, 'pids'), 'utf8').trim().split('\n').map(Number);
  client.type('until [ $(wc -l < pids) -ge 2 ]; do sleep 0.01; done; echo all$((1+1))\r');
  await client.sees('\nall2\n');
  started.push(...pids());
  return pids();
}

it.each([
  ['jobs in the background', 'tell & tell & disown'],
  ['what ignores the hang-up', `(trap '' HUP; tell) & (trap '' HUP TERM INT; tell) &`],
  ['stopped jobs', 'tell & tell & until [ "$(cat pids | wc -l)" = 2 ]; do :; done; kill -STOP %1 %2'],
  ['children of children', `bash -c 'tell & bash -c "tell & wait"' &`],
])('ends %s with the terminal, and resolves when they are gone', async (_, line) => {
  await using terminal = openTerminal();
  const pids = await startProcesses(terminal, line);
  expect(pids.map(isAlive)).toEqual([true, true]);
  const startedAt = performance.now();
  await terminal.pty[Symbol.asyncDispose]();
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(performance.now() - startedAt).toBeLessThan(2000);
});

it('ends what outlived its shell', async () => {
  await using terminal = openTerminal();
  const pids = await startProcesses(terminal, 'tell & tell & disown -a');
  terminal.pty.write('exit\r');
  const deadline = performance.now() + 5000;
  while (terminal.pty.state.status !== 'exited' && performance.now() < deadline)
    await new Promise(setImmediate);
  expect(pids.map(isAlive)).toEqual([true, true]);
  await terminal.pty[Symbol.asyncDispose]();
  expect(pids.map(isAlive)).toEqual([false, false]);
});

it.runIf(process.platform === 'linux')('lets be what was started to stay: setsid and nohup', async () => {
  await using terminal = openTerminal();
  const pids = await startProcesses(terminal, `setsid bash -c tell & nohup bash -c tell > /dev/null 2>&1 &`);
  await terminal.pty[Symbol.asyncDispose]();
  expect(pids.map(isAlive)).toEqual([true, true]);
});

it('closes a flooding terminal whose client hangs', async () => {
  await using terminal = openTerminal();
  using client = await startClient(terminal);
  client.isStuck = true;
  client.type('yes\r');
  while (client.receivedBytes < 1_000_000) await new Promise(setImmediate);
  const startedAt = performance.now();
  await terminal.pty[Symbol.asyncDispose]();
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

it('finds the processes of a terminal by ps, as it does where there is no /proc', async () => {
  await using terminal = openTerminal();
  const pids = await startProcesses(terminal, 'tell & tell &');
  const { state } = terminal.pty;
  if (state.status !== 'running') throw new Error('The shell does not run');
  using client = await startClient(terminal);
  client.type('tty > name\r');
  await client.sees('tty > name\n$');
  const session = { leader: state.pid, terminal: readFileSync(join(terminal.home, 'name'), 'utf8').trim() };
  expect(await membersByPs(session)).toEqual(expect.arrayContaining([state.pid, ...pids]));
  await endSession(session, membersByPs);
  expect([state.pid, ...pids].map(isAlive)).toEqual([false, false, false]);
});
