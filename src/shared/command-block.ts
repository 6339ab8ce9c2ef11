/**
 * Command blocks: what the marks of the shell integration say about a terminal's commands, and on which rows.
 * A mark is `OSC 633 ; KIND ; VALUE ; TIME ; TOKEN BEL`. The token is the core's own and new for each terminal: it knows
 * which marks came from the shell, and a program that prints marks knows no token. Both the core's headless screen and
 * the window's terminal follow marks with the tracker below, so both see the same blocks.
 */

export type Mark =
  | { readonly type: 'prompt-start' }
  /** `column` is told where the mark is drawn again at the beginning of its row. */
  | { readonly type: 'prompt-end'; readonly column?: number }
  | { readonly type: 'command-line'; readonly text: string }
  | { readonly type: 'command-start' }
  | { readonly type: 'command-end'; readonly exitCode?: number; readonly column?: number }
  | { readonly type: 'folder'; readonly path: string };

export type TimedMark = Mark & {
  /** Milliseconds since 1970. */
  readonly at?: number;
  /** Drawn again: it happened before, and was told then. */
  readonly isPast?: true;
};

const BEGINNING = '\u001B]633;';
const END = '\u0007';

/** Reads a mark; undefined when its last field is not the token. A nonce of the shell's own may stand in for time and token. */
export function parseMark(payload: string, token: string): TimedMark | undefined {
  const fields = payload.split(';');
  if (token === '' || fields.length < 2 || fields.at(-1) !== token) return undefined;
  const [kind = '', value = '', time = ''] = fields.slice(0, -1);
  const mark = markOf(kind.toUpperCase(), value);
  if (!mark) return undefined;
  const isPast = kind !== kind.toUpperCase();
  return { ...mark, ...(/^\d+$/.test(time) && { at: Number(time) }), ...(isPast && { isPast }) };
}

function markOf(kind: string, value: string): Mark | undefined {
  switch (kind) {
    case 'A':
      return { type: 'prompt-start' };
    case 'B':
      return { type: 'prompt-end', ...numberIn('column', value) };
    case 'C':
      return { type: 'command-start' };
    case 'D': {
      const [exitCode = '', column = ''] = value.split(',');
      return { type: 'command-end', ...numberIn('exitCode', exitCode), ...numberIn('column', column) };
    }
    case 'E':
      return { type: 'command-line', text: clean(value).replace(/\s+$/, '') };
    case 'P':
      return value.startsWith('Cwd=') ? { type: 'folder', path: clean(value.slice(4)) } : undefined;
    default:
      return undefined;
  }
}

function numberIn<Name extends string>(name: Name, text: string): { [Key in Name]?: number } {
  return (/^\d{1,4}$/.test(text) ? { [name]: Number(text) } : {}) as { [Key in Name]?: number };
}

/** A mark as the core writes it. `value` has no control characters and semicolons but escaped ones. */
export function markSequence(kind: string, value: string, time: number | string, token: string): string {
  return `${BEGINNING}${kind};${value};${time};${token}${END}`;
}

/** What a snapshot begins with: the token that its marks, and those of the output after it, end with. Nothing where there are none. */
export function tokenSequence(token: string): string {
  return token && `${BEGINNING}T;${token}${END}`;
}

export function parseToken(payload: string): string | undefined {
  return /^T;([0-9a-f]{16,})$/.exec(payload)?.[1];
}

