import { appCommandIds, appCommands, type AppCommandId } from '../../../shared/app-commands.ts';
import type { Binding, KeyConflict } from '../../../shared/key-bindings.ts';
import { keysInWords } from '../../ui/keys.ts';

/** Commands that have every word of the search in title or id, and the pressed key among their chords where one was pressed. */
export function findCommands(
  bindings: readonly Binding[],
  { search, pressed }: { readonly search: string; readonly pressed: string },
): readonly AppCommandId[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return appCommandIds.filter((command) => {
    const text = `${appCommands[command].title} ${command}`.toLowerCase();
    const hasKey = () =>
      bindings.some((binding) => binding.command === command && binding.keys.split(' ').includes(pressed));
    return words.every((word) => text.includes(word)) && (pressed === '' || hasKey());
  });
}

/** A conflict, seen from one of its two commands. */
export function conflictInWords({ winner, loser }: KeyConflict, command: AppCommandId): string {
  if (winner.command === command)
    return `Takes ${keysInWords(winner.keys)} from “${titleOf(loser)}” (${sourceInWords(loser.source)}).`;
  const why = loser.source === 'yours' ? 'yours, later in the file' : sourceInWords(winner.source);
  return `${keysInWords(loser.keys)} goes to “${titleOf(winner)}” (${why}).`;
}

function sourceInWords(source: Binding['source']): string {
  return source === 'yours' ? 'yours' : 'built in';
}

const titleOf = ({ command }: Binding) => appCommands[command].title;
