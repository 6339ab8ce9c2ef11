import { Terminal } from '@xterm/headless';
import { expect, it } from 'vitest';
import { createOlderLines } from './older-lines.ts';

/** A window with ten rows of a terminal; `snapshot` is one that came. */
function open() {
  const terminal = new Terminal({ cols: 20, rows: 10, scrollback: 100, allowProposedApi: true });
  const render = Promise.withResolvers<() => void>();
  let lacksOlder = false;
  let asked = 0;
  const older = createOlderLines({
    // A headless terminal draws nothing: the test says when.
    terminal: Object.assign(terminal, { onRender: (draw: () => void) => render.resolve(draw) }) as never,
    output: { lacksOlder: () => lacksOlder },
    ask: () => (asked += 1),
  });
  const draw = async () => (await render.promise)();
  const snapshot = async (lines: number, kind: 'latest' | 'snapshot') => {
    terminal.reset();
    terminal.write('line\r\n'.repeat(lines));
    lacksOlder = kind === 'latest';
    older.received();
    await new Promise<void>((resolve) => terminal.write('', resolve));
    await draw();
  };
  return { terminal, older, draw, snapshot, asked: () => asked };
}

it('asks for older lines once, when the person has scrolled to the top', async () => {
  const { terminal, draw, snapshot, asked } = open();
  await snapshot(30, 'latest');
  terminal.scrollToLine(1);
  await draw();
  expect(asked()).toBe(0);
  terminal.scrollToTop();
  await draw();
  await draw();
  expect(asked()).toBe(1);
  await snapshot(60, 'snapshot');
  terminal.scrollToTop();
  await draw();
  expect(asked()).toBe(1);
});

it('does not take the screen of a program, or one that is not full, for the top', async () => {
  const { terminal, draw, snapshot, asked } = open();
  await snapshot(3, 'latest');
  await new Promise<void>((resolve) => terminal.write('line\r\n'.repeat(30) + '\x1b[?1049h', resolve));
  await draw();
  expect(asked()).toBe(0);
});

it('tells when all lines are drawn: at once where none are missing', async () => {
  const { terminal, older, snapshot, asked } = open();
  await snapshot(3, 'snapshot');
  await older.show();
  expect(asked()).toBe(0);
  await snapshot(30, 'latest');
  const lines = () => terminal.buffer.active.length;
  const shown = Promise.all([older.show().then(lines), older.show().then(lines)]);
  // A wish from before the terminal was hidden, or the connection lost, is told again.
  older.attached();
  await snapshot(31, 'latest');
  await snapshot(60, 'snapshot');
  expect(await shown).toEqual([61, 61]);
  expect(asked()).toBe(2);
  older.attached();
  expect(asked()).toBe(2);
});
