import { BrowserWindow, screen, type Rectangle } from 'electron';
import { z } from 'zod';
import type { Core } from '../core.ts';

export const APP_SCHEME = 'carrel';
const PAGE_URL = `${APP_SCHEME}://app/index.html`;

/** Of the tab strip, in which the system draws its window buttons; one pixel less leaves the hairline free. */
const TITLE_BAR_HEIGHT = 47;

const windowState = z.object({
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  isMaximized: z.boolean(),
});

/** Opens the one window where it was last. The page has no Node, no other origin and no way to navigate elsewhere. */
export function openWindow(core: Core, preload: string): BrowserWindow {
  const state = readState(core);
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    ...(state && isOnScreen(state.bounds) && state.bounds),
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
  if (state?.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  rememberState(core, window);
  secure(core, window);
  window.loadURL(PAGE_URL).catch((error: unknown) => core.reportError('Loading the window', error));
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

function readState(core: Core): z.infer<typeof windowState> | undefined {
  try {
    return windowState.parse(JSON.parse(core.state.get('window') ?? 'null'));
  } catch {
    return undefined;
  }
}

function rememberState(core: Core, window: BrowserWindow): void {
  const remember = () => {
    const state = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    try {
      core.state.set('window', JSON.stringify(state));
    } catch (error) {
      core.reportError("Saving the window's place", error);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const rememberSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(remember, 300);
  };
  window.on('resize', rememberSoon);
  window.on('move', rememberSoon);
  window.on('close', () => {
    clearTimeout(timer);
    remember();
  });
}

/** A screen may have been unplugged since. */
function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const overlapX =
      Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const overlapY =
      Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
    return overlapX > 100 && overlapY > 100;
  });
}
