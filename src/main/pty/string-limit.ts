import { joined } from './outlet.ts';

const ESCAPE = 0x1b;
const BELL = 0x07;
const CANCEL = 0x18;
const SUBSTITUTE = 0x1a;
/** First byte of U+0080 to U+00BF, among them the control characters that need no ESC. */
const C1_LEAD = 0xc2;
const C1_STRING_END = 0x9c;

/**
 * Of a string in output: a title, a link, a mark of the shell. Longer ones are images and clipboards, which a screen of
 * text has no use for, and for which a parser takes time and memory.
 */
export const MAX_STRING_BYTES = 64 * 1024;

/** Of an image, which windows draw: more than a whole screen of them takes. */
export const MAX_IMAGE_BYTES = 8 * 1024 * 1024;

/** How images begin, behind what begins the string: Sixel, and inline images as iTerm2 has them. */
const SIXEL = /^[\d;]*q/;
const INLINE_IMAGE = /^1337;File=/;
const IMAGE_HEAD_BYTES = 64;

/** Output for a screen of text, and for windows: the same, but where there is a long image. */
export type Passed = { readonly screen: Uint8Array; readonly windows: Uint8Array };

/**
 * Takes strings that are too long (OSC, DCS, SOS, PM, APC) out of output, and holds others back until they are whole:
 * a screen that is drawn meanwhile then never ends inside one. Of long ones only images go on, to windows alone.
 */
export class StringLimit {
  /** Of the string that is open. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #isOpen = false;
  #isOsc = false;
  #isImage = false;

  /** What may go on: the chunk itself where nothing is held or taken out. It must end neither inside a character nor between an ESC and what belongs to it. */
  pass(chunk: Uint8Array): Passed {
    const screen: Uint8Array[] = [];
    const windows: Uint8Array[] = [];
    const passOn = (bytes: Uint8Array) => {
      screen.push(bytes);
      windows.push(bytes);
    };
    /** Everything before is passed, held or taken out. */
    let settled = 0;
    let position = 0;
    while (position < chunk.length) {
      const isNew = !this.#isOpen;
      const start = isNew ? nextString(chunk, position) : 0;
      if (start === -1) break;
      if (isNew) this.#isOsc = isOsc(chunk, start);
      const end = endOfString(chunk, isNew ? start + 2 : 0, this.#isOsc);
      position = end.after;
      this.#isOpen = !end.isFound;
      // The usual case: it is passed on with what is around it.
      if (isNew && end.isFound && end.after - start <= MAX_STRING_BYTES) continue;
      if (isNew) this.#isImage = isImage(chunk, start);
      passOn(chunk.subarray(settled, start));
      this.#hold(chunk.subarray(start, end.after));
      if (end.isFound) {
        const isLong = this.#heldBytes > MAX_STRING_BYTES;
        for (const bytes of this.#release()) {
          if (isLong) windows.push(bytes);
          else passOn(bytes);
        }
      }
      settled = end.after;
    }
    if (settled === 0) return { screen: chunk, windows: chunk };
    passOn(chunk.subarray(settled));
    const forScreen = joined(screen);
    return { screen: forScreen, windows: windows.length > screen.length ? joined(windows) : forScreen };
  }

  #hold(bytes: Uint8Array): void {
    this.#heldBytes += bytes.length;
    if (this.#heldBytes <= (this.#isImage ? MAX_IMAGE_BYTES : MAX_STRING_BYTES)) this.#held.push(bytes);
    else this.#held = [];
  }

  /** Nothing of a string that is too long. */
  #release(): Uint8Array[] {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    return held;
  }
}

/** Where the next string begins, -1 if none does. */
function nextString(chunk: Uint8Array, from: number): number {
  const escape = nextPair(chunk, from, ESCAPE, 'P]X^_');
  const c1 = nextPair(chunk, from, C1_LEAD, '\x90\x98\x9d\x9e\x9f');
  return escape === -1 || (c1 !== -1 && c1 < escape) ? c1 : escape;
}

function nextPair(chunk: Uint8Array, from: number, first: number, seconds: string): number {
  let position = chunk.indexOf(first, from);
  while (position !== -1 && !seconds.includes(String.fromCharCode(chunk[position + 1] ?? 0))) {
    position = chunk.indexOf(first, position + 1);
  }
  return position;
}

function isOsc(chunk: Uint8Array, start: number): boolean {
  return chunk[start + 1] === 0x5d || chunk[start + 1] === 0x9d;
}

/** A string's first bytes come together: only what is longer than them comes in pieces. */
function isImage(chunk: Uint8Array, start: number): boolean {
  const head = Buffer.from(chunk.subarray(start + 2, start + IMAGE_HEAD_BYTES)).toString('latin1');
  const isSixel = (chunk[start + 1] === 0x50 || chunk[start + 1] === 0x90) && SIXEL.test(head);
  return isSixel || (isOsc(chunk, start) && INLINE_IMAGE.test(head));
}

/** Behind the string's end, or behind the chunk. An ESC that begins something else than the end is not part of it. */
function endOfString(chunk: Uint8Array, from: number, isOsc: boolean): { after: number; isFound: boolean } {
  for (let position = from; position < chunk.length; position += 1) {
    const byte = chunk[position];
    if (byte === CANCEL || byte === SUBSTITUTE || (byte === BELL && isOsc))
      return { after: position + 1, isFound: true };
    const next = chunk[position + 1];
    if (byte === ESCAPE) return { after: position + (next === 0x5c ? 2 : 0), isFound: true };
    if (byte === C1_LEAD && next === C1_STRING_END) return { after: position + 2, isFound: true };
  }
  return { after: chunk.length, isFound: false };
}
