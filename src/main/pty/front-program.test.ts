import { chmodSync, writeFileSync } from 'node:fs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { FrontProgram } from './front-program.ts';
import { eventually, openTerminal, startClient } from './testing/open-terminal.ts';

it.runIf(process.platform === 'linux')(
  'tells which program is in front, by its own name, and when it is the shell again',
  async () => {
    await using terminal = openTerminal();
    using client = await startClient(terminal);
    writeFileSync(`${terminal.home}/deploy.sh`, '#!/bin/sh\nread line\n');
    chmodSync(`${terminal.home}/deploy.sh`, 0o755);
    const last = () => terminal.programs.at(-1);
    const runs = async (command: string, program: string) => {
      client.type(`${command}\r`);
      await eventually(() => expect(last()).toBe(program));
      client.type('\u0003');
      await eventually(() => expect(last()).toBeUndefined());
    };
    await runs('sleep 300', 'sleep');
    await runs('./deploy.sh', 'deploy.sh');
    await runs(`${process.execPath} -e 'setInterval(Object, 1000)'`, 'node');
    // The program that the group is named after has ended.
    await runs('true | cat - /dev/tty', 'cat');
    expect(terminal.programs).toEqual([
      'sleep',
      undefined,
      'deploy.sh',
      undefined,
      'node',
      undefined,
      'cat',
      undefined,
    ]);
  },
);

it('looks while something happens, and has no timer when nothing does', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let program: string | undefined = 'vim';
  let looks = 0;
  const told: (string | undefined)[] = [];
  const look = () => {
    looks += 1;
    return program;
  };
  using front = new FrontProgram(look, (name) => told.push(name));
  front.notice();
  vi.runAllTimers();
  expect([looks, told, vi.getTimerCount()]).toEqual([1, ['vim'], 0]);
  // What comes shortly before a look is followed by another, which tells no news.
  front.notice();
  front.notice();
  vi.runAllTimers();
  expect([looks, told, vi.getTimerCount()]).toEqual([3, ['vim'], 0]);
  program = undefined;
  front.notice();
  vi.runAllTimers();
  expect(told).toEqual(['vim', undefined]);
});
