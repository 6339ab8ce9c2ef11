import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { AppCommandId } from '../../shared/app-commands.ts';
import { keysOf } from '../../shared/key-bindings.ts';
import type { Core } from '../core.ts';
import { acceleratorOf } from './accelerator.ts';
import type { DesktopWindows } from './desktop-windows.ts';

type Windows = Pick<DesktopWindows, 'idOf'>;

const isMac = process.platform === 'darwin';

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The application menu: always visible on macOS, behind Alt elsewhere, with the keys that hold now. The page owns the keys: an
 * item shows its accelerator, and only macOS, which cannot leave that at showing, acts on it where the page left the key unused.
 * What is picked is for the window that is in front.
 */
export function keepMenu(menu: Core['menu'], windows: Windows): void {
  const set = () => Menu.setApplicationMenu(Menu.buildFromTemplate(template(menu, windows)));
  set();
  menu.onChange(set);
}

function template(menu: Core['menu'], windows: Windows): MenuItemConstructorOptions[] {
  const item = (label: string, command: AppCommandId): MenuItemConstructorOptions => {
    const keys = keysOf(command, menu.ownKeys, isMac);
    const accelerator = keys === undefined ? undefined : acceleratorOf(keys);
    return {
      label,
      ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
      click: (_item, window) => {
        const windowId = windows.idOf(window);
        if (windowId) menu.pick(command, windowId);
      },
    };
  };
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        item('New Tab', 'tab.new'),
        item('Close Tab', 'tab.close'),
        item('Reopen Closed Tab', 'tab.reopen'),
        SEPARATOR,
        item('Settings…', 'settings'),
        ...(isMac ? [] : [SEPARATOR, withoutKey('quit')]),
      ],
    },
    {
      label: 'Edit',
      submenu: (['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const).map(withoutKey),
    },
    {
      label: 'View',
      submenu: [
        item('Command Palette', 'palette'),
        item('Choose a Model', 'model.choose'),
        SEPARATOR,
        item('Actual Size', 'window.zoom-reset'),
        item('Zoom In', 'window.zoom-in'),
        item('Zoom Out', 'window.zoom-out'),
        SEPARATOR,
        item('Toggle Full Screen', 'window.full-screen'),
        item('Toggle Developer Tools', 'window.developer-tools'),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
  ];
}

/** macOS routes editing keys through the menu; elsewhere the page has them already. */
function withoutKey(role: NonNullable<MenuItemConstructorOptions['role']>): MenuItemConstructorOptions {
  return { role, registerAccelerator: isMac };
}
