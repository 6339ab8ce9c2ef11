import { expect, it } from 'vitest';
import type { SessionId } from '../../../../shared/ids.ts';
import type { FinishedCommand } from '../../../../shared/session.ts';
import { endedOutOfSight, LONG_COMMAND_MS } from './long-commands.ts';

const ONE = '1' as SessionId;
const TWO = '2' as SessionId;
const command = (endedAt: number, durationMs = LONG_COMMAND_MS + 1): FinishedCommand => ({
  commandLine: 'make',
  cwd: '/',
  durationMs,
  endedAt,
});
const sessions = (one?: FinishedCommand, two?: FinishedCommand) => ({
  [ONE]: { id: ONE, ...(one && { lastCommand: one }) },
  [TWO]: { id: TWO, ...(two && { lastCommand: two }) },
});

it.each([
  ['a first command', sessions(), sessions(undefined, command(5)), 1],
  ['another command', sessions(undefined, command(5)), sessions(undefined, command(6)), 1],
  ['no news', sessions(undefined, command(5)), sessions(undefined, command(5)), 0],
  ['a short command', sessions(), sessions(undefined, command(5, LONG_COMMAND_MS)), 0],
  ['the tab in front', sessions(), sessions(command(5)), 0],
  ['a tab that has just come', {}, sessions(undefined, command(5)), 0],
  ['a tab that was cleared', sessions(undefined, command(5)), sessions(), 0],
])('tells of %s as it should', (_, before, after, count) => {
  const ended = endedOutOfSight(before, after, ONE);
  expect(ended.map(({ sessionId }) => sessionId)).toEqual(count === 1 ? [TWO] : []);
});
