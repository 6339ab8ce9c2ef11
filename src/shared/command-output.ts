/**
 * What a command printed, as text that a model and a person can read: kept within a limit, and without what only a terminal
 * understands. Values only, for commands in a tab's shell and beside it.
 */

/** Keeps the beginning and the end of a text that may be endless. */
export class KeptOutput {
  readonly #half: number;
  #head = '';
  #tail: string[] = [];
  #tailLength = 0;
  #dropped = 0;

  constructor(limitCharacters: number) {
    this.#half = Math.floor(limitCharacters / 2);
  }

  push(text: string): this {
    const room = this.#half - this.#head.length;
    this.#head += text.slice(0, room);
    if (text.length > room) this.#pushToTail(text.slice(room));
    return this;
  }

  /** Characters that are left out of `text`. */
  get cutCharacters(): number {
    return this.#dropped + Math.max(0, this.#tailLength - this.#half);
  }

  /** Says in its middle how much was left out there. */
  get text(): string {
    const tail = this.#tail.join('').slice(-this.#half);
    const cut = this.cutCharacters;
    return cut === 0 ? this.#head + tail : `${this.#head}\n[… ${cut} characters left out …]\n${tail}`;
  }

  #pushToTail(text: string): void {
    this.#tail.push(text);
    this.#tailLength += text.length;
    let first = this.#tail[0];
    while (first !== undefined && this.#tailLength - first.length >= this.#half) {
      this.#tail.shift();
      this.#tailLength -= first.length;
      this.#dropped += first.length;
      first = this.#tail[0];
    }
  }
}

/* oxlint-disable no-control-regex -- escape sequences are what it is about */
/** What a full-screen program drew says nothing once it is gone. */
const ALTERNATE_SCREEN = /\x1b\[\?(?:1049|1047|47)h[^]*?(?:\x1b\[\?(?:1049|1047|47)l|$)/g;
const STRING_SEQUENCES = /\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?/g;
/** CSI with its parameters and final letter, other sequences, and single characters that move the cursor. */
const CONTROLS = /\x1b\[([\d;:<=>?]*)[ -/]*([@-~])|\x1b[ -/]*[0-Z\\^-~]|[\x00-\x1f\x7f-\x9f\x1b]/g;

/**
 * Text as it would stand on paper: lines that were printed over (progress bars) have their last state, colours and all else that
 * only a terminal understands are gone. The paper has no width and no height.
 */
export function plainText(printed: string): string {
  const text = printed
    .replaceAll('\r\n', '\n')
    .replaceAll(ALTERNATE_SCREEN, '')
    .replaceAll(STRING_SEQUENCES, '');
  const paper = new Paper();
  let from = 0;
  for (const match of text.matchAll(CONTROLS)) {
    paper.write(text.slice(from, match.index));
    paper.control(match[0], match[2] ?? '', Number.parseInt(match[1] ?? '', 10) || 1);
    from = match.index + match[0].length;
  }
  paper.write(text.slice(from));
  return paper.text;
}
/* oxlint-enable no-control-regex */

/** What is written over a longer line starts a new one, so that no output costs more than its length. */
const LONGEST_LINE = 4096;

class Paper {
  readonly #lines = [''];
  #row = 0;
  #column = 0;

  get text(): string {
    return this.#lines
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  }

  write(text: string): void {
    if (text === '') return;
    if (this.#column < this.#line.length && this.#line.length > LONGEST_LINE)
      this.#moveTo(this.#lines.length, 0);
    const line = this.#line;
    const before = line.length < this.#column ? line.padEnd(this.#column) : line.slice(0, this.#column);
    this.#line = before + text + line.slice(this.#column + text.length);
    this.#column += text.length;
  }

  /** `letter` ends an escape sequence, which has the number `count`. */
  control(control: string, letter: string, count: number): void {
    switch (letter || control) {
      case '\n':
        return this.#moveTo(this.#row + 1, 0);
      case '\r':
      case 'G':
        return this.#moveTo(this.#row, letter === '' ? 0 : Math.min(count, LONGEST_LINE) - 1);
      case '\b':
      case 'D':
        return this.#moveTo(this.#row, Math.max(0, this.#column - count));
      case 'C':
        return this.#moveTo(this.#row, Math.max(this.#column, Math.min(this.#column + count, LONGEST_LINE)));
      case '\t':
        return this.write(' '.repeat(8 - (this.#column % 8)));
      case 'A':
        return this.#moveTo(Math.max(0, this.#row - count), this.#column);
      case 'B':
        return this.#moveTo(this.#row + 1, this.#column);
      case 'K':
        return this.#erase(control);
    }
  }

  #moveTo(row: number, column: number): void {
    this.#row = row;
    this.#column = column;
    if (this.#lines.length <= row) this.#lines.push('');
  }

  #erase(sequence: string): void {
    if (sequence.includes('2')) this.#line = '';
    else if (!sequence.includes('1')) this.#line = this.#line.slice(0, this.#column);
  }

  get #line(): string {
    return this.#lines[this.#row] ?? '';
  }

  set #line(line: string) {
    this.#lines[this.#row] = line;
  }
}
