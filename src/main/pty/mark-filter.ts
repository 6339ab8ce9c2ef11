import { markSequence } from '../../shared/command-block.ts';
import { joined } from './outlet.ts';

const OSC = Buffer.from('\x1b]');
/** The numbers of marks, with and without a shell integration of one's own. */
const NUMBERS = ['633;', '133;'] as const;
const BEGINNING_BYTES = OSC.length + NUMBERS[0].length;
const ESCAPE = 0x1b;
const BELL = 0x07;
/** A mark is shorter, also that of a long command line. What is longer was not written by a shell and is passed on. */
const MAX_MARK_BYTES = 64 * 1024;

/** What reads along while Carrel runs a command: the shell's own marks and all between them, in order. */
export type MarkTap = {
  /** `kind` is the letter of the mark. */
  mark(kind: string, value: string): void;
  output(bytes: Uint8Array): void;
};

/**
 * Takes all marks out of a shell's output and puts in, at the same places, those that the shell itself wrote: with the
 * time and with the token that the screen and the windows know, in place of the nonce that only the shell knows.
 */
export class MarkFilter {
  readonly #nonce: string;
  readonly #token: string;
  readonly #now: () => number;
  #held: Uint8Array = new Uint8Array();
  #isRunning = false;
  #lastAtPrompt = '';
  tap: MarkTap | undefined;

  constructor({ nonce, token, now = Date.now }: { nonce: string; token: string; now?: () => number }) {
    this.#nonce = nonce;
    this.#token = token;
    this.#now = now;
  }

  /** A command of the shell's has begun and not ended. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** The shell waits for a command. */
  get isAtPrompt(): boolean {
    return this.#lastAtPrompt === 'B';
  }

  /** … and for more of one that was begun. */
  get isInsideCommand(): boolean {
    return this.#lastAtPrompt === 'K';
  }

  /** `bytes` end neither inside a character nor inside a short sequence. What is returned may be the same memory. */
  rewrite(bytes: Uint8Array): Uint8Array {
    const all = this.#held.length > 0 ? Buffer.concat([this.#held, bytes]) : viewOf(bytes);
    this.#held = new Uint8Array();
    const kept: Uint8Array[] = [];
    let from = 0;
    for (let start = nextMark(all, 0); start >= 0; start = nextMark(all, from)) {
      const end = endOfString(all, start + BEGINNING_BYTES);
      if (end === undefined) {
        if (all.length - start > MAX_MARK_BYTES) break;
        this.#held = all.subarray(start);
        this.tap?.output(all.subarray(from, start));
        return joined([...kept, all.subarray(from, start)]);
      }
      this.tap?.output(all.subarray(from, start));
      kept.push(all.subarray(from, start), this.#verified(all.subarray(start, end)));
      from = end;
    }
    this.tap?.output(all.subarray(from));
    return kept.length === 0 ? all : joined([...kept, all.subarray(from)]);
  }

  /** What ends the command that ended the shell itself (`exit 3`), if one did. */
  end(exitCode: number): string {
    if (!this.#isRunning) return '';
    this.#isRunning = false;
    return markSequence('D', String(exitCode), this.#now(), this.#token);
  }

  /** Empty for a mark that the shell did not write. */
  #verified(mark: Buffer): Uint8Array {
    const text = mark.toString();
    const [, kind = '', value = '', nonce] =
      // oxlint-disable-next-line no-control-regex -- escape sequences are what it is about
      /^\x1b\]633;([A-EKLP])(?:;([^;\x00-\x1f]*))?;([0-9a-f]+)\x07$/.exec(text) ?? [];
    if (nonce !== this.#nonce) return new Uint8Array();
    if (kind === 'C' || kind === 'D') this.#isRunning = kind === 'C';
    if ('ABCDK'.includes(kind)) this.#lastAtPrompt = kind;
    this.tap?.mark(kind, value);
    // Between Carrel and the shell alone: it wants more lines, or has taken one.
    if (kind === 'K' || kind === 'L') return new Uint8Array();
    return Buffer.from(markSequence(kind, value, this.#now(), this.#token));
  }
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}

function nextMark(bytes: Buffer, from: number): number {
  let start = bytes.indexOf(OSC, from);
  while (start >= 0 && !isMark(bytes, start)) start = bytes.indexOf(OSC, start + OSC.length);
  return start;
}

function isMark(bytes: Buffer, start: number): boolean {
  const number = bytes.toString('latin1', start + OSC.length, start + BEGINNING_BYTES);
  return (NUMBERS as readonly string[]).includes(number);
}

/** Behind the BEL or `ESC \` that ends a string, or before another escape sequence, which ends it too; undefined when it goes on. */
function endOfString(bytes: Buffer, from: number): number | undefined {
  for (let index = from; index < bytes.length; index += 1) {
    if (bytes[index] === BELL) return index + 1;
    if (bytes[index] !== ESCAPE) continue;
    if (index + 1 === bytes.length) return undefined;
    return bytes[index + 1] === 0x5c ? index + 2 : index;
  }
  return undefined;
}
