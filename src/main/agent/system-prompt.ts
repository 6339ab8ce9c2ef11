import type { FinishedCommand } from '../../shared/session.ts';
import type { TurnContext } from './types.ts';

/** The mode's prompt, and below it what the agent should know of its tab. */
export function composeSystemPrompt(modePrompt: string, context: TurnContext): string {
  const facts = [
    `Folder: ${context.cwd}`,
    `Shell: ${context.shell}`,
    `Platform: ${context.platform}`,
    `Last command: ${context.lastCommand ? describeCommand(context.lastCommand) : 'none in this tab yet'}`,
  ];
  return `${modePrompt.trim()}\n\n# This tab\n\n${facts.map((fact) => `- ${fact}`).join('\n')}`.trim();
}

function describeCommand({ commandLine, exitCode, cwd, durationMs }: FinishedCommand): string {
  const end = exitCode === undefined ? 'its exit code is not known' : `exit code ${exitCode}`;
  return `${JSON.stringify(commandLine)} in ${cwd}: ${end}, after ${(durationMs / 1000).toFixed(1)} s`;
}
