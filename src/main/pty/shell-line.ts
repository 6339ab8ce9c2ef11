/** What shells may rewrite, drop or take for unfinished in a line that is typed: history, comments, several lines, a last backslash. */
const NOT_AS_TYPED = /[!#^\n]|\\$/;

/**
 * The line that makes the shell run exactly this command as one: as it stands where nothing in it means something else on a
 * typed line, else as the one argument of `eval`.
 */
export function shellLine(command: string, isFish: boolean): string {
  const line = command.replace(/\n+$/, '');
  // fish takes several lines for one command and rewrites none of them.
  if (isFish || !NOT_AS_TYPED.test(line)) return line;
  return `eval '${line.replaceAll("'", String.raw`'\''`)}'`;
}
