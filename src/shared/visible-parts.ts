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
