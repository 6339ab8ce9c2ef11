import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { TerminalPty } from './pty.ts';
import { eventually, openTerminal, startClient } from './testing/open-terminal.ts';
import type { Pty } from './types.ts';

const TABS = 10;
const ROUNDS = 8;
/** Until everything that is made once has been made. */
const WARM_UP_ROUNDS = 3;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What this process holds. */
function holdings() {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  return {
    bytes: heapUsed + arrayBuffers,
    counts: { descriptors: readdirSync('/proc/self/fd').length, children: children.length },
  };
}

async function openUseAndClose(open: () => AsyncDisposable & { readonly pty: Pty }): Promise<void> {
  const tabs = Array.from({ length: TABS }, open);
  await Promise.all(
    tabs.map(async ({ pty }) => {
      using client = await startClient({ pty });
      client.type('seq 2000\r');
      await client.sees(/^2000\n.*[$#]$/m);
      await pty.serializeIfChanged();
    }),
  );
  await Promise.all(tabs.map((tab) => tab[Symbol.asyncDispose]()));
}

function openHere() {
  const ignore = () => {};
  const pty = new TerminalPty(
    {
      shell: '/bin/bash',
      cwd: '/',
      environment: { PATH: process.env['PATH'], HOME: '/nowhere' },
      scrollback: 1000,
      useShellIntegration: false,
      listener: { stateChanged: ignore, cwdChanged: ignore, commandFinished: ignore, programChanged: ignore },
    },
    () => undefined,
  );
  return { pty, [Symbol.asyncDispose]: () => pty[Symbol.asyncDispose]() };
}

it.runIf(process.platform === 'linux').each([
  ['in the process of the terminals', openHere],
  ['in the app', () => openTerminal()],
])(
  'gives processes, descriptors and memory back %s, however many tabs are opened',
  async (_, open) => {
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await openUseAndClose(open);
    const before = holdings();
    for (let round = 0; round < ROUNDS; round += 1) await openUseAndClose(open);
    await eventually(() => {
      const after = holdings();
      expect(after.counts).toEqual(before.counts);
      // A single screen of those that were closed holds more.
      expect(after.bytes - before.bytes).toBeLessThan(2_000_000);
    });
  },
  60_000,
);
