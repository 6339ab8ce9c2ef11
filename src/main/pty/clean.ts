/** Without control characters: fit for a label, a path or one line on a screen. */
export function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '');
}
