import { BrowserWindow } from 'electron';
import { MAIN_WINDOW, type WindowId } from '../../shared/ids.ts';
import type { Core } from '../core.ts';
import type { WindowPlace } from './window-places.ts';

export const APP_SCHEME = 'carrel';
const PAGE_URL = `${APP_SCHEME}://app/index.html`;

/** Of the tab strip, in which the system draws its window buttons; one pixel less leaves the hairline free. */
const TITLE_BAR_HEIGHT = 47;

/**
 * Opens a window, to be shown when it is ready. Its page has no Node, no other origin and no way to navigate elsewhere, and learns
 * from its address which window it is.
 */
export function openWindow(
  core: Core,
  {
    id,
    preload,
    place,
  }: { readonly id: WindowId; readonly preload: string; readonly place: WindowPlace | undefined },
): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    ...place?.bounds,
    minWidth: 480,
    minHeight: 360,
    show: false,
    title: 'Carrel',
    titleBarStyle: 'hidden',
    ...(process.platform !== 'darwin' && {
      titleBarOverlay: { color: '#00000000', symbolColor: '#8a8580', height: TITLE_BAR_HEIGHT },
    }),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  window.setMenuBarVisibility(false);
  if (place?.isMaximized) window.maximize();
  secure(core, window);
  const url = id === MAIN_WINDOW ? PAGE_URL : `${PAGE_URL}?window=${id}`;
  window.loadURL(url).catch((error: unknown) => core.reportError('Loading the window', error));
  return window;
}

function secure(core: Core, window: BrowserWindow): void {
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit') return;
    core.reportError('The window', `its process ended (${reason}); it is loaded again`);
    webContents.reload();
  });
}
