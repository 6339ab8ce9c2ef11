// oxlint-disable no-underscore-dangle -- xterm's own names
import type { IBufferLine, Terminal } from '@xterm/xterm';
import { type CommandBlock, isKept, isRunning } from '../../../../shared/command-block.ts';

/** xterm cannot hide rows, so folded ones are taken out of its buffer. Not a public interface: check it when xterm's version changes. */
type Core = {
  readonly _bufferService: {
    readonly buffers: { readonly normal: InnerBuffer };
    readonly _onScroll: { fire(row: number): void };
  };
};
type InnerBuffer = {
  readonly lines: {
    readonly length: number;
    readonly maxLength: number;
    get(row: number): IBufferLine;
    push(line: IBufferLine): void;
    splice(start: number, count: number, ...lines: IBufferLine[]): void;
    trimStart(count: number): void;
  };
  ybase: number;
  ydisp: number;
  y: number;
  savedY: number;
  getBlankLine(attributes?: undefined): IBufferLine;
};

/** Rows that a fold leaves: the line that says what is folded is drawn over the first row of the output. */
const KEPT_ROWS = 1;
/** A call takes only so many arguments. */
const INSERTED_AT_ONCE = 10_000;

/** The folded outputs of one terminal. The core keeps the whole text, so that a fold ends with the window's view of the tab. */
export class Folds {
  readonly #terminal: Terminal;
  /** By id, since a terminal that is drawn anew has other blocks of the same ids. */
  readonly #folds = new Map<
    number,
    { readonly block: CommandBlock; readonly lines: readonly IBufferLine[] }
  >();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  canFold(block: CommandBlock): boolean {
    return !isRunning(block) && rowsOf(block) > KEPT_ROWS && !this.isFolded(block);
  }

  isFolded(block: CommandBlock): boolean {
    return isKept(block.outputRow) && this.#folds.get(block.id)?.block === block;
  }

  /** How many rows the output has, folded or not. */
  rowCount(block: CommandBlock): number {
    return rowsOf(block) + (this.isFolded(block) ? (this.#folds.get(block.id)?.lines.length ?? 0) : 0);
  }

  toggle(block: CommandBlock): void {
    if (this.isFolded(block)) this.#unfold(block);
    else if (this.canFold(block)) this.#fold(block);
    this.#terminal.clearSelection();
    this.#redraw();
  }

  unfoldAll(): void {
    if (this.#folds.size === 0) return;
    for (const { block } of this.#folds.values()) if (this.isFolded(block)) this.#unfold(block);
    this.#redraw();
  }

  /** Does something to which all rows must be there: breaking lines anew, or reading them. */
  whileUnfolded<Value>(act: () => Value): Value {
    const folded = [...this.#folds.values()]
      .map(({ block }) => block)
      .filter((block) => this.isFolded(block));
    for (const block of folded) this.#unfold(block);
    const value = act();
    for (const block of folded) if (this.canFold(block)) this.#fold(block);
    if (folded.length > 0) this.#redraw();
    return value;
  }

  /** The terminal was drawn anew, with these blocks: what was folded is folded again, what is gone is forgotten. */
  foldAgain(blocks: readonly CommandBlock[]): void {
    const folded = blocks.filter(({ id }) => this.#folds.has(id));
    this.#folds.clear();
    for (const block of folded) if (this.canFold(block)) this.#fold(block);
    if (folded.length > 0) this.#redraw();
  }

  get #core(): Core {
    return (this.#terminal as unknown as { _core: Core })._core;
  }

  get #buffer(): InnerBuffer {
    return this.#core._bufferService.buffers.normal;
  }

  #fold(block: CommandBlock): void {
    const { id, outputRow, endRow } = block;
    if (!isKept(outputRow) || !isKept(endRow)) return;
    const buffer = this.#buffer;
    const start = outputRow.line + KEPT_ROWS;
    const count = endRow.line - start;
    const lines = Array.from({ length: count }, (_, index) => buffer.lines.get(start + index));
    this.#folds.set(id, { block, lines });
    buffer.lines.splice(start, count);
    while (buffer.lines.length < this.#terminal.rows) buffer.lines.push(buffer.getBlankLine());
    this.#place(-count, start);
  }

  #unfold({ id }: CommandBlock): void {
    const fold = this.#folds.get(id);
    if (!fold) return;
    this.#folds.delete(id);
    const { lines } = this.#buffer;
    const above = (fold.block.outputRow?.line ?? 0) + KEPT_ROWS;
    // What came since may have taken the place of the oldest lines.
    const excess = Math.max(0, lines.length + fold.lines.length - lines.maxLength);
    const trimmed = Math.min(excess, above);
    lines.trimStart(trimmed);
    const restored = fold.lines.slice(excess - trimmed);
    const start = above - trimmed;
    for (let index = 0; index < restored.length; index += INSERTED_AT_ONCE)
      lines.splice(start + index, 0, ...restored.slice(index, index + INSERTED_AT_ONCE));
    this.#place(restored.length - trimmed, start);
  }

  /** The cursor stays on its line, which is `moved` rows from where it was. */
  #place(moved: number, start: number): void {
    const buffer = this.#buffer;
    const cursor = buffer.ybase + buffer.y + moved;
    const base = buffer.lines.length - this.#terminal.rows;
    buffer.savedY = Math.max(0, buffer.savedY + moved);
    buffer.y = Math.max(0, cursor - base);
    const wasAtEnd = buffer.ydisp === buffer.ybase;
    buffer.ybase = base;
    if (wasAtEnd) buffer.ydisp = base;
    else if (buffer.ydisp > start) buffer.ydisp += moved;
    buffer.ydisp = Math.min(base, Math.max(0, buffer.ydisp));
  }

  #redraw(): void {
    this.#core._bufferService._onScroll.fire(this.#buffer.ydisp);
    this.#terminal.refresh(0, this.#terminal.rows - 1);
  }
}

/** Whole rows of output that are in the buffer. A row that the next prompt shares is not whole. */
function rowsOf({ outputRow, endRow }: CommandBlock): number {
  return isKept(outputRow) && isKept(endRow) ? endRow.line - outputRow.line : 0;
}
