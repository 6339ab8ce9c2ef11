import { join } from 'node:path';
import { app, dialog, protocol, safeStorage, session, shell } from 'electron';
import { ArchiveTooNewError, createCore, type Core } from '../core.ts';
import { openHome, type Home } from '../home.ts';
import { readPageFile } from '../page.ts';
import { forkUtility } from './fork-utility.ts';
import { DesktopWindows } from './desktop-windows.ts';
import { keepMenu } from './menu.ts';
import { createSecrets } from './secrets.ts';
import { APP_SCHEME } from './window.ts';

/** What the page may use of the browser: the clipboard, for copy and paste in the terminal. */
const ALLOWED_PERMISSIONS = new Set(['clipboard-read', 'clipboard-sanitized-write']);

/** Starts the desktop host. `folder` is the one of the built main script; preload and page lie beside it. */
export function startDesktop(folder: string): void {
  const home = openHome(process.env);
  app.setName('Carrel');
  app.setPath('userData', home.electron);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write(
      `Carrel already runs with ${home.folder}; its window comes to the front. ` +
        'For a second one, set CARREL_HOME to another folder.\n',
    );
    app.quit();
    return;
  }
  app
    .whenReady()
    .then(() => run(home, folder))
    .catch(fail);
}

async function run(home: Home, folder: string): Promise<void> {
  denyPermissions();
  const rendererFolder = join(folder, '../renderer');
  protocol.handle(APP_SCHEME, async (request) => {
    const file = await readPageFile(rendererFolder, new URL(request.url).pathname, "'self'");
    return file ? new Response(file.body, { headers: file.headers }) : new Response('', { status: 404 });
  });
  const core = await createCore({
    home,
    environment: process.env,
    hostKind: 'desktop',
    forkProgram: forkUtility,
    effects: {
      windows: {
        show: (id, at) => windows.show(id, at),
        emptied: (id) => windows.emptied(id),
        perform: (id, action) => windows.perform(id, action),
      },
      openExternal: (url) => shell.openExternal(url),
      // Told on macOS and Windows only.
      screenReader: {
        isRunning: () => app.accessibilitySupportEnabled,
        onChange: (listener) => void app.on('accessibility-support-changed', listener),
      },
      openPath: async (path) => {
        const problem = await shell.openPath(path);
        if (problem !== '') core.reportError(`Opening ${path}`, problem);
      },
      secrets: createSecrets({
        cipher: safeStorage,
        path: join(home.folder, 'keychain.json'),
        platform: process.platform,
      }),
    },
  });
  quitCleanly(core);
  const windows = new DesktopWindows(core, join(folder, '../preload/index.cjs'));
  keepMenu(core.menu, windows);
  windows.open();
  app.on('second-instance', () => windows.open());
  app.on('activate', () => windows.open());
}

/** The last window's end is the app's, except on macOS. Quitting waits until everything is saved and every shell gone. */
function quitCleanly(core: Core): void {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.once('will-quit', (event) => {
    event.preventDefault();
    void saveAndExit(core);
  });
}

async function saveAndExit(core: Core): Promise<void> {
  try {
    await core[Symbol.asyncDispose]();
    app.exit(0);
  } catch (error) {
    core.reportError('Quitting', error);
    app.exit(1);
  }
}

function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_, permission, answer) =>
    answer(ALLOWED_PERMISSIONS.has(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((_, permission) => ALLOWED_PERMISSIONS.has(permission));
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const title =
    error instanceof ArchiveTooNewError ? 'Carrel is too old for this archive' : 'Carrel cannot start';
  dialog.showErrorBox(title, message);
  app.exit(1);
}
