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

export type VisiblePart = {
  readonly text: string;
  /** It stands for a character that cannot be seen. */
  readonly isMark: boolean;
};

const INVISIBLE = /[\t\n\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}| +$/gmu;

/** A text with marks for tabs, ends of lines, spaces at them, and characters that hide or reorder others. */
export function visibleParts(text: string): VisiblePart[] {
  const parts: VisiblePart[] = [];
  let end = 0;
  const add = (part: string, isMark: boolean) => part !== '' && parts.push({ text: part, isMark });
  for (const match of text.matchAll(INVISIBLE)) {
    add(text.slice(end, match.index), false);
    add(markOf(match[0]), true);
    end = match.index + match[0].length;
  }
  add(text.slice(end), false);
  return parts;
}

function markOf(invisible: string): string {
  if (invisible === '\n') return '↵\n';
  if (invisible === '\t') return '⇥';
  if (invisible.startsWith(' ')) return '·'.repeat(invisible.length);
  const code = invisible.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
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
