import { appCommands, isAppCommandId, type AppCommandId } from '../../../shared/app-commands.ts';
import { keysOf, type OwnKeys } from '../../../shared/key-bindings.ts';
import { keysInWords } from '../../../shared/keys.ts';

export type Keyboard = { readonly platform: string; readonly ownKeys: OwnKeys };

/** By the names that the knowledge texts use, in the order of the list. */
const shortcuts = {
  newTab: 'tab.new',
  closeTab: 'tab.close',
  goToTab: 'tab.1',
  switchTab: 'tab.switch',
  recentTab: 'tab.recent',
  nextNeedsMe: 'tab.needs-me',
  palette: 'palette',
  model: 'model.choose',
  switchSide: 'region.other',
  find: 'terminal.find',
  searchEverything: 'search',
  settings: 'settings',
  mode: 'mode.next',
  stop: 'turn.stop',
} as const satisfies Record<string, AppCommandId>;

/** Of a shortcut's present key; without one, of where its command is found. */
export function keyFor(name: string, keyboard: Keyboard): string | undefined {
  if (!Object.hasOwn(shortcuts, name)) return undefined;
  const command = shortcuts[name as keyof typeof shortcuts];
  return keyOf(command, keyboard) ?? `“${appCommands[command].title}” in the command palette`;
}

function keyOf(command: AppCommandId, { platform, ownKeys }: Keyboard): string | undefined {
  const mac = platform === 'darwin';
  const keys = keysOf(command, ownKeys, mac);
  if (keys === undefined) return undefined;
  // Nine tabs are one line, where each has its own digit.
  const isDigit = command === 'tab.1' && keys.endsWith('1') && !Object.hasOwn(ownKeys, command);
  return `**${keysInWords(keys, mac)}${isDigit ? '–9' : ''}**`;
}

const PLACES: Readonly<Partial<Record<AppCommandId, string>>> = {
  'tab.1': 'Go to tab 1–9',
  'mode.next': 'Next mode (in the message box)',
};

/** Those that one needs first, and those that the person gave keys of their own. */
export function shortcutTable(keyboard: Keyboard): string {
  const own = Object.keys(keyboard.ownKeys).filter(isAppCommandId);
  const rows = [...new Set([...Object.values(shortcuts), ...own])].flatMap((command) => {
    const key = keyOf(command, keyboard);
    return key === undefined ? [] : [`| ${key} | ${PLACES[command] ?? appCommands[command].title} |`];
  });
  return ['| key | does |', '|---|---|', ...rows].join('\n');
}
