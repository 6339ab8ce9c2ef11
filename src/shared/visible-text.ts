export type VisiblePart = {
  readonly text: string;
  /** It stands for a character that cannot be seen, or is not what it looks like. */
  readonly isMark: boolean;
};

const INVISIBLE = String.raw`[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}| +$`;
/** Letters of scripts that have some that look like Latin ones, right beside a Latin one; and wide forms of plain letters. */
export const LOOKALIKE =
  /(?<=[A-Za-z])[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}](?=[A-Za-z])|[\uff01-\uff5e]/u;

/** A text with marks for tabs, ends of lines, spaces at them, and characters that hide or reorder others. */
export function visibleParts(text: string): VisiblePart[] {
  return markParts(text, new RegExp(INVISIBLE, 'gmu'));
}

/** The same for what a person is asked to approve: letters that only look like those of a command are marked too. */
export function showExactly(text: string): VisiblePart[] {
  return markParts(text, new RegExp(`${INVISIBLE}|${LOOKALIKE.source}`, 'gmu'));
}

function markParts(text: string, marked: RegExp): VisiblePart[] {
  const parts: VisiblePart[] = [];
  let end = 0;
  const add = (part: string, isMark: boolean) => part !== '' && parts.push({ text: part, isMark });
  for (const match of text.matchAll(marked)) {
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
