import { slashCommands, type SlashContext } from './commands.ts';
import { parseSlash } from './syntax.ts';

export type Completion = {
  /** The whole text of the box with it. */
  readonly text: string;
  readonly label: string;
  readonly summary?: string;
};

const MAX_COMPLETIONS = 8;

/** What the text may go on as, while it is a command that is not whole. */
export function completionsOf(text: string, context: SlashContext): readonly Completion[] {
  const slash = parseSlash(text);
  if (!slash || text.includes('\n')) return [];
  if (!/\s/.test(text)) return commandsBeginningWith(slash.name);
  const command = slashCommands.find(({ name }) => name === slash.name);
  const wanted = slash.argument.toLowerCase();
  const values = command?.completions?.(context) ?? [];
  return values
    .filter((value) => value.toLowerCase().includes(wanted) && value !== slash.argument)
    .sort((one, other) => Number(other.startsWith(wanted)) - Number(one.startsWith(wanted)))
    .slice(0, MAX_COMPLETIONS)
    .map((value) => ({ text: `/${slash.name} ${value}`, label: value }));
}

function commandsBeginningWith(name: string): Completion[] {
  return slashCommands
    .filter((command) => command.name.startsWith(name) && command.name !== name)
    .map((command) => ({
      text: `/${command.name}${command.argument === undefined ? '' : ' '}`,
      label: `/${command.name}${command.argument === undefined ? '' : ` ${command.argument}`}`,
      summary: command.summary,
    }));
}
