import { expect, it } from 'vitest';
import type { Mark } from '../../shared/command-block.ts';
import { CommandTracker, parseFolderUrl } from './marks.ts';

it.each([
  ['file:///tmp', '/tmp'],
  ['file://localhost/a%20b', '/a b'],
  ['file://here/%E6%BC%A2%1B', '/漢'],
  ['file://elsewhere/tmp', undefined],
  ['file:///%ZZ', undefined],
  ['https://here/tmp', undefined],
])('takes the folder from %s', (payload, expected) => {
  expect(parseFolderUrl(payload, 'here')).toBe(expected);
});

const at = (now: number, typedText = '') => ({ now, typedText: () => typedText });
const ran = (line: string): Mark[] => [{ type: 'command-line', text: line }, { type: 'command-start' }];

it('puts a command together with the folder that it ran in', () => {
  const tracker = new CommandTracker('/home');
  for (const mark of ran('cd /tmp')) tracker.accept(mark, at(1000));
  const command = tracker.accept({ type: 'command-end', exitCode: 0 }, at(1250));
  tracker.accept({ type: 'folder', path: '/tmp' }, at(1251));
  const next = tracker.accept({ type: 'command-end', exitCode: 0 }, at(1300));
  expect([command, next]).toEqual([
    { commandLine: 'cd /tmp', exitCode: 0, cwd: '/home', durationMs: 250, endedAt: 1250 },
    undefined,
  ]);
});

it.each([
  ['takes the line from the screen when the shell does not tell', '', 'make', 'make'],
  ['forgets a line that begins with a space', ' secret', '', ''],
  ['forgets it also when it is read from the screen', '', ' secret', ''],
])('%s', (_, told, typed, expected) => {
  const tracker = new CommandTracker('/');
  for (const mark of ran(told)) tracker.accept(mark, at(0, typed));
  expect(tracker.accept({ type: 'command-end' }, at(1))).toMatchObject({ commandLine: expected });
});
