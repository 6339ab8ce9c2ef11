import { appCommands } from '../shared/app-commands.ts';
import type { HostInfo, Notice } from '../shared/app.ts';
import { bindingsOf, conflictsOf, shellLoss, type OwnKeys } from '../shared/key-bindings.ts';
import { keysInWords } from '../shared/keys.ts';

const MAX_LINES = 5;

/** What the person's own keys take from the shell and from each other; undefined when it is nothing. */
export function keysNotice(
  own: OwnKeys,
  { platform, hostKind }: { platform: NodeJS.Platform; hostKind: HostInfo['kind'] },
): Notice | undefined {
  const mac = platform === 'darwin';
  const yours = bindingsOf(own, mac).filter(({ source }) => source === 'yours');
  const losses = yours.flatMap((binding) => {
    const loss = shellLoss(binding);
    if (loss === undefined) return [];
    const { command, keys, when } = binding;
    const condition = when === '' ? '' : `, when ${when}`;
    return [
      `${keysInWords(keys, mac)} is “${appCommands[command].title}” now${condition}. The shell then does not get it, where ${loss}.`,
    ];
  });
  const facts = { mac, desktop: hostKind === 'desktop', web: hostKind === 'web' };
  const conflicts = conflictsOf(yours, facts).map(
    ({ winner, loser }) =>
      `${keysInWords(loser.keys, mac)} has two commands: “${appCommands[winner.command].title}”, which stands later in the file, wins over “${appCommands[loser.command].title}”.`,
  );
  const lines = [...conflicts, ...losses];
  if (lines.length === 0) return undefined;
  if (lines.length > MAX_LINES) lines.splice(MAX_LINES, Infinity, `… and ${lines.length - MAX_LINES} more.`);
  return {
    id: 'keys',
    severity: 'warning',
    title: conflicts.length > 0 ? 'Two commands have one key' : 'A key no longer reaches the shell',
    body: lines.join('\n'),
    offersSettings: true,
  };
}
