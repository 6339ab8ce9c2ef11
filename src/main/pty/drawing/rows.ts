import type { IBuffer, IBufferLine, Terminal } from '@xterm/headless';
import { innerOf, PLAIN, type Cell, type Look } from './internals.ts';
import { hasBackground, isErased, isSameLook, type Pen } from './pen.ts';

/** Does nothing, but what comes after it does not join with what came before. */
const SEPARATOR = '\x1b\\';
/** Characters below never join with one before them. */
const FIRST_THAT_JOINS = '\u0300';

/** Writes lines so that a fresh terminal of this size shows the same cells: characters, widths, looks, links and wraps. */
export class RowDrawing {
  readonly #buffer: IBuffer;
  readonly #columns: number;
  readonly #unicode;
  readonly #pen: Pen;
  readonly #cell: Cell;
  readonly #otherCell: Cell;
  /** Where the cursor is; `#columns` when the next character wraps. */
  #column = 0;
  /** What was printed last, if nothing came after it. */
  #before = '';

  constructor(terminal: Terminal, buffer: IBuffer, pen: Pen) {
    this.#buffer = buffer;
    this.#columns = terminal.cols;
    this.#unicode = innerOf(terminal).unicodeService;
    this.#pen = pen;
    this.#cell = buffer.getNullCell() as Cell;
    this.#otherCell = buffer.getNullCell() as Cell;
  }

  /** The lines from the first to the last but one of these. */
  draw(start: number, end: number): string {
    let text = '';
    for (let row = start; row < end; row += 1) {
      const line = this.#buffer.getLine(row);
      if (!line) break;
      const next = row + 1 < end ? this.#buffer.getLine(row + 1) : undefined;
      if (next?.isWrapped) text += this.#drawWrapped(line, next);
      else text += this.#drawCells(line, this.#columns) + (next ? this.#break() : '');
    }
    return text;
  }

  /** Prints the last character of a line anew, which leaves the cursor behind it; `place` moves to a column. */
  drawLastAnew(row: number, place: (column: number) => string): string {
    const line = this.#buffer.getLine(row);
    const isWide = line?.getCell(this.#columns - 1, this.#cell)?.getWidth() === 0;
    const column = this.#columns - (isWide ? 2 : 1);
    line?.getCell(column, this.#cell);
    return place(column) + this.#pen.to(this.#cell) + (this.#cell.getChars() || ' ');
  }

  #drawCells(line: IBufferLine, end: number): string {
    const cell = this.#cell;
    let text = '';
    for (let column = 0; column < end; column += 1) {
      line.getCell(column, cell);
      const characters = cell.getChars();
      if (characters === '' && isErased(cell)) {
        if (!hasBackground(cell)) continue;
        const after = this.#afterErased(line, column);
        text += `${this.#moveTo(column)}${this.#pen.toStyle(cell)}\x1b[${after - column}X`;
        this.#before = '';
        column = after - 1;
        continue;
      }
      text += this.#moveTo(column) + this.#pen.to(cell) + this.#print(line, column);
      column = this.#column - 1;
    }
    return text;
  }

  /** Half a wide character, whose other half was cut off or written over, becomes a blank, as it looks. */
  #print(line: IBufferLine, column: number): string {
    const isWide = this.#cell.getWidth() === 2;
    const isLast = column === this.#columns - 1;
    const isHalf = isWide && (isLast || line.getCell(column + 1, this.#otherCell)?.getWidth() !== 0);
    const characters = isHalf ? ' ' : this.#cell.getChars() || ' ';
    const separator = this.#joins(characters) ? SEPARATOR : '';
    this.#before = characters;
    this.#column += isWide && !isHalf ? 2 : 1;
    return separator + characters;
  }

  /** Whether a terminal would draw it into the cell before. */
  #joins(characters: string): boolean {
    if (this.#before === '' || (characters < FIRST_THAT_JOINS && this.#before < FIRST_THAT_JOINS))
      return false;
    let state = 0;
    for (const character of this.#before)
      state = this.#unicode.charProperties(character.codePointAt(0) ?? 0, state);
    return (this.#unicode.charProperties(characters.codePointAt(0) ?? 0, state) & 1) === 1;
  }

  #moveTo(column: number): string {
    if (column === this.#column) return '';
    const distance = column - this.#column;
    this.#column = column;
    this.#before = '';
    return `\x1b[${distance}C`;
  }

  #afterErased(line: IBufferLine, start: number): number {
    let end = start + 1;
    const other = this.#otherCell;
    while (end < this.#columns) {
      line.getCell(end, other);
      if (other.getChars() !== '' || !isErased(other) || !isSameLook(other, this.#cell)) break;
      end += 1;
    }
    return end;
  }

  /** A line that scrolls in takes the pen's background, so that must be none. */
  #break(): string {
    this.#column = 0;
    this.#before = '';
    return `${this.#pen.toStyle(PLAIN)}\r\n`;
  }

  #drawWrapped(line: IBufferLine, next: IBufferLine): string {
    const first = next.getCell(0, this.#otherCell) as Cell;
    const last = line.getCell(this.#columns - 1, this.#cell) as Cell;
    const background = { ...PLAIN, bg: last.bg };
    const canWrap = first.getChars() !== '' && !hasBackground(first);
    // A wide character does not fit into the last column, and leaves it empty in its own look.
    const leavesLast =
      canWrap &&
      first.getWidth() === 2 &&
      last.getChars() === '' &&
      last.getWidth() === 1 &&
      isSameLook(last, first);
    const end = this.#columns - (leavesLast ? 1 : 0);
    const text = this.#drawCells(line, end) + (leavesLast ? this.#moveTo(end) : '');
    const wrapsByItself = canWrap && this.#column === end;
    const wrap = wrapsByItself ? '' : this.#wrap(background);
    this.#column = 0;
    return text + wrap;
  }

  /** A wrap needs a character at the end of the line and one at the start of the next, which are taken away again. */
  #wrap(background: Look): string {
    const isFull = this.#column === this.#columns;
    const toLast = `\x1b[${this.#columns}G`;
    const plain = this.#pen.toStyle(PLAIN);
    const filled = isFull ? SEPARATOR : `${toLast} `;
    const emptied = isFull ? '' : `\x1b[A${toLast}${this.#pen.toStyle(background)}\x1b[X\x1b[B`;
    this.#before = '';
    return `${plain}${filled} ${emptied}\r${this.#pen.toStyle(PLAIN)}\x1b[X`;
  }
}
