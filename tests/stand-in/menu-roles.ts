import type { App } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';

type Role = {
  readonly label: string;
  readonly accelerator?: string;
  /** The page knows the key by itself; it is only shown. */
  readonly registerAccelerator?: false;
  readonly act?: (window: BrowserWindow | null, app: App) => void;
};

/** Roles by their name in lower case. One without `act` is data: nothing to see in a browser. */
export const ROLES: Readonly<Record<string, Role>> = {
  about: { label: 'About' },
  appmenu: { label: 'Application' },
  close: { label: 'Close Window', accelerator: 'CmdOrCtrl+W', act: (window) => window?.close() },
  copy: editing('Copy', 'CmdOrCtrl+C', 'copy'),
  cut: editing('Cut', 'CmdOrCtrl+X', 'cut'),
  editmenu: { label: 'Edit' },
  filemenu: { label: 'File' },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CmdOrCtrl+R',
    act: (window) => window?.webContents.reload(),
  },
  help: { label: 'Help' },
  minimize: { label: 'Minimize', accelerator: 'CmdOrCtrl+M', act: (window) => window?.minimize() },
  paste: editing('Paste', 'CmdOrCtrl+V', 'paste'),
  quit: { label: 'Quit', accelerator: 'CmdOrCtrl+Q', act: (_, app) => app.quit() },
  redo: editing('Redo', 'Shift+CmdOrCtrl+Z', 'redo'),
  reload: { label: 'Reload', accelerator: 'CmdOrCtrl+R', act: (window) => window?.webContents.reload() },
  resetzoom: { label: 'Actual Size', accelerator: 'CmdOrCtrl+0', act: zoomBy(() => 0) },
  selectall: editing('Select All', 'CmdOrCtrl+A', 'selectAll'),
  toggledevtools: {
    label: 'Toggle Developer Tools',
    accelerator: process.platform === 'darwin' ? 'Alt+Command+I' : 'Ctrl+Shift+I',
    act: (window) => window?.webContents.toggleDevTools(),
  },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: process.platform === 'darwin' ? 'Control+Command+F' : 'F11',
    act: (window) => window?.setFullScreen(!window.isFullScreen()),
  },
  undo: editing('Undo', 'CmdOrCtrl+Z', 'undo'),
  viewmenu: { label: 'View' },
  window: { label: 'Window' },
  windowmenu: { label: 'Window' },
  zoomin: { label: 'Zoom In', accelerator: 'CmdOrCtrl+Plus', act: zoomBy((level) => level + 0.5) },
  zoomout: { label: 'Zoom Out', accelerator: 'CmdOrCtrl+-', act: zoomBy((level) => level - 0.5) },
};

function editing(label: string, accelerator: string, command: string): Role {
  return {
    label,
    accelerator,
    registerAccelerator: false,
    act: (window) => window?.webContents.edit(command),
  };
}

function zoomBy(change: (level: number) => number): NonNullable<Role['act']> {
  return (window) => window?.webContents.setZoomLevel(change(window.webContents.getZoomLevel()));
}
