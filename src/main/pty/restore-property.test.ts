import { createRequire } from 'node:module';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import type { Terminal } from '@xterm/headless';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawLines, drawTerminal } from './drawing/draw-terminal.ts';
import { innerOf } from './drawing/internals.ts';
import { guardTerminal } from '../../shared/screen-guard.ts';
import { pictureOf, rowsOf } from './testing/picture.ts';

const headless = createRequire(import.meta.url)('@xterm/headless') as typeof import('@xterm/headless');
const SIZE = { cols: 20, rows: 6 };

function open(size = SIZE): Terminal {
  const terminal = new headless.Terminal({ ...size, scrollback: 30, allowProposedApi: true });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  guardTerminal(terminal, setImmediate);
  return terminal;
}

function written(terminal: Terminal, text: string): Promise<void> {
  return new Promise((resolve) => terminal.write(text, resolve));
}

const number = (max: number) => fc.integer({ min: 1, max });
const csi = (...finals: string[]) =>
  fc
    .tuple(fc.array(number(24), { maxLength: 2 }), fc.constantFrom(...finals))
    .map(([parameters, final]) => `\x1b[${parameters.join(';')}${final}`);

const words = fc.constantFrom(
  'a',
  'word ',
  'x'.repeat(19),
  'y'.repeat(25),
  '漢字',
  '漢'.repeat(11),
  '🙂',
  '👩‍💻',
  '👍🏽',
  '🇫🇷',
  '🇫',
  'é',
  'e\u0301',
  '\u0301',
  '\u200d',
  '☁\ufe0f',
  '☁',
  '한',
  'ᄒ',
  'ᅡ',
  'ᆫ',
  'नि',
  '\u0600',
  'ﷺ',
  '\u00ad',
  '\u200b',
  '   ',
);
const breaks = fc.constantFrom('\r\n', '\r\n', '\n', '\r', '\t', '\b', '\x1bD', '\x1bM', '\x1bE');
const styles = fc.oneof(
  fc
    .constantFrom(
      '',
      '0',
      '1',
      '2',
      '22',
      '3',
      '23',
      '4',
      '24',
      '4:3',
      '4:5',
      '21',
      '5',
      '7',
      '27',
      '8',
      '28',
      '9',
      '29',
      '53',
      '55',
      '58:5:9',
      '58:2::1:2:3',
      '59',
      '39',
      '49',
      '38;2;255;0;7',
      '48;2;9;8;7',
      '38;5;3',
      '48;5;250',
      '31',
      '97',
      '41',
      '107',
      '1;31;44',
      '0;2;4:2',
    )
    .map((parameters) => `\x1b[${parameters}m`),
);
const links = fc.constantFrom(
  '\x1b]8;;https://a.example/x?y=1;2\x1b\\',
  '\x1b]8;id=q;https://a.example\x07',
  '\x1b]8;id=r:k=v;mailto:a@b\x07',
  '\x1b]8;;\x1b\\',
);
const moves = csi('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'Z', 'd', '`', 'a', 'e');
const edits = csi('@', 'P', 'L', 'M', 'S', 'T', 'X', 'b', 'J', 'K', "'}", "'~", ' @', ' A');
const places = fc.oneof(
  csi('r'),
  fc.constantFrom(
    '\x1b7',
    '\x1b8',
    '\x1bH',
    '\x1b[g',
    '\x1b[3g',
    '\x1b(0',
    '\x1b(B',
    '\x1b)0',
    '\x0e',
    '\x0f',
    '\x1b#8',
    '\x1b[!p',
  ),
);
const modes = fc.constantFrom(
  ...['?6', '4', '?25', '?1', '?2004', '?1002', '?1006', '?1004'].flatMap((mode) => [
    `\x1b[${mode}h`,
    `\x1b[${mode}l`,
  ]),
  '\x1b[?1049h',
  '\x1b[?1049l',
  '\x1b[?47h',
  '\x1b[?47l',
  '\x1b[4 q',
  '\x1b[0 q',
);
const resizes = fc.record({ cols: fc.integer({ min: 8, max: 30 }), rows: fc.integer({ min: 3, max: 9 }) });

const output = fc.oneof(
  { weight: 8, arbitrary: words },
  { weight: 5, arbitrary: breaks },
  { weight: 4, arbitrary: styles },
  { weight: 1, arbitrary: links },
  { weight: 2, arbitrary: moves },
  { weight: 2, arbitrary: edits },
  { weight: 1, arbitrary: places },
  { weight: 1, arbitrary: modes },
);
type Step = string | { cols: number; rows: number };
const stream: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ weight: 40, arbitrary: output }, { weight: 1, arbitrary: resizes }),
  { size: 'large', maxLength: 150 },
);

async function played(steps: readonly Step[], terminal = open()): Promise<Terminal> {
  let text = '';
  for (const step of steps) {
    if (typeof step === 'string') {
      text += step;
      continue;
    }
    await written(terminal, text);
    text = '';
    // Of an alternate screen xterm keeps what a smaller window cuts off, but programs draw it anew.
    if (terminal.buffer.active.type === 'normal') terminal.resize(step.cols, step.rows);
  }
  await written(terminal, text);
  return terminal;
}

/** Moving or reflowing columns, xterm may leave half a wide character, or two characters in a cell; no output can draw that. */
function isSound(terminal: Terminal): boolean {
  const { unicodeService } = innerOf(terminal);
  const { active, normal } = terminal.buffer;
  return [active, normal].every((buffer) => {
    let isHalfAwaited = false;
    for (let index = 0; index < buffer.length * terminal.cols; index += 1) {
      const cell = buffer.getLine(Math.floor(index / terminal.cols))?.getCell(index % terminal.cols);
      const characters = cell?.getChars() ?? '';
      let properties = 0;
      for (const character of characters)
        properties = unicodeService.charProperties(character.codePointAt(0) ?? 0, properties);
      const width: number = characters === '' ? (isHalfAwaited ? 0 : 1) : (properties >>> 1) & 3;
      if (cell?.getWidth() !== width || (isHalfAwaited && characters !== '')) return false;
      isHalfAwaited = width === 2;
    }
    return !isHalfAwaited;
  });
}

it('draws in a fresh terminal what this one shows', async () => {
  await fc.assert(
    fc.asyncProperty(stream, fc.array(output, { maxLength: 30 }), async (before, after) => {
      const terminal = await played(before);
      // Of the first line kept nobody knows what it went on from.
      fc.pre(!terminal.buffer.active.getLine(0)?.isWrapped && isSound(terminal));
      const copy = open({ cols: terminal.cols, rows: terminal.rows });
      await written(copy, drawTerminal(terminal, terminal.buffer.normal.baseY));
      expect(pictureOf(copy)).toEqual(pictureOf(terminal));
      const lines = open({ cols: terminal.cols, rows: terminal.rows });
      await written(lines, drawLines(terminal));
      expect(rowsOf(lines, lines.buffer.normal)).toEqual(rowsOf(terminal, terminal.buffer.normal));
      // A character that the copy interrupts is the one thing that cannot go on in it.
      const text = `\x1b[m${after.join('')}`;
      await Promise.all([written(terminal, text), written(copy, text)]);
      // xterm forgets a link with the line on which it was opened.
      const noLinks = { hasLinks: false };
      expect(pictureOf(copy, noLinks)).toEqual(pictureOf(terminal, noLinks));
    }),
    { numRuns: Number(process.env['RUNS'] ?? 200), seed: Number(process.env['SEED'] ?? 1) },
  );
});

it('draws no blank where a wide character did not fit', async () => {
  const terminal = open();
  await written(terminal, `\x1b[1;35ma${'漢'.repeat(12)}`);
  const copy = open();
  await written(copy, drawLines(terminal));
  expect(copy.buffer.normal.getLine(0)?.translateToString(true)).toBe(`a${'漢'.repeat(9)}`);
});
