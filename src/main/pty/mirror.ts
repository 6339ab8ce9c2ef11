import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import type { IMarker, Terminal } from '@xterm/headless';
import { createRequire } from 'node:module';
import {
  BlockTracker,
  type CommandBlock,
  isKept,
  isRunning,
  parseMark,
  textBetween,
  tokenSequence,
} from '../../shared/command-block.ts';
import { drawLines, drawTerminal } from './drawing/draw-terminal.ts';
import { keptDrawing, withMarks } from './marked-drawing.ts';
import { guardTerminal } from '../../shared/screen-guard.ts';
import { linesOf, type LineSource } from './line-search.ts';
import type { ReadOptions, TerminalBlock, TerminalSize, TerminalText } from './types.ts';

// A CommonJS package whose exports Node cannot name in an `import`.
const headless = createRequire(import.meta.url)('@xterm/headless') as typeof import('@xterm/headless');

export type MirrorOptions = {
  readonly size: TerminalSize;
  /** Lines kept above the screen. */
  readonly scrollback: number;
  /** The last field of a true mark; absent where there are none. */
  readonly token?: string;
  /** An answer to a query in output that nobody else answers. */
  readonly onAnswer: (data: string) => void;
  /** Payload of OSC 633: a mark, true or faked. */
  readonly onMark: (payload: string) => void;
  /** Payload of OSC 7: the shell's folder as a URL. */
  readonly onFolderUrl: (payload: string) => void;
};

/** Gives up what a program may have left behind: mouse reports, cursor style, margins, modes, colours. */
const RESET_MODES = '\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1016l\x1b[0 q\x1b[!p';

const encoder = new TextEncoder();

/** The screen as a client would show it, without a window. */
export class Mirror implements Disposable {
  readonly #terminal: Terminal;
  readonly #token: string;
  readonly #blocks: BlockTracker;
  /** Of the chunks still to be parsed, the first being parsed now: whether the mirror answers their queries. */
  readonly #answering: boolean[] = [];
  #pendingBytes = 0;
  #promptEnd: { readonly marker: IMarker; readonly column: number } | undefined;

