import { ipcMain, type BrowserWindow } from 'electron';
import type { Core } from '../core.ts';

/** Links the window to the core for as long as it lives. Only the window's own main frame is heard. */
export function serveIpc(core: Core, window: BrowserWindow): void {
  const { webContents } = window;
  const send = (channel: string, payload: unknown) => {
    if (!webContents.isDestroyed()) webContents.send(channel, payload);
  };
  const connection = core.connect({
    event: (envelope) => send('event', envelope),
    ptyOutput: (output) => send('pty-output', output),
  });
  ipcMain.handle('call', (event, name: unknown, input: unknown) => {
    if (event.senderFrame === null || event.senderFrame !== webContents.mainFrame) {
      throw new Error('Untrusted IPC sender');
    }
    return connection.call(String(name), input);
  });
  window.once('closed', () => {
    ipcMain.removeHandler('call');
    connection[Symbol.dispose]();
  });
}
