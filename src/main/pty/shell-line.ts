/** What shells may rewrite, drop or take for unfinished in a line that is typed: history, comments, several lines, a last backslash. */
const NOT_AS_TYPED = /[!#^\n]|\\$/;

/**
 * The line that makes the shell run exactly this command as one: as it stands where nothing in it means something else on a
 * typed line, else as the one argument of `eval`. With a folder it runs there and leaves the shell where it is.
 */
export function shellLine(
  command: string,
  { isFish, folder }: { isFish: boolean; folder?: string | undefined },
): string {
  const line = command.replace(/\n+$/, '');
  if (isFish) {
    // It takes several lines for one command and rewrites none of them. It has no subshells.
    return folder === undefined ? line : `fish -c ${forFish(`cd -- ${forFish(folder)}; or exit\n${line}`)}`;
  }
  if (folder !== undefined) return `(cd -- ${quoted(folder)} && eval ${quoted(line)})`;
  return NOT_AS_TYPED.test(line) ? `eval ${quoted(line)}` : line;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function forFish(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
