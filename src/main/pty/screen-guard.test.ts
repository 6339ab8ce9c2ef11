import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/headless';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { guardTerminal } from '../../shared/screen-guard.ts';
import { linesOf } from './testing/open-terminal.ts';

const HUGE = 2 ** 31 - 1;
/** Of hostile output: no window parses more than this at a time. */
const FLOOD_BYTES = 24 * 1024;
/** Another program may have had the processor; what hangs hangs each time. */
const TRIES = 3;

/** Of all sequences that count something. */
const FINALS = [...Array.from('@ABCDEFGHIJKLMPSTXZ`abcdefgnrst'), "'}", "'~", ' @', ' A'];

function open({ isGuarded = true } = {}): Terminal {
  const terminal = new Terminal({ cols: 120, rows: 40, scrollback: 10_000, allowProposedApi: true });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  if (isGuarded) guardTerminal(terminal, setImmediate);
  return terminal;
}

function written(terminal: Terminal, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => terminal.write(text, resolve));
}

/** The longest time in which nothing else had a turn while this was parsed, in milliseconds. */
async function longestHold(terminal: Terminal, output: string): Promise<number> {
  let longestMs = 0;
  let last = performance.now();
  const look = () => {
    longestMs = Math.max(longestMs, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 1);
  await written(terminal, output);
  look();
  clearInterval(timer);
  return longestMs;
}

/** The shortest of some tries, of which one within the limit is enough. */
async function leastHold(output: string, limitMs: number): Promise<number> {
  const holds: number[] = [];
  while (holds.length < TRIES && !holds.some((hold) => hold < limitMs)) {
    const terminal = open();
    await written(terminal, 'line\r\n'.repeat(1000));
    holds.push(await longestHold(terminal, output));
  }
  return Math.min(...holds);
}

const flood = (sequence: string) => sequence.repeat(FLOOD_BYTES / sequence.length);

describe('hostile output', () => {
  /** 100 ms on a machine that parses a megabyte in 50. */
  let limitMs = 0;

  beforeAll(async () => {
    const terminal = open();
    await written(terminal, 'line\r\n'.repeat(20_000));
    const startedAt = performance.now();
    await written(terminal, 'plain text\r\n'.repeat(1_000_000 / 12));
    limitMs = Math.max(100, 2 * (performance.now() - startedAt));
  });

  it.each(FINALS)('does not hold up other work by a flood of CSI 2147483647 %s', async (final) => {
    expect(await leastHold(flood(`x\x1b[${HUGE};${HUGE}${final}`), limitMs)).toBeLessThan(limitMs);
  });

  it.each([
    ['screens', flood('\x1b[?1049h\x1b[?1049l')],
    ['resets', flood('\x1bc')],
    ['test patterns', flood('\x1b#8')],
    ['erasures', flood('\x1b[2J')],
    ['colours asked for', `\x1b]4${';1;?'.repeat(15_000)}\x07`],
    ['colours given back', `\x1b]104${flood(';1')}\x07`],
    ['links', flood('\x1b]8;;http://a\x07x\x1b]8;;\x07')],
    ['lines of a link that never ends', `\x1b]8;;http://a\x07${'some text\r\n'.repeat(5000)}`],
    ['marks on one letter', `e${'\u0301'.repeat(12_000)}`],
    ['joined emoji', `👩${'\u200d👩'.repeat(3000)}`],
    ['parameters', `\x1b[${flood('1;')}m`],
    ['digits', `\x1b[${flood('1')}m`],
  ])('does not hold up other work by %s', async (_, output) => {
    expect(await leastHold(output, limitMs)).toBeLessThan(limitMs);
  });
});

it('survives erasing up to the last cell, where xterm alone fails', async () => {
  for (const sequence of [
    '\x1b[999;999H\x1b[1J',
    '\x1b[999;999H\x1b[?1J',
    '\x1b[?1049h\x1b[999;999H\x1b[1J',
  ]) {
    const terminal = open();
    await written(terminal, `text${sequence}\x1b[Halive`);
    expect(linesOf(terminal, 0)).toBe('alive');
  }
});

it('goes on after whatever else xterm fails at', async () => {
  const terminal = open();
  terminal.parser.registerCsiHandler({ final: 'y' }, () => {
    throw new Error('The guard must catch this');
  });
  using warned = vi.spyOn(console, 'warn').mockReturnValue();
  await written(terminal, 'before\x1b[yafter');
  await written(terminal, ' alive');
  expect(linesOf(terminal, 0)).toBe('before alive');
  expect(warned).toHaveBeenCalledOnce();
});

it('does with sequences what xterm does', async () => {
  const output = `${'a漢\r\n'.repeat(50)}\x1b[5;5Hx\x1b[200b\x1b[3L\x1b[2M\x1b[1;9r\x1b[4S\x1b[2T\x1b[3@\x1b[2P\x1b[2X\x1b[I\x1b[Z\x1b[1Jend`;
  const [guarded, alone] = [open(), open({ isGuarded: false })];
  await Promise.all([written(guarded, output), written(alone, output)]);
  expect(linesOf(guarded, 0)).toBe(linesOf(alone, 0));
});

it('keeps no lines of an alternate screen that a smaller window made', async () => {
  const terminal = open();
  terminal.resize(120, 10);
  await written(
    terminal,
    `\x1b[?1049h${Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\r\n')}`,
  );
  expect([terminal.buffer.active.baseY, terminal.buffer.active.length]).toEqual([0, 10]);
});
