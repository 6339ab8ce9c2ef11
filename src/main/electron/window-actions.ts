import { app, type BrowserWindow } from 'electron';
import type { WindowAction } from '../../shared/app.ts';
import { assertNever } from '../../shared/result.ts';

/** As in Chromium's own menus; a whole level makes all a fifth larger. */
const ZOOM_LEVELS = 0.5;

/** Does what the page cannot do to its own window. */
export function performInWindow(window: BrowserWindow, action: WindowAction): void {
  const { webContents } = window;
  switch (action) {
    case 'zoom-in':
      webContents.setZoomLevel(webContents.getZoomLevel() + ZOOM_LEVELS);
      return;
    case 'zoom-out':
      webContents.setZoomLevel(webContents.getZoomLevel() - ZOOM_LEVELS);
      return;
    case 'zoom-reset':
      webContents.setZoomLevel(0);
      return;
    case 'full-screen':
      window.setFullScreen(!window.isFullScreen());
      return;
    case 'developer-tools':
      webContents.toggleDevTools();
      return;
    case 'quit':
      app.quit();
      return;
    default:
      assertNever(action);
  }
}
