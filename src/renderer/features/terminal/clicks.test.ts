import type { Terminal } from '@xterm/xterm';
import { expect, it } from 'vitest';
import { decideRightClick, isForProgram, type Click } from './clicks.ts';

const table: [rightClick: Click['rightClick'], hasSelection: boolean, isPrograms: boolean, action: string][] =
  [
    ['menu', false, false, 'menu'],
    ['menu', true, false, 'menu'],
    ['paste', true, false, 'paste'],
    ['copy_or_paste', true, false, 'copy'],
    ['copy_or_paste', false, false, 'paste'],
    ['menu', true, true, 'nothing'],
    ['paste', false, true, 'nothing'],
    ['copy_or_paste', true, true, 'nothing'],
  ];

it.each(table)(
  'right click %s, selection %s, for a program %s: %s',
  (rightClick, hasSelection, isPrograms, action) => {
    expect(decideRightClick({ rightClick, hasSelection, isPrograms })).toBe(action);
  },
);

it("is a program's click only where it asked for the mouse, without Shift, and not from the keyboard", () => {
  const terminal = (mouseTrackingMode: string) => ({ modes: { mouseTrackingMode } }) as Terminal;
  const click = (button: number, shiftKey = false) => ({ button, shiftKey }) as MouseEvent;
  expect([
    isForProgram(terminal('any'), click(2)),
    isForProgram(terminal('vt200'), click(1)),
    isForProgram(terminal('any'), click(2, true)),
    isForProgram(terminal('any'), click(0)),
    isForProgram(terminal('none'), click(2)),
  ]).toEqual([true, true, false, false, false]);
});
