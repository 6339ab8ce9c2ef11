export type TypedMention = {
  /** Where its `@` stands. */
  readonly start: number;
  readonly query: string;
};

/** The mention that the caret stands at the end of: `@` at the beginning of a word, with quotes where it has spaces. */
export function mentionAt(text: string, caret: number): TypedMention | undefined {
  const match = /(?:^|\s)@(?:"([^"\n]*)|([^\s"@]*))$/.exec(text.slice(0, caret));
  if (!match) return undefined;
  return { start: match.index + match[0].indexOf('@'), query: match[1] ?? match[2] ?? '' };
}

/** How a name is mentioned in a text, so that it is found again. */
export function mentioned(name: string): string {
  const clean = name.replaceAll(/["\s]+/g, ' ').trim();
  return /[\s"]/.test(name) ? `@"${clean}"` : `@${clean}`;
}
