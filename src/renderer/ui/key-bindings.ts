import type { Keys } from './keys.ts';

/** Every key of the window, once. Plain Ctrl+letter is not among them: it belongs to the shell. */
export const keys = {
  newTab: { mac: 'Mod+T', other: 'Mod+Shift+T' },
  closeTab: { mac: 'Mod+W', other: 'Mod+Shift+W' },
  nextTab: 'Control+Tab',
  previousTab: 'Control+Shift+Tab',
  moveTabLeft: 'Control+Shift+PageUp',
  moveTabRight: 'Control+Shift+PageDown',
  renameTab: 'F2',
  needsMe: 'Mod+Shift+U',
  palette: 'Mod+Shift+P',
  model: 'Mod+Shift+M',
  mode: 'Shift+Tab',
  otherRegion: { mac: 'Mod+I', other: 'Mod+Shift+I' },
  copy: { mac: 'Mod+C', other: 'Mod+Shift+C' },
  paste: { mac: 'Mod+V', other: 'Mod+Shift+V' },
  find: { mac: 'Mod+F', other: 'Mod+Shift+F' },
  zoomIn: 'Mod+Shift+Plus',
  zoomOut: 'Mod+Shift+Minus',
  zoomReset: 'Mod+Shift+0',
  previousBlock: { mac: 'Mod+ArrowUp', other: 'Mod+Shift+ArrowUp' },
  nextBlock: { mac: 'Mod+ArrowDown', other: 'Mod+Shift+ArrowDown' },
  stop: 'Escape',
  settings: 'Mod+,',
} as const satisfies Record<string, Keys>;