  constructor({ size, scrollback, token = '', onAnswer, onMark, onFolderUrl }: MirrorOptions) {
    const terminal = new headless.Terminal({
      cols: size.columns,
      rows: size.rows,
      scrollback,
      allowProposedApi: true,
    });
    terminal.loadAddon(new UnicodeGraphemesAddon());
    terminal.onData((data) => {
      if (this.#answering[0]) onAnswer(data);
    });
    guardTerminal(terminal, setImmediate);
    const told = (listener: (payload: string) => void) => (payload: string) => {
      listener(payload);
      return true;
    };
    this.#token = token;
    this.#blocks = new BlockTracker(terminal);
    const acceptMark = (payload: string) => {
      const mark = parseMark(payload, token);
      if (mark) this.#blocks.accept(mark);
      onMark(payload);
    };
    terminal.parser.registerOscHandler(633, told(acceptMark));
    terminal.parser.registerEscHandler({ final: 'c' }, () => {
      this.#blocks.clear();
      return false;
    });
    terminal.parser.registerOscHandler(7, told(onFolderUrl));
    this.#terminal = terminal;
  }

  /** Bytes not parsed yet. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** `onParsed` is called when the screen shows it. Only with `isAnswering` do queries in it get an answer. */
  write(bytes: Uint8Array, { isAnswering, onParsed }: { isAnswering: boolean; onParsed?: () => void }): void {
    this.#pendingBytes += bytes.length;
    this.#answering.push(isAnswering);
    this.#terminal.write(bytes, () => {
      this.#pendingBytes -= bytes.length;
      this.#answering.shift();
      onParsed?.();
    });
  }

  /** Whether that changed anything. */
  resize({ columns, rows }: TerminalSize): boolean {
    if (columns === this.#terminal.cols && rows === this.#terminal.rows) return false;
    this.#terminal.resize(columns, rows);
    return true;
  }

  /** Calls back when all that was written so far is on the screen. */
  afterParsing(callback: () => void): void {
    this.write(new Uint8Array(), { isAnswering: false, onParsed: callback });
  }

  /** Above the screen. */
  get linesAbove(): number {
    return this.#terminal.buffer.normal.baseY;
  }

  /**
   * Escape sequences that draw the screen, so many lines above it (all of them by default) and the modes in a fresh terminal of
   * this size. Exact only when all is parsed.
   */
  snapshot(lines = this.linesAbove): Uint8Array {
    const token = this.#token;
    const firstRow = Math.max(0, this.linesAbove - lines);
    const drawing = drawTerminal(this.#terminal, lines);
    return encoder.encode(tokenSequence(token) + withMarks(drawing, { ...this.#marked, firstRow, token }));
  }

  /** Lines and normal screen, without what only the running program means: its alternate screen and modes. */
  text(): string {
    return keptDrawing(drawLines(this.#terminal), this.#marked);
  }

  /** Escape sequences that leave only the prompt, or the cursor's row where none waits; none on the alternate screen. */
  clearance(): string {
    const { active, normal } = this.#terminal.buffer;
    if (active.type === 'alternate') return '';
    const { row, promptRows = 0 } = this.#blocks.input ?? {};
    const above = row ? row.line - promptRows - normal.baseY : normal.cursorY;
    const rows = Math.min(normal.cursorY, Math.max(0, above));
    return (rows > 0 ? `\x1b[${rows}S\x1b[${rows}A` : '') + '\x1b[3J';
  }

  /** Of the normal screen and above it, the newest first. */
  lines(): LineSource {
    const { normal } = this.#terminal.buffer;
    return linesOf(normal, (row) => this.#terminal.registerMarker(row - normal.baseY - normal.cursorY));
  }

  /** Escape sequences that leave the state a program left behind and put the cursor on the row below the last text. */
  endOfText(): string {
    const { active, normal } = this.#terminal.buffer;
    const leaveAlternate = active.type === 'alternate' ? '\x1b[?1049l' : '';
    let last = normal.length - 1;
    while (last >= normal.baseY && !normal.getLine(last)?.translateToString(true)) last -= 1;
    const row = last - normal.baseY + 1;
    return leaveAlternate + RESET_MODES + (row === 0 ? '\x1b[H' : `\x1b[${row};1H\r\n`);
  }

  /** Where the prompt ends and the user's typing begins: the cursor's place now. */
  markPromptEnd(): void {
    this.#promptEnd?.marker.dispose();
    const marker = this.#terminal.registerMarker(0);
    this.#promptEnd = marker && { marker, column: this.#terminal.buffer.active.cursorX };
  }

  /** What was typed at the last prompt, as the screen shows it. */
  typedText(): string {
    const buffer = this.#terminal.buffer.active;
    const { marker, column } = this.#promptEnd ?? {};
    if (!marker || marker.line < 0) return '';
    let text = '';
    const end = buffer.baseY + buffer.cursorY;
    for (let row = marker.line; row < end; row += 1) {
      const goesOn = buffer.getLine(row + 1)?.isWrapped ?? false;
      const start = row === marker.line ? column : 0;
      text += (buffer.getLine(row)?.translateToString(!goesOn, start) ?? '') + (goesOn ? '' : '\n');
    }
    return text.trimEnd();
  }

  get isFullScreen(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  /** Exact only when all is parsed. */
  read({ lines, blocks, withOutput = true }: ReadOptions): TerminalText {
    const kept = blocks === 0 ? [] : this.#blocks.blocks.slice(-blocks);
    return {
      text: lines === 0 ? '' : this.#lastLines(lines),
      isFullScreen: this.isFullScreen,
      blocks: kept.map((block) => this.#readBlock(block, withOutput)),
    };
  }

  #lastLines(lines: number): string {
    const { active } = this.#terminal.buffer;
    const text = textBetween(active, { row: 0, column: 0 }, { row: active.length, column: 0 });
    return text.split('\n').slice(-lines).join('\n');
  }

  #readBlock(block: CommandBlock, withOutput: boolean): TerminalBlock {
    const { id, commandLine, cwd, exitCode } = block;
    return {
      id,
      commandLine,
      cwd,
      isRunning: isRunning(block),
      ...(exitCode !== undefined && { exitCode }),
      output: withOutput ? this.#outputOf(block) : '',
    };
  }

  #outputOf(block: CommandBlock): string {
    const { normal } = this.#terminal.buffer;
    const { outputRow, endRow, endColumn } = block;
    const start = { row: isKept(outputRow) ? outputRow.line : 0, column: 0 };
    const end = isRunning(block)
      ? { row: normal.length, column: 0 }
      : { row: isKept(endRow) ? endRow.line : start.row, column: endColumn };
    return textBetween(normal, start, end);
  }

  get #marked() {
    return { tracker: this.#blocks, buffer: this.#terminal.buffer.normal };
  }

  [Symbol.dispose](): void {
    this.#terminal.dispose();
  }
}
