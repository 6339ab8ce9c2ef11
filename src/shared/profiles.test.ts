import { expect, it } from 'vitest';
import { programKindOf, runsElsewhere } from './profiles.ts';

it.each([
  ['/bin/zsh', 'shell', false],
  ['bash', 'shell', false],
  [String.raw`C:\Windows\System32\cmd.exe`, 'shell', false],
  ['/opt/tools/htop', 'program', false],
  ['', 'program', false],
  ['ssh', 'connection', true],
  ['/usr/bin/mosh', 'connection', true],
  ['docker', 'program', true],
  ['wsl.exe', 'program', true],
])('takes %s for a %s, elsewhere: %s', (command, kind, isElsewhere) => {
  expect([programKindOf(command), runsElsewhere(command)]).toEqual([kind, isElsewhere]);
});
