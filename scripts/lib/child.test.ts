import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { captureChild, runChild } from './child.mjs';

/** Counts the signals that it gets, and ends in order a little after the first. */
const SERVER = `
  const seen = [];
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => {
    seen.push(signal);
    if (seen.length === 1) setTimeout(() => { console.log(seen.join()); process.exit(0); }, 300);
  });
  setInterval(() => {}, 1000);
  console.log('ready');`;

/** A process group as a terminal makes one: a frame that runs the server. */
async function startFrame(): Promise<{ frame: ChildProcess; lines: AsyncIterator<string> }> {
  const program = `
    import { runChild } from ${JSON.stringify(join(import.meta.dirname, 'child.mjs'))};
    process.exitCode = await runChild(process.execPath, ['-e', ${JSON.stringify(SERVER)}]);`;
  const args = ['--input-type=module', '-e', program];
  const frame = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  onTestFinished(() => {
    if (frame.exitCode === null && frame.pid) process.kill(-frame.pid, 'SIGKILL');
  });
  const lines = createInterface({ input: frame.stdout })[Symbol.asyncIterator]();
  expect(await lines.next()).toMatchObject({ value: 'ready' });
  return { frame, lines };
}

it.each([
  ['SIGTERM', 'SIGINT'],
  ['SIGINT', 'SIGTERM'],
  ['SIGHUP', 'SIGTERM'],
] as const)('passes %s on as %s, once', async (signal, passedOn) => {
  const { frame, lines } = await startFrame();
  const exit = once(frame, 'exit');
  frame.kill(signal);
  frame.kill(signal);
  expect(await lines.next()).toMatchObject({ value: passedOn });
  expect(await exit).toEqual([0, null]);
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'lets a child end in order when all get %s',
  async (signal) => {
    const { frame, lines } = await startFrame();
    const exit = once(frame, 'exit');
    process.kill(-(frame.pid ?? Number.NaN), signal);
    expect((await lines.next()).value).toMatch(new RegExp(`\\b${signal}\\b`));
    expect(await exit).toEqual([0, null]);
  },
);

it('tells how a program ended', async () => {
  expect(await runChild(process.execPath, ['-e', 'process.exit(3)'])).toBe(3);
  expect(await runChild(process.execPath, ['-e', "process.kill(process.pid, 'SIGKILL')"])).toBe(137);
  await expect(runChild('carrel-no-such-program', [])).rejects.toThrow('ENOENT');
});

it('keeps all that a program writes', async () => {
  const program = "console.log('out'); console.error('error'); process.exitCode = 2";
  const { exitCode, output } = await captureChild(process.execPath, ['-e', program]);
  expect({ exitCode, lines: output.split('\n').toSorted() }).toEqual({
    exitCode: 2,
    lines: ['', 'error', 'out'],
  });
});
