import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COALESCE_BYTES, HIGH_WATER_BYTES } from './flow.ts';
import { Client, eventually, openTerminal, SIZE, startClient } from './testing/open-terminal.ts';

const LINES = 100_000;
/** Colours and characters of several bytes: wherever a snapshot cuts, nothing may break. */
const flood = Array.from(
  { length: LINES },
  (_, line) => `\x1b[3${line % 8}m漢字 🙂\x1b[m ${line} ${'x'.repeat(line % 90)}\r\n`,
).join('');

/** Of the process that runs the shell of this terminal, in bytes. */
function memoryOf({ pty }: ReturnType<typeof openTerminal>): number {
  if (pty.state.status !== 'running') throw new Error('The shell does not run');
  const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pty.state.pid}/status`, 'utf8'))?.[1];
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${parent}/status`, 'utf8'))?.[1]) * 1024;
}

it.runIf(process.platform === 'linux')(
  'holds a flood back for a window that hangs, keeps other tabs quick, and delivers all when it goes on',
  async () => {
    await using flooding = openTerminal({ script: 'read go; stty raw; cat flood; read end' });
    writeFileSync(join(flooding.home, 'flood'), flood);
    using client = new Client(flooding.pty);
    flooding.pty.start(SIZE);
    await using other = openTerminal();
    using typist = await startClient(other);
    await eventually(() => expect(flooding.states).toHaveLength(1));
    const before = memoryOf(flooding);

    client.isStuck = true;
    client.type('\r');
    await eventually(() => expect(client.receivedBytes).toBeGreaterThan(HIGH_WATER_BYTES));
    const delaysMs: number[] = [];
    for (const key of 'abcdefghijklmnopqrst') {
      const startedAt = performance.now();
      typist.type(key);
      while (!typist.output.endsWith(key)) await new Promise(setImmediate);
      delaysMs.push(performance.now() - startedAt);
    }
    expect(delaysMs.toSorted((one, two) => one - two)[10]).toBeLessThan(100);
    expect(client.receivedBytes).toBeLessThan(HIGH_WATER_BYTES + COALESCE_BYTES);
    expect(memoryOf(flooding) - before).toBeLessThan(50 * 1024 * 1024);

    client.unstick();
    const clients = new DisposableStack();
    const late: Client[] = [];
    while (client.receivedBytes < Buffer.byteLength(flood)) {
      if (late.length < 5) late.push(clients.use(new Client(flooding.pty)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await client.sees(` ${LINES - 1} `);
    expect(client.output.endsWith(flood)).toBe(true);
    await eventually(() => {
      for (const { text } of late) expect(text).toBe(client.text);
    });
    clients.dispose();
  },
  30_000,
);
