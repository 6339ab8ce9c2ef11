import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';

const isMac = process.platform === 'darwin';

/**
 * The application menu: always visible on macOS, behind Alt elsewhere. The page owns the keys, so outside macOS no
 * accelerator with a letter is registered: plain Ctrl and a letter must reach the shell.
 */
export function setMenu(): void {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        pageKey('New Tab', 'T'),
        pageKey('Close Tab', 'W'),
        separator,
        pageKey('Settings…', ',', ['cmdOrCtrl']),
        ...(isMac ? [] : [separator, withoutKey('quit')]),
      ],
    },
    {
      label: 'Edit',
      submenu: (['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const).map(withoutKey),
    },
    {
      label: 'View',
      submenu: [
        pageKey('Command Palette', 'P', ['cmdOrCtrl', 'shift']),
        pageKey('Choose a Model', 'M', ['cmdOrCtrl', 'shift']),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        withoutKey('toggleDevTools'),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** macOS routes editing keys through the menu; elsewhere the page has them already. */
function withoutKey(role: NonNullable<MenuItemConstructorOptions['role']>): MenuItemConstructorOptions {
  return { role, registerAccelerator: isMac };
}

type Modifier = 'cmdOrCtrl' | 'shift';

/** An item that presses the page's own key, so that the page's table of commands stays the only one. */
function pageKey(
  label: string,
  key: string,
  modifiers: readonly Modifier[] = isMac ? ['cmdOrCtrl'] : ['cmdOrCtrl', 'shift'],
): MenuItemConstructorOptions {
  const pressed = modifiers.map((modifier) => (modifier === 'shift' ? modifier : isMac ? 'meta' : 'control'));
  return {
    label,
    accelerator: [...modifiers, key].join('+'),
    registerAccelerator: false,
    click: () => {
      const contents = BrowserWindow.getFocusedWindow()?.webContents;
      contents?.sendInputEvent({ type: 'keyDown', keyCode: key, modifiers: pressed });
      contents?.sendInputEvent({ type: 'keyUp', keyCode: key, modifiers: pressed });
    },
  };
}
