import type { PasteReason } from '../../../shared/app.ts';

export type PasteDecision = {
  /** What is typed when nobody objects; line feeds are Enter. */
  readonly text: string;
  /** Why to ask first; empty: there is no need to. */
  readonly reasons: readonly PasteReason[];
};

/** `isBracketed`: the program takes a paste as one piece of text, and runs nothing of it by itself. */
export function decidePaste(
  pasted: string,
  { isBracketed, asksAbout }: { readonly isBracketed: boolean; readonly asksAbout: readonly PasteReason[] },
): PasteDecision {
  const text = cleanPaste(pasted);
  const isFound: Record<PasteReason, boolean> = {
    lines: !isBracketed && text.includes('\n'),
    sudo: /^\s*sudo(?=\s|$)/m.test(text),
  };
  return { text, reasons: asksAbout.filter((reason) => isFound[reason]) };
}

/**
 * Without control characters but tabs and line feeds: no key can be pressed by a paste, nor the end of a paste be told, which
 * is an escape sequence.
 */
export function cleanPaste(pasted: string): string {
  return pasted.replaceAll(/\r\n?/g, '\n').replaceAll(/(?![\t\n])\p{Cc}/gu, '');
}

/** Paths as a shell reads them again, whatever their names hold. */
export function quotePaths(paths: readonly string[]): string {
  return paths.map(quotePath).join(' ');
}

function quotePath(path: string): string {
  if (/^[\w@%+=:,./-]+$/.test(path)) return path;
  // A paste loses control characters, so they must be spelled.
  if (/(?!\n)\p{Cc}/u.test(path)) return `$'${path.replaceAll(/['\\\p{Cc}]/gu, spelled)}'`;
  // Outside the quotes, because fish gives backslashes between them a meaning.
  return `'${path.replaceAll(/['\\]/g, String.raw`'\$&'`)}'`;
}

function spelled(character: string): string {
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
