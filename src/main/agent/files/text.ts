import { isUtf8 } from 'node:buffer';
import { ToolError } from './tool-error.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

/** A file's text without its mark of order, and how it is written. */
export type DecodedText = { readonly text: string; readonly encoding: Encoding; readonly hasMark: boolean };

/** Enough to see what a file is; a NUL further on is rare in text and harmless. */
const PROBE_BYTES = 8192;

/** Undefined for what is no text. Whatever is neither UTF-8 nor marked is taken as Latin-1, in which each byte is a character and comes back the same. */
export function decodeText(bytes: Buffer): DecodedText | undefined {
  const isEven = bytes.length % 2 === 0;
  if (bytes[0] === 0xff && bytes[1] === 0xfe && isEven) {
    return { text: bytes.toString('utf16le', 2), encoding: 'utf-16le', hasMark: true };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff && isEven) {
    return { text: swapped(bytes.subarray(2)).toString('utf16le'), encoding: 'utf-16be', hasMark: true };
  }
  if (bytes.subarray(0, PROBE_BYTES).includes(0)) return undefined;
  if (isUtf8(bytes)) {
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return { text: bytes.toString('utf8', hasMark ? 3 : 0), encoding: 'utf-8', hasMark };
  }
  const controls = bytes
    .subarray(0, PROBE_BYTES)
    .filter((byte) => byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 27);
  if (controls.length > 0) return undefined;
  return { text: bytes.toString('latin1'), encoding: 'latin1', hasMark: false };
}

/** The text as bytes in the same way. Throws a `ToolError` for characters that Latin-1 does not have. */
export function encodeText({ text, encoding, hasMark }: DecodedText): Buffer {
  const marked = hasMark ? `\uFEFF${text}` : text;
  if (encoding === 'utf-8') return Buffer.from(marked, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(marked, 'utf16le');
  if (encoding === 'utf-16be') return swapped(Buffer.from(marked, 'utf16le'));
  const foreign = /[\u0100-\u{10ffff}]/u.exec(text)?.[0];
  if (foreign !== undefined)
    throw new ToolError(
      `The file is written in Latin-1, which has no “${foreign}”. Leave it out, or convert the file first.`,
    );
  return Buffer.from(text, 'latin1');
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}

/** Whether lines end in CRLF, as most of them do. */
export function usesCrlf(text: string): boolean {
  const ends = text.match(/\r?\n/g) ?? [];
  return ends.filter((end) => end === '\r\n').length > ends.length / 2;
}

export function withCrlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}
