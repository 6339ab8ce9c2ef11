import { Terminal } from '@xterm/headless';
import { describe, expect, it, vi } from 'vitest';
import { chunksOf, createTerminalOutput, isAnswer } from './terminal-output.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function open() {
  const terminal = new Terminal({ cols: 40, rows: 5, scrollback: 20, allowProposedApi: true });
  const acknowledged: number[] = [];
  let drawnInMs = 0;
  const output = createTerminalOutput(terminal, (bytes, milliseconds) => {
    acknowledged.push(bytes);
    drawnInMs += milliseconds;
  });
  const answers: string[] = [];
  terminal.onData((data) => {
    if (!output.isReplaying() || !isAnswer(data)) answers.push(data);
  });
  const drawn = () => new Promise<void>((resolve) => terminal.write('', resolve));
  const firstLine = () => terminal.buffer.active.getLine(0)?.translateToString(true);
  return { terminal, output, acknowledged, answers, drawn, firstLine, drawnInMs: () => drawnInMs };
}

const DEVICE_QUERY = '\u001B[c';

describe('terminal output', () => {
  it('draws data in order and acknowledges all of it', async () => {
    const { output, acknowledged, terminal } = open();
    const flood = encode('0123456789'.repeat(30_000));
    output.receive('data', flood);
    await vi.waitFor(() => expect(acknowledged.reduce((sum, bytes) => sum + bytes, 0)).toBe(flood.length));
    expect(acknowledged.length).toBeGreaterThan(1);
    expect(terminal.buffer.active.getLine(0)?.translateToString(true)).toHaveLength(40);
  });

  it('tells its own time for it, without the time in which there was nothing to draw', async () => {
    const { output, acknowledged, drawnInMs } = open();
    const startedAt = performance.now();
    for (const round of [1, 2, 3]) {
      output.receive('data', encode('0123456789'.repeat(10_000)));
      await vi.waitFor(() =>
        expect(acknowledged.reduce((sum, bytes) => sum + bytes, 0)).toBe(round * 100_000),
      );
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(drawnInMs()).toBeGreaterThan(0);
    expect(drawnInMs()).toBeLessThan(performance.now() - startedAt - 590);
  });

  it('puts a snapshot in place of what was shown and does not acknowledge it', async () => {
    const { output, acknowledged, drawn, firstLine } = open();
    output.receive('data', encode('before'));
    await drawn();
    output.receive('snapshot', encode('after'));
    await drawn();
    expect(firstLine()).toBe('after');
    expect(acknowledged).toEqual([6]);
  });

  it('draws data that is still queued before the snapshot, never after it, and acknowledges none of it', async () => {
    const { output, acknowledged, firstLine } = open();
    output.receive('data', encode('late'));
    output.receive('snapshot', encode('restored '));
    output.receive('data', encode('and live'));
    await vi.waitFor(() => expect(acknowledged).toEqual([8]));
    expect(firstLine()).toBe('restored and live');
  });

  it('stays where the person scrolled to when a snapshot brings more lines', async () => {
    const { output, drawn, terminal } = open();
    const lines = Array.from({ length: 20 }, (_, line) => `line ${line}`);
    output.receive('snapshot', encode(lines.slice(8).join('\r\n')));
    await drawn();
    terminal.scrollLines(-3);
    const top = () => {
      const { active } = terminal.buffer;
      return active.getLine(active.viewportY)?.translateToString(true);
    };
    expect(top()).toBe('line 12');
    output.receive('snapshot', encode(lines.join('\r\n')));
    await drawn();
    expect(top()).toBe('line 12');
    expect(terminal.buffer.active.length).toBe(20);
    expect(terminal.modes.synchronizedOutputMode).toBe(false);
  });

  it('answers a live query, but not one in a snapshot', async () => {
    const { output, answers, drawn } = open();
    output.receive('snapshot', encode(DEVICE_QUERY));
    await drawn();
    expect(answers).toEqual([]);
    output.receive('data', encode(DEVICE_QUERY));
    await drawn();
    expect(answers).toHaveLength(1);
  });

  it('lets typed text through while a snapshot is drawn', () => {
    expect(['a', '\r', '\u0003', '\u001B'].filter(isAnswer)).toEqual([]);
    expect(['\u001B[?1;2c', '\u001B[5;1R', '\u001BP1+r\u001B\\'].every(isAnswer)).toBe(true);
  });

  it('keeps a character whole that two chunks share', async () => {
    const { output, firstLine } = open();
    for (const chunk of chunksOf(encode('日本'), 4)) output.receive('data', chunk);
    await vi.waitFor(() => expect(firstLine()).toBe('日本'));
  });
});

describe('chunksOf', () => {
  it.each([
    [0, []],
    [4, [4]],
    [5, [4, 1]],
    [8, [4, 4]],
  ])('cuts %i bytes into chunks of at most 4', (length, lengths) => {
    expect(chunksOf(new Uint8Array(length), 4).map((chunk) => chunk.length)).toEqual(lengths);
  });
});
