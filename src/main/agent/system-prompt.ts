import { homedir } from 'node:os';
import type { FinishedCommand } from '../../shared/session.ts';
import { readInstructions, type Instructions } from './context/read-instructions.ts';
import type { SystemPrompt, TurnContext } from './types.ts';

/** The mode's prompt, and below it what the agent should know of its tab, with the instruction files as they are now. */
export async function composeSystemPrompt(
  modePrompt: string,
  context: TurnContext,
  { now = new Date(), home = homedir() } = {},
): Promise<SystemPrompt> {
  const { taken, skipped } = await readInstructions(context.cwd, home);
  const facts = [
    `Folder: ${context.cwd}`,
    `Shell: ${context.shell}`,
    `Platform: ${context.platform}`,
    `Date: ${dayOf(now)}`,
    `Last command: ${context.lastCommand ? describeCommand(context.lastCommand) : 'none in this tab yet'}`,
  ];
  const text = [
    modePrompt.trim(),
    `# This tab\n\n${facts.map((fact) => `- ${fact}`).join('\n')}`,
    ...(taken.length > 0 ? [inWords(taken)] : []),
  ].join('\n\n');
  return {
    text: text.trim(),
    taken: taken.map(({ path, isCut }) => ({ path, isCut })),
    skipped: [...skipped],
  };
}

/** The day alone: a clock would make each request differ from the one before, and no provider's cache would hold. */
function dayOf(now: Date): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const day = now.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return `${day} (${timeZone})`;
}

function describeCommand({ commandLine, exitCode, cwd, durationMs }: FinishedCommand): string {
  const end = exitCode === undefined ? 'its exit code is not known' : `exit code ${exitCode}`;
  return `${JSON.stringify(commandLine)} in ${cwd}: ${end}, after ${(durationMs / 1000).toFixed(1)} s`;
}

function inWords(taken: Instructions['taken']): string {
  const files = taken.map(
    ({ path, text, isCut }) =>
      `<instructions path=${JSON.stringify(path)}>\n${text}${isCut ? '\n[The rest is left out.]' : ''}\n</instructions>`,
  );
  return [
    '# Instructions of this project',
    'Follow these files of the user. Where they disagree, the later one counts, and what the user says in the conversation counts more.',
    ...files,
  ].join('\n\n');
}
