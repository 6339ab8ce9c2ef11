import type { FinishedCommand } from '../../../shared/session.ts';
import { explainExitCode } from './exit-codes.ts';

/**
 * What the last command's end means. A code in the question that is not the command's own is explained by itself;
 * undefined when there is neither.
 */
export function explainCommand(
  question: string,
  lastCommand: FinishedCommand | undefined,
): string | undefined {
  const asked = codeIn(question);
  if (asked !== undefined && asked !== lastCommand?.exitCode) {
    return `**Exit code ${asked}**: ${explainExitCode(asked)}`;
  }
  if (!lastCommand) return undefined;
  const { commandLine, exitCode, cwd, durationMs } = lastCommand;
  const what = `Your last command, in \`${cwd}\`, took ${(durationMs / 1000).toFixed(1)} s:\n\n${fenced(commandLine)}`;
  if (exitCode === undefined) return `${what}\n\nThe shell did not say with which exit code it ended.`;
  return `${what}\n\nIt ended with **exit code ${exitCode}**: ${explainExitCode(exitCode, programOf(commandLine))}`;
}

/** A number that is asked about, as in "what does 127 mean". */
export function codeIn(question: string): number | undefined {
  const found =
    /\b(?:code|status|value|exit(?:ed)?(?: with)?)\s+(\d{1,3})\b|\b(\d{1,3})\s+(?:mean|stand)/i.exec(
      question,
    );
  const code = Number(found?.[1] ?? found?.[2] ?? NaN);
  return code <= 255 ? code : undefined;
}

const WRAPPERS: ReadonlySet<string> = new Set(['sudo', 'env', 'time', 'nohup', 'nice', 'exec', 'command']);

/**
 * The program whose exit code a command line has: the last of a pipeline or list. Undefined where it depends on how the
 * line went, as with `&&`.
 */
export function programOf(commandLine: string): string | undefined {
  const bare = commandLine.replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"/g, 'quoted');
  if (/&&|\|\|/.test(bare)) return undefined;
  const last = bare.split(/[|;\n]/).findLast((part) => part.trim() !== '') ?? '';
  const words = last.match(/\S+/g) ?? [];
  const isInFront = (word: string) => WRAPPERS.has(word) || /^(-.*|\w+=.*)$/.test(word);
  return words.find((word) => !isInFront(word))?.replace(/^.*\//, '');
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
}
