import type { IBuffer, Terminal } from '@xterm/headless';
import { charsetsOf, innerOf, PLAIN, presentLook, type Charset, type InnerBuffer } from './internals.ts';
import { Pen } from './pen.ts';
import { RowDrawing } from './rows.ts';

/** Columns between the tab stops that a terminal begins with. */
const TAB_WIDTH = 8;
const CURSOR_STYLES = { block: 1, underline: 3, bar: 5 } as const;

/**
 * Escape sequences that bring a fresh terminal of this size into the same state: screen, so many lines above it, both cursors,
 * margins, tab stops, character sets and modes. Output that follows has then the same effect on both.
 */
export function drawTerminal(terminal: Terminal, linesAbove: number): string {
  const { normal, alternate, active } = terminal.buffer;
  const { buffers } = innerOf(terminal);
  const pen = new Pen(terminal);
  const isAlternate = active.type === 'alternate';
  let text = drawBuffer(terminal, normal, pen, linesAbove) + drawPlaces(terminal, buffers.normal, pen);
  if (isAlternate) {
    text += placeCursor(terminal, normal, buffers.normal, pen, false);
    text += `${pen.to(PLAIN)}\x1b[?1047h\x1b[H`;
    text += drawBuffer(terminal, alternate, pen, 0) + drawPlaces(terminal, buffers.alt, pen);
  }
  const { originMode } = terminal.modes;
  if (originMode) text += '\x1b[?6h';
  text += placeCursor(terminal, active, isAlternate ? buffers.alt : buffers.normal, pen, originMode);
  return text + pen.to(presentLook(terminal)) + drawCharsets(terminal) + drawModes(terminal);
}

/** The lines of the normal screen and above it, without what only the running program means. */
export function drawLines(terminal: Terminal): string {
  const { normal } = terminal.buffer;
  const pen = new Pen(terminal);
  return (
    drawBuffer(terminal, normal, pen, normal.baseY) +
    placeCursor(terminal, normal, innerOf(terminal).buffers.normal, pen, false) +
    pen.to(PLAIN)
  );
}

function drawBuffer(terminal: Terminal, buffer: IBuffer, pen: Pen, linesAbove: number): string {
  const start = Math.max(0, buffer.baseY - linesAbove);
  let end = buffer.length;
  // Empty rows below need no drawing unless lines above must scroll away.
  if (start === buffer.baseY) while (end > start && isBlank(buffer, end - 1)) end -= 1;
  return new RowDrawing(terminal, buffer, pen).draw(start, end) + pen.to(PLAIN);
}

/** Neither text nor colour. */
function isBlank(buffer: IBuffer, row: number): boolean {
  const line = buffer.getLine(row);
  if (!line || line.isWrapped) return false;
  const cell = buffer.getNullCell();
  for (let column = 0; column < line.length; column += 1) {
    line.getCell(column, cell);
    if (cell.getChars() !== '' || !cell.isAttributeDefault()) return false;
  }
  return true;
}

/** Tab stops, saved cursor and margins of the buffer that is active now. */
function drawPlaces(terminal: Terminal, buffer: InnerBuffer, pen: Pen): string {
  const { savedX, savedY, savedCurAttrData, ybase, scrollTop, scrollBottom } = buffer;
  const stops = Array.from({ length: terminal.cols }, (_, column) => column).filter(
    (column) => buffer.tabs[column],
  );
  const areUsual =
    stops.length === Math.ceil(terminal.cols / TAB_WIDTH) &&
    stops.every((column) => column % TAB_WIDTH === 0);
  let text = '';
  if (!areUsual) text += `\x1b[3g${stops.map((column) => `\x1b[${column + 1}G\x1bH`).join('')}`;
  const savedStyle = pen.toStyle(savedCurAttrData);
  const row = Math.max(0, savedY - ybase);
  if (savedX > 0 || row > 0 || savedStyle !== '' || buffer.savedCharset) {
    const charset = designation(buffer.savedCharset);
    text += `\x1b[${row + 1};${savedX + 1}H${savedStyle}\x1b(${charset}\x1b7\x1b(B`;
  }
  text += pen.toStyle(PLAIN);
  if (scrollTop > 0 || scrollBottom < terminal.rows - 1) text += `\x1b[${scrollTop + 1};${scrollBottom + 1}r`;
  return text;
}

/** In origin mode rows are counted from the upper margin. */
function placeCursor(
  terminal: Terminal,
  buffer: IBuffer,
  { scrollTop }: InnerBuffer,
  pen: Pen,
  isFromMargin: boolean,
): string {
  const { baseY, cursorX, cursorY } = buffer;
  const row = cursorY + 1 - (isFromMargin ? scrollTop : 0);
  const place = (column: number) => `\x1b[${row};${column + 1}H`;
  if (cursorX < terminal.cols) return place(cursorX);
  return new RowDrawing(terminal, buffer, pen).drawLastAnew(baseY + cursorY, place);
}

function drawCharsets(terminal: Terminal): string {
  const { level, sets } = charsetsOf(terminal);
  const designations = ['(', ')', '*', '+'].map((slot, index) =>
    sets[index] ? `\x1b${slot}${designation(sets[index])}` : '',
  );
  return designations.join('') + ['', '\x0e', '\x1bn', '\x1bo'][level];
}

/** Of the sets only line drawing and the British are told apart; no program of today uses the others. */
function designation(charset: Charset): string {
  if (!charset) return 'B';
  return charset['q'] === '─' ? '0' : 'A';
}

function drawModes(terminal: Terminal): string {
  const { modes } = terminal;
  const { coreService, coreMouseService } = innerOf(terminal);
  const { cursorStyle, cursorBlink } = coreService.decPrivateModes;
  const mouse = { none: undefined, x10: 9, vt200: 1000, drag: 1002, any: 1003 }[modes.mouseTrackingMode];
  const isSet: readonly (readonly [boolean, string])[] = [
    [modes.applicationCursorKeysMode, '?1h'],
    [modes.applicationKeypadMode, '?66h'],
    [modes.bracketedPasteMode, '?2004h'],
    [modes.insertMode, '4h'],
    [modes.reverseWraparoundMode, '?45h'],
    [modes.sendFocusMode, '?1004h'],
    [!modes.wraparoundMode, '?7l'],
    [coreService.isCursorHidden, '?25l'],
    [mouse !== undefined, `?${mouse}h`],
    [coreMouseService.activeEncoding === 'SGR', '?1006h'],
    [coreMouseService.activeEncoding === 'SGR_PIXELS', '?1016h'],
    [cursorStyle !== undefined, `${cursorStyle && CURSOR_STYLES[cursorStyle] + (cursorBlink ? 0 : 1)} q`],
  ];
  return isSet.map(([is, sequence]) => (is ? `\x1b[${sequence}` : '')).join('');
}
