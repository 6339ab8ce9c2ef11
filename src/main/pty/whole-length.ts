const ESCAPE = 0x1b;
const BELL = 0x07;
/** A longer sequence (an image, a clipboard) is passed on in pieces rather than held back. */
const MAX_HELD_BYTES = 4096;

/**
 * How many bytes of a chunk can go on so that it ends neither inside a UTF-8 character nor inside an escape sequence;
 * the rest belongs before the next chunk. A snapshot taken between two such chunks is exact, because no parser holds half a sequence.
 */
export function wholeLength(bytes: Uint8Array): number {
  const escape = bytes.lastIndexOf(ESCAPE);
  const isHeld = escape >= 0 && bytes.length - escape <= MAX_HELD_BYTES && !isCompleteSequence(bytes, escape);
  return isHeld ? escape : bytes.length - unfinishedCharacter(bytes);
}

/** Bytes at the end that begin a UTF-8 character without ending it. */
function unfinishedCharacter(bytes: Uint8Array): number {
  for (let length = 1; length <= 3; length += 1) {
    const byte = bytes.at(-length) ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return characterLength(byte) > length ? length : 0;
  }
  return 0;
}

function characterLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/** `escape` is the last ESC of the bytes, so a string that a later ESC would end is still open. */
function isCompleteSequence(bytes: Uint8Array, escape: number): boolean {
  let index = escape + 1;
  const kind = String.fromCharCode(bytes[index] ?? 0);
  if ('P]X^_'.includes(kind)) return bytes.includes(BELL, index);
  if (kind === '[') {
    index += 1;
    while (isBetween(bytes[index], 0x20, 0x3f)) index += 1;
    return index < bytes.length;
  }
  while (isBetween(bytes[index], 0x20, 0x2f)) index += 1;
  return index < bytes.length;
}

function isBetween(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}
