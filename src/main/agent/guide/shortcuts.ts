/** What each key does, on a Mac and elsewhere. The names are those that the knowledge texts use. */
const shortcuts = {
  newTab: { does: 'New tab', mac: '⌘T', other: 'Ctrl+Shift+T' },
  closeTab: { does: 'Close tab', mac: '⌘W', other: 'Ctrl+Shift+W' },
  goToTab: { does: 'Go to tab 1–9', mac: '⌘1–9', other: 'Alt+1–9' },
  switchTab: { does: 'Find a tab, or a closed one', mac: '⌘O', other: 'Ctrl+Shift+O' },
  recentTab: { does: 'Tab used before', mac: '⌃Tab', other: 'Ctrl+Tab' },
  nextNeedsMe: { does: 'Next tab that needs you', mac: '⌘⇧U', other: 'Ctrl+Shift+U' },
  palette: { does: 'Command palette', mac: '⌘⇧P', other: 'Ctrl+Shift+P' },
  model: { does: 'Choose a model', mac: '⌘⇧M', other: 'Ctrl+Shift+M' },
  switchSide: { does: 'Between shell and agent', mac: '⌘I', other: 'Ctrl+Shift+I' },
  find: { does: 'Find in the terminal', mac: '⌘F', other: 'Ctrl+Shift+F' },
  searchEverything: { does: 'Search all tabs', mac: '⌘⇧F', other: 'Ctrl+Shift+G' },
  settings: { does: 'Settings', mac: '⌘,', other: 'Ctrl+,' },
  mode: { does: 'Next mode (in the message box)', mac: 'Shift+Tab', other: 'Shift+Tab' },
  stop: { does: 'Stop the answer', mac: 'Esc', other: 'Esc' },
} as const;

export function keyFor(name: string, platform: string): string | undefined {
  if (!Object.hasOwn(shortcuts, name)) return undefined;
  const { mac, other } = shortcuts[name as keyof typeof shortcuts];
  return `**${platform === 'darwin' ? mac : other}**`;
}

/** All of them, as a table for this platform. */
export function shortcutTable(platform: string): string {
  const rows = Object.entries(shortcuts).map(([name, { does }]) => `| ${keyFor(name, platform)} | ${does} |`);
  return ['| key | does |', '|---|---|', ...rows].join('\n');
}
