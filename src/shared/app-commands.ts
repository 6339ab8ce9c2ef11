/** Something a person can do in the window by a key, the palette or a menu. */
type AppCommand = {
  readonly title: string;
  /** The built-in key, if it has one. Plain Ctrl+letter is none: it belongs to the shell. */
  readonly keys?: string | { readonly mac: string; readonly other: string };
  /** Where a key counts for which nothing else is said; empty means everywhere. */
  readonly when?: string;
  /** Works while a dialog is open, often by opening another in its place. */
  readonly inDialogs?: true;
  /** A key that is held does it again and again. */
  readonly repeats?: true;
  /** The web host cannot do it. */
  readonly desktopOnly?: true;
};

/** The one table of the app's commands, which keys, palette, menus, settings and the guide share. */
const table = {
  'tab.new': { title: 'New tab', keys: { mac: 'Meta+T', other: 'Ctrl+Shift+T' } },
  'tab.close': { title: 'Close tab', keys: { mac: 'Meta+W', other: 'Ctrl+Shift+W' } },
  'tab.reopen': { title: 'Reopen closed tab' },
  'tab.rename': { title: 'Rename tab', keys: 'F2', when: 'tabs' },
  'tab.recent': { title: 'Tab used before', keys: 'Ctrl+Tab' },
  'tab.recent-back': { title: 'Back from the tab used before', keys: 'Ctrl+Shift+Tab' },
  'tab.switch': {
    title: 'Switch to tab',
    keys: { mac: 'Meta+O', other: 'Ctrl+Shift+O' },
    inDialogs: true,
  },
  'tab.next': { title: 'Next tab', keys: 'Ctrl+PageDown' },
  'tab.previous': { title: 'Previous tab', keys: 'Ctrl+PageUp' },
  'tab.move-left': { title: 'Move tab left', keys: 'Ctrl+Shift+PageUp', repeats: true },
  'tab.move-right': { title: 'Move tab right', keys: 'Ctrl+Shift+PageDown', repeats: true },
  'tab.to-new-window': { title: 'Move tab to new window', keys: 'Mod+Shift+L' },
  'tab.needs-me': { title: 'Next tab that needs me', keys: 'Mod+Shift+U' },
  palette: { title: 'Command palette', keys: 'Mod+Shift+P', inDialogs: true },
  search: {
    title: 'Search everything',
    keys: { mac: 'Shift+Meta+F', other: 'Ctrl+Shift+G' },
    inDialogs: true,
  },
  'model.choose': { title: 'Choose a model', keys: 'Mod+Shift+M', inDialogs: true },
  'model.local': { title: 'Switch to the local model' },
  'model.default': { title: 'Switch to the default model' },
  'mode.choose': { title: 'Choose a mode', inDialogs: true },
  'mode.next': { title: 'Next mode', keys: 'Shift+Tab', when: 'messageBox' },
  'effort.choose': { title: 'Choose an effort', inDialogs: true },
  'tab.pin': { title: 'Pin or unpin tab' },
  'tab.duplicate': { title: 'Duplicate tab' },
  'tab.close-others': { title: 'Close other tabs' },
  'tab.close-right': { title: 'Close tabs to the right' },
  'tab.colour-none': { title: 'Tab colour: none' },
  'tab.colour-red': { title: 'Tab colour: red' },
  'tab.colour-orange': { title: 'Tab colour: orange' },
  'tab.colour-yellow': { title: 'Tab colour: yellow' },
  'tab.colour-green': { title: 'Tab colour: green' },
  'tab.colour-teal': { title: 'Tab colour: teal' },
  'tab.colour-blue': { title: 'Tab colour: blue' },
  'tab.colour-purple': { title: 'Tab colour: purple' },
  'tab.colour-pink': { title: 'Tab colour: pink' },
  'tab.fork': { title: 'Fork into a new tab' },
  'history.clear': { title: "Clear this tab's history" },
  'history.export': { title: 'Save this conversation as Markdown' },
  'tab.reset': { title: "Reset this tab's history and choices" },
  'tab.usage': { title: 'Usage and budget of this tab', inDialogs: true },
  ledger: { title: 'Ledger: what ran, and who allowed it', inDialogs: true },
  usage: { title: 'Usage of all tabs', inDialogs: true },
  'usage.export': { title: 'Save the usage of 14 days as CSV' },
  'defaults.use': { title: 'Use current defaults' },
  'region.other': { title: 'Between shell and agent', keys: { mac: 'Meta+I', other: 'Ctrl+Shift+I' } },
  'region.terminal': { title: 'Go to the shell' },
  'region.agent': { title: 'Go to the message box' },
  'agent.toggle': { title: 'Show or hide the agent' },
  'pane.split-right': { title: 'Split to the right', keys: { mac: 'Meta+D', other: 'Ctrl+Shift+D' } },
  'pane.split-down': { title: 'Split downwards', keys: { mac: 'Shift+Meta+D', other: 'Ctrl+Shift+E' } },
  'pane.close': { title: 'Close pane', keys: { mac: 'Shift+Meta+W', other: 'Ctrl+Shift+X' } },
  'pane.zoom': { title: 'Zoom pane, or show all panes', keys: 'Mod+Shift+Enter' },
  'pane.left': { title: 'Go to the pane at the left', keys: toPane('ArrowLeft') },
  'pane.right': { title: 'Go to the pane at the right', keys: toPane('ArrowRight') },
  'pane.up': { title: 'Go to the pane above', keys: toPane('ArrowUp') },
  'pane.down': { title: 'Go to the pane below', keys: toPane('ArrowDown') },
  'pane.swap-left': { title: 'Swap with the pane at the left' },
  'pane.swap-right': { title: 'Swap with the pane at the right' },
  'pane.swap-up': { title: 'Swap with the pane above' },
  'pane.swap-down': { title: 'Swap with the pane below' },
  'turn.send': { title: 'Send the message', keys: 'Enter', when: 'messageBox && !completions' },
  'turn.stop': {
    title: 'Stop the turn',
    keys: 'Escape',
    when: 'messageBox && turnRunning && !completions',
  },
  'turn.retry': { title: 'Retry the last message' },
  'turn.undo': { title: 'Undo what the last turn changed', keys: 'Mod+Shift+Y' },
  'turn.allow': { title: 'Allow one more turn though the budget is spent' },
  'message.attach': { title: 'Attach an image to the message' },
  'message.clear': { title: 'Clear the message box' },
  'queue.send': { title: 'Send the first queued message now' },
  'queue.remove': { title: 'Remove the first queued message' },
  'agent.initialise': { title: 'Start the agent again' },
  'context.show': { title: 'Show what the agent is told of this tab' },
  'conversation.top': { title: 'Scroll the conversation to its beginning' },
  'conversation.question': { title: 'Go to the question of what you read' },
  'conversation.bottom': { title: 'Scroll the conversation to its end' },
  'terminal.copy': {
    title: 'Copy from the terminal',
    keys: { mac: 'Meta+C', other: 'Ctrl+Shift+C' },
    when: 'terminal && !find',
  },
  'terminal.copy-html': { title: 'Copy from the terminal as HTML' },
  'terminal.paste': {
    title: 'Paste into the terminal',
    keys: { mac: 'Meta+V', other: 'Ctrl+Shift+V' },
    when: 'terminal && !find',
  },
  'terminal.select-all': {
    title: 'Select all in the terminal',
    keys: { mac: 'Meta+A', other: 'Ctrl+Shift+A' },
    when: 'terminal && !find',
  },
  'terminal.find': { title: 'Find in terminal', keys: { mac: 'Meta+F', other: 'Ctrl+Shift+F' } },
  'terminal.clear': { title: 'Clear the terminal', keys: { mac: 'Meta+K', other: 'Ctrl+Shift+K' } },
  'find.next': { title: 'Next match', keys: 'F3', when: 'find', repeats: true },
  'find.previous': { title: 'Previous match', keys: 'Shift+F3', when: 'find', repeats: true },
  'terminal.page-up': {
    title: 'Scroll the terminal a page up',
    keys: 'Shift+PageUp',
    when: 'terminal && !find',
    repeats: true,
  },
  'terminal.page-down': {
    title: 'Scroll the terminal a page down',
    keys: 'Shift+PageDown',
    when: 'terminal && !find',
    repeats: true,
  },
  'terminal.top': {
    title: 'Scroll the terminal to its top',
    keys: { mac: 'Meta+Home', other: 'Ctrl+Shift+Home' },
    when: 'terminal && !find',
  },
  'terminal.bottom': {
    title: 'Scroll the terminal to its end',
    keys: { mac: 'Meta+End', other: 'Ctrl+Shift+End' },
    when: 'terminal && !find',
  },
  'terminal.restart': { title: 'Start a new shell after the old one ended' },
  'terminal.copy-folder': { title: "Copy the folder's path" },
  'block.previous': {
    title: 'Go to the command before',
    keys: { mac: 'Meta+ArrowUp', other: 'Ctrl+Shift+ArrowUp' },
    repeats: true,
  },
  'block.next': {
    title: 'Go to the command after',
    keys: { mac: 'Meta+ArrowDown', other: 'Ctrl+Shift+ArrowDown' },
    repeats: true,
  },
  'block.copy-command': { title: 'Copy command (of the current or last command)' },
  'block.copy-output': { title: 'Copy output (of the current or last command)' },
  'block.select-output': { title: 'Select output (of the current or last command)' },
  'block.fold': { title: 'Fold or unfold output (of the current or last command)' },
  'block.run-again': { title: 'Run again (the current or last command)' },
  'block.fix': { title: 'Fix this (the current or last command, if it failed)' },
  'block.ask': { title: 'Ask about this (the current or last command)' },
  'terminal.theme': { title: 'Choose a terminal theme', inDialogs: true },
  'terminal.zoom-in': { title: 'Larger text in the terminal', keys: 'Mod+Shift+Plus', repeats: true },
  'terminal.zoom-out': { title: 'Smaller text in the terminal', keys: 'Mod+Shift+Minus', repeats: true },
  'terminal.zoom-reset': { title: 'Usual text size in the terminal', keys: 'Mod+Shift+0' },
  'notice.next': { title: 'Go to the next notice' },
  'notice.dismiss': { title: 'Dismiss the newest notice' },
  settings: { title: 'Settings', keys: 'Mod+,', inDialogs: true },
  'settings.keys': { title: 'Change keys', inDialogs: true },
  'settings.open': { title: 'Open settings.toml', inDialogs: true },
  'window.zoom-in': {
    title: 'Larger window',
    keys: 'Mod+Plus',
    when: 'desktop',
    inDialogs: true,
    repeats: true,
    desktopOnly: true,
  },
  'window.zoom-out': {
    title: 'Smaller window',
    keys: 'Mod+Minus',
    when: 'desktop',
    inDialogs: true,
    repeats: true,
    desktopOnly: true,
  },
  'window.zoom-reset': {
    title: 'Usual size of the window',
    keys: 'Mod+0',
    when: 'desktop',
    inDialogs: true,
    desktopOnly: true,
  },
  'window.full-screen': {
    title: 'Full screen',
    keys: { mac: 'Ctrl+Meta+F', other: 'F11' },
    when: 'desktop',
    inDialogs: true,
  },
  'window.developer-tools': { title: 'Show or hide developer tools', inDialogs: true, desktopOnly: true },
  'window.quit': { title: 'Quit Carrel', inDialogs: true, desktopOnly: true },
  'tab.1': tabNumber(1),
  'tab.2': tabNumber(2),
  'tab.3': tabNumber(3),
  'tab.4': tabNumber(4),
  'tab.5': tabNumber(5),
  'tab.6': tabNumber(6),
  'tab.7': tabNumber(7),
  'tab.8': tabNumber(8),
  'tab.9': tabNumber(9),
  'tab.profile-1': withProfile(1),
  'tab.profile-2': withProfile(2),
  'tab.profile-3': withProfile(3),
  'tab.profile-4': withProfile(4),
  'tab.profile-5': withProfile(5),
  'tab.profile-6': withProfile(6),
  'tab.profile-7': withProfile(7),
  'tab.profile-8': withProfile(8),
  'tab.profile-9': withProfile(9),
} satisfies Record<string, AppCommand>;

function tabNumber(number: number): AppCommand {
  return { title: `Go to tab ${number}`, keys: { mac: `Meta+${number}`, other: `Alt+${number}` } };
}

/** Among the profiles that are offered, in the order of their menu. */
function withProfile(number: number): AppCommand {
  return { title: `New tab with profile ${number}`, keys: `Ctrl+Shift+${number}` };
}

function toPane(arrow: string): { readonly mac: string; readonly other: string } {
  return { mac: `Alt+Meta+${arrow}`, other: `Alt+Shift+${arrow}` };
}

export type AppCommandId = keyof typeof table;

export const appCommands: Readonly<Record<AppCommandId, AppCommand>> = table;

export const appCommandIds = Object.keys(table) as AppCommandId[];

export function isAppCommandId(id: string): id is AppCommandId {
  return Object.hasOwn(table, id);
}
