import type { IBufferCell, IBufferRange, ITheme, Terminal } from '@xterm/xterm';
import { copyText } from '../../ui/copy.ts';

/** What the terminal's buffer and theme are read for; as little as a terminal without a window has. */
export type Source = Pick<Terminal, 'buffer' | 'cols'> & {
  readonly options: { readonly theme?: ITheme; readonly fontFamily?: string };
};

/** Copies what is selected with its colours, and as plain text for what takes no HTML. */
export async function copySelectionAsHtml(terminal: Terminal): Promise<void> {
  const range = terminal.getSelectionPosition();
  if (!range) return;
  const text = terminal.getSelection();
  const asBlob = (type: string, content: string) => ({ [type]: new Blob([content], { type }) });
  try {
    const item = { ...asBlob('text/html', htmlOf(terminal, range)), ...asBlob('text/plain', text) };
    await navigator.clipboard.write([new ClipboardItem(item)]);
  } catch {
    await copyText(text);
  }
}

/** The cells of a range, from 0 with its end outside, as HTML that stands by itself. */
export function htmlOf({ buffer, cols, options }: Source, { start, end }: IBufferRange): string {
  const { theme = {}, fontFamily = 'monospace' } = options;
  const { foreground = '#000000', background = '#ffffff' } = theme;
  const colours = { foreground, background, palette: paletteOf(theme) };
  let html = '';
  for (let row = start.y; row <= end.y; row += 1) {
    const line = buffer.active.getLine(row);
    const goesOn = row < end.y && (buffer.active.getLine(row + 1)?.isWrapped ?? false);
    const used = goesOn ? cols : (line?.translateToString(true).length ?? 0);
    const last = row === end.y ? end.x : cols;
    const cells = Array.from({ length: last }, (_, column) => line?.getCell(column));
    // Empty cells behind the text of a line are not part of it.
    while (cells.length > used && cells.at(-1)?.getChars() === '') cells.pop();
    html +=
      runsOf(cells.slice(row === start.y ? start.x : 0), colours) + (goesOn || row === end.y ? '' : '\n');
  }
  const style = `color:${foreground};background-color:${background};font-family:${fontFamily}`;
  return `<pre style="${escaped(style)}">${html}</pre>`;
}

type Colours = {
  readonly foreground: string;
  readonly background: string;
  readonly palette: readonly string[];
};

function runsOf(cells: readonly (IBufferCell | undefined)[], colours: Colours): string {
  const runs: { style: string; text: string }[] = [];
  for (const cell of cells) {
    // The second half of a wide character.
    if (!cell || cell.getWidth() === 0) continue;
    const style = styleOf(cell, colours);
    const run = runs.at(-1);
    const text = cell.getChars() || ' ';
    if (run?.style === style) run.text += text;
    else runs.push({ style, text });
  }
  return runs
    .map(({ style, text }) =>
      style ? `<span style="${escaped(style)}">${escaped(text)}</span>` : escaped(text),
    )
    .join('');
}

function styleOf(cell: IBufferCell, { foreground, background, palette }: Colours): string {
  const colour = (isDefault: boolean, isRgb: boolean, value: number) =>
    isDefault ? undefined : isRgb ? hex(value) : palette[value];
  let front = colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor());
  let back = colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor());
  if (cell.isInverse()) [front, back] = [back ?? background, front ?? foreground];
  const lines = [
    cell.isUnderline() && 'underline',
    cell.isStrikethrough() && 'line-through',
    cell.isOverline() && 'overline',
  ].filter(Boolean);
  return [
    front && `color:${front}`,
    back && `background-color:${back}`,
    cell.isBold() && 'font-weight:bold',
    cell.isItalic() && 'font-style:italic',
    cell.isDim() && 'opacity:0.5',
    cell.isInvisible() && 'visibility:hidden',
    lines.length > 0 && `text-decoration:${lines.join(' ')}`,
  ]
    .filter(Boolean)
    .join(';');
}

/** Of the 256: the theme's sixteen, a cube of colours, and greys. */
function paletteOf(theme: ITheme): string[] {
  const named = NAMES.map((name) => theme[name] ?? '#808080');
  const level = (step: number) => (step === 0 ? 0 : 55 + 40 * step);
  const cube = Array.from({ length: 216 }, (_, index) => {
    const [red, green, blue] = [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6].map(level);
    return hex(((red ?? 0) << 16) | ((green ?? 0) << 8) | (blue ?? 0));
  });
  const greys = Array.from({ length: 24 }, (_, index) => hex((8 + 10 * index) * 0x010101));
  return [...named, ...cube, ...greys];
}

const HUES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const NAMES = [
  ...HUES,
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const;

function hex(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, '0')}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