/** For the value of a mark. */
export function escapeValue(text: string): string {
  return text.replaceAll(
    /[\\;\p{Cc}]/gu,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** `\\` and `\xHH` become what they stand for, control characters other than line feeds go. */
function clean(value: string): string {
  const text = value.replaceAll(/\\(?:\\|x([0-9a-f]{2}))/gi, (_, code?: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : '\\',
  );
  return text.replaceAll('\t', ' ').replaceAll(/(?!\n)\p{Cc}/gu, '');
}

/** A row that moves with the text; disposed when the row was erased or scrolled out. */
export type Row = { readonly line: number; readonly isDisposed: boolean; dispose(): void };

type Line = {
  readonly isWrapped: boolean;
  translateToString(trimRight?: boolean, start?: number, end?: number): string;
};

export type ReadableBuffer = {
  readonly length: number;
  readonly baseY: number;
  readonly cursorX: number;
  readonly cursorY: number;
  getLine(row: number): Line | undefined;
};

/** What of an xterm, with or without a window, a tracker needs. */
export type MarkedTerminal = {
  readonly buffer: { readonly active: ReadableBuffer & { readonly type: 'normal' | 'alternate' } };
  registerMarker(offset?: number): Row | undefined;
};

export type CommandBlock = {
  /** Unique in its terminal, the same after the terminal was drawn anew; grows. */
  readonly id: number;
  /** Empty for a command that was not to be remembered. */
  readonly commandLine: string;
  readonly cwd: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Absent while it runs. */
  readonly endedAt?: number;
  /** Absent while it runs, and when the shell went away without telling. */
  readonly exitCode?: number;
  /** Rows of its prompt above the row that the command line begins on. */
  readonly promptRows: number;
  readonly commandRow: Row | undefined;
  readonly outputRow: Row | undefined;
  readonly endRow?: Row | undefined;
  /** Where the output ends on `endRow`; 0 when its last line is whole. */
  readonly endColumn: number;
};

/** Where typing begins, and how many rows of the prompt stand above. */
export type Input = { readonly row: Row; readonly column: number; readonly promptRows: number };

/** Follows the marks of one terminal and knows its blocks, oldest first, while any of their rows is kept. */
export class BlockTracker {
  readonly #terminal: MarkedTerminal;
  #blocks: readonly CommandBlock[] = [];
  #line = '';
  #folder = '';
  #prompt: Row | undefined;
  #input: Input | undefined;

  constructor(terminal: MarkedTerminal) {
    this.#terminal = terminal;
  }

  get blocks(): readonly CommandBlock[] {
    return this.#blocks.filter((block) => isRunning(block) || rowsOf(block).some(isKept));
  }

  get folder(): string {
    return this.#folder;
  }

  /** Where the prompt that waits for a command ends. */
  get input(): Input | undefined {
    return this.#input && isKept(this.#input.row) ? this.#input : undefined;
  }

  accept(mark: TimedMark): void {
    const at = mark.at ?? Date.now();
    switch (mark.type) {
      case 'prompt-start':
        // The end of a command was missed: its shell went away, or its hook was taken out.
        this.#end(at, {});
        this.#prompt?.dispose();
        this.#prompt = this.#row();
        break;
      case 'prompt-end':
        this.#markInput(mark.column);
        break;
      case 'command-line':
        this.#line = mark.text || (mark.isPast ? '' : this.#typedText());
        break;
      case 'command-start':
        this.#end(at, {});
        this.#start(at, mark);
        break;
      case 'command-end':
        this.#end(at, mark);
        break;
      case 'folder':
        this.#folder = mark.path;
    }
  }

  /** The terminal was reset: nothing of what was on it is left. */
  clear(): void {
    for (const block of this.#blocks) for (const row of rowsOf(block)) row?.dispose();
    this.#blocks = [];
    this.#leavePrompt();
    this.#input = undefined;
    this.#folder = '';
  }

  #start(at: number, { isPast }: TimedMark): void {
    const { row, promptRows = 0 } = this.#input ?? {};
    // Without a marked prompt the command line is taken for the row above; where it is drawn again, for gone.
    const commandRow = row ?? (isPast ? undefined : this.#row(-1));
    const block: CommandBlock = {
      id: Math.max(at, (this.#blocks.at(-1)?.id ?? 0) + 1),
      // A space before a command asks shells not to remember it.
      commandLine: this.#line.startsWith(' ') ? '' : this.#line,
      cwd: this.#folder,
      startedAt: at,
      promptRows,
      commandRow,
      outputRow: this.#row(),
      endColumn: 0,
    };
    this.#blocks = [...this.blocks, block];
    this.#line = '';
    this.#input = undefined;
    this.#leavePrompt();
  }

  #end(at: number, { exitCode, column }: { exitCode?: number; column?: number }): void {
    const block = this.#blocks.at(-1);
    if (!block || !isRunning(block)) return;
    const ended: CommandBlock = {
      ...block,
      endedAt: Math.max(at, block.startedAt),
      ...(exitCode !== undefined && { exitCode }),
      endRow: this.#row(),
      endColumn: column ?? this.#terminal.buffer.active.cursorX,
    };
    this.#blocks = [...this.#blocks.slice(0, -1), ended];
  }

  /** Shells draw a prompt more than once; the last time counts. */
  #markInput(column = this.#terminal.buffer.active.cursorX): void {
    this.#input?.row.dispose();
    const row = this.#row();
    const above = row && this.#prompt && isKept(this.#prompt) ? row.line - this.#prompt.line : 0;
    this.#input = row && { row, column, promptRows: Math.max(0, above) };
  }

  #leavePrompt(): void {
    this.#prompt?.dispose();
    this.#prompt = undefined;
  }

  /** What stands between the prompt and the cursor. */
  #typedText(): string {
    if (!this.input) return '';
    const buffer = this.#terminal.buffer.active;
    const { row, column } = this.input;
    return textBetween(buffer, { row: row.line, column }, { row: buffer.baseY + buffer.cursorY, column: 0 });
  }

  /** Where the cursor is, or so many rows below. The alternate screen is a program's own and has no rows that stay. */
  #row(offset = 0): Row | undefined {
    const { type, baseY, cursorY } = this.#terminal.buffer.active;
    return type === 'normal' && baseY + cursorY + offset >= 0
      ? this.#terminal.registerMarker(offset)
      : undefined;
  }
}

export function isRunning(block: CommandBlock): boolean {
  return block.endedAt === undefined;
}

export function isKept(row: Row | undefined): row is Row {
  return row !== undefined && !row.isDisposed;
}

function rowsOf(block: CommandBlock): (Row | undefined)[] {
  return [block.commandRow, block.outputRow, block.endRow];
}

type Place = { readonly row: number; readonly column: number };

/** Text as it was printed: rows that a narrow window broke are one line again, and empty cells at the end of a line are no spaces. */
export function textBetween(buffer: ReadableBuffer, start: Place, end: Place): string {
  let text = '';
  for (let row = start.row; row <= end.row && row < buffer.length; row += 1) {
    const isLast = row === end.row;
    if (isLast && end.column === 0) break;
    const goesOn = !isLast && (buffer.getLine(row + 1)?.isWrapped ?? false);
    const from = row === start.row ? start.column : 0;
    const line = buffer.getLine(row)?.translateToString(!goesOn, from, isLast ? end.column : undefined) ?? '';
    text += line + (goesOn || isLast ? '' : '\n');
  }
  return text.replace(/\s+$/, '');
}
