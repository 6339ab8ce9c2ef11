import { SerializeAddon } from '@xterm/addon-serialize';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import type { IMarker, Terminal } from '@xterm/headless';
import { createRequire } from 'node:module';
import { trackModes } from './modes.ts';
import type { TerminalSize } from './types.ts';

// A CommonJS package whose exports Node cannot name in an `import`.
const headless = createRequire(import.meta.url)('@xterm/headless') as typeof import('@xterm/headless');

export type MirrorOptions = {
  readonly size: TerminalSize;
  /** Lines kept above the screen. */
  readonly scrollback: number;
  /** An answer to a query in output that nobody else answers. */
  readonly onAnswer: (data: string) => void;
  /** Payload of OSC 633: a mark of the shell integration, true or faked. */
  readonly onMark: (payload: string) => void;
  /** Payload of OSC 7: the shell's folder as a URL. */
  readonly onFolderUrl: (payload: string) => void;
};

/**
 * Greatest CSI parameter that is obeyed. A terminal is at most 1000 cells wide and high, so that more has no more effect,
 * but xterm would loop or allocate for each of up to two thousand million.
 */
const MAX_PARAMETER = 9999;

/** CSI sequences whose parameter counts repetitions: ICH, CHT, IL, DL, DCH, SU, SD, ECH, CBT, REP. */
const REPEATING_FINALS = '@ILMPSTXZb';

/** Gives up what a program may have left behind: mouse reports, cursor style, margins, modes, colours. */
const RESET_MODES = '\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1016l\x1b[0 q\x1b[!p';

const encoder = new TextEncoder();

/** The screen as a client would show it, without a window. */
export class Mirror implements Disposable {
  readonly #terminal: Terminal;
  readonly #serializer = new SerializeAddon();
  readonly #modes: () => string;
  /** Of the chunks still to be parsed, the first being parsed now: whether the mirror answers their queries. */
  readonly #answering: boolean[] = [];
  #pendingBytes = 0;
  #promptEnd: { readonly marker: IMarker; readonly column: number } | undefined;

  constructor({ size, scrollback, onAnswer, onMark, onFolderUrl }: MirrorOptions) {
    const terminal = new headless.Terminal({
      cols: size.columns,
      rows: size.rows,
      scrollback,
      allowProposedApi: true,
    });
    terminal.loadAddon(this.#serializer);
    terminal.loadAddon(new UnicodeGraphemesAddon());
    terminal.onData((data) => {
      if (this.#answering[0]) onAnswer(data);
    });
    for (const final of REPEATING_FINALS) {
      terminal.parser.registerCsiHandler({ final }, (parameters) =>
        parameters.some((parameter) => typeof parameter === 'number' && parameter > MAX_PARAMETER),
      );
    }
    const told = (listener: (payload: string) => void) => (payload: string) => {
      listener(payload);
      return true;
    };
    terminal.parser.registerOscHandler(633, told(onMark));
    terminal.parser.registerOscHandler(7, told(onFolderUrl));
    this.#modes = trackModes(terminal);
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

  resize({ columns, rows }: TerminalSize): void {
    this.#terminal.resize(columns, rows);
  }

  /** Calls back when all that was written so far is on the screen. */
  afterParsing(callback: () => void): void {
    this.write(new Uint8Array(), { isAnswering: false, onParsed: callback });
  }

  /** Escape sequences that draw the screen, the lines above it and the modes in a fresh terminal of this size. Exact only when all is parsed. */
  snapshot(): Uint8Array {
    return encoder.encode(mended(this.#serializer.serialize()) + this.#modes());
  }

  /** Lines and normal screen, without what only the running program means: its alternate screen and modes. */
  text(): string {
    return mended(this.#serializer.serialize({ excludeAltBuffer: true, excludeModes: true }));
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

  [Symbol.dispose](): void {
    this.#terminal.dispose();
  }
}

/** From dim to bold the serialize addon writes `1` before `22`, which ends both. Colours, whose numbers mean something else, come first. */
const BOLD_ENDED_AT_ONCE =
  // oxlint-disable-next-line no-control-regex -- escape sequences are what it is about
  /(?<before>\x1b\[(?:(?:[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|(?![34]8;)\d+);)*?)1(?<between>(?:;\d+)*?);22(?=[;m])/g;

function mended(serialized: string): string {
  return serialized.replaceAll(BOLD_ENDED_AT_ONCE, '$<before>22$<between>;1');
}
