import { refuseUnknown } from './emitter.ts';
import { runtime } from './process-runtime.ts';

/** What the app gets when it imports `electron`. */
const electron = refuseUnknown('electron', runtime.electron);
export default electron;

export const {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
  webContents,
} = electron;
