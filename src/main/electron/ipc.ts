import { ipcMain, type BrowserWindow, type WebContents } from 'electron';
import type { ClientConnection, Core } from '../core.ts';

/** Hears the pages' calls from now on. What it answers links a window to the core for as long as that lives. */
export function serveIpc(core: Core): (window: BrowserWindow) => void {
  const connections = new Map<WebContents, ClientConnection>();
  ipcMain.handle('call', ({ sender, senderFrame }, name: unknown, input: unknown) => {
    const connection = connections.get(sender);
    // Of a window its own main frame alone is heard.
    if (!connection || senderFrame === null || senderFrame !== sender.mainFrame) {
      throw new Error('Untrusted IPC sender');
    }
    return connection.call(String(name), input);
  });

  return (window) => {
    const { webContents } = window;
    const send = (channel: string, payload: unknown) => {
      if (!webContents.isDestroyed()) webContents.send(channel, payload);
    };
    const connection = core.connect({
      events: (envelopes) => send('events', envelopes),
      ptyOutput: (output) => send('pty-output', output),
    });
    connections.set(webContents, connection);
    window.once('closed', () => {
      connections.delete(webContents);
      connection[Symbol.dispose]();
    });
  };
}
