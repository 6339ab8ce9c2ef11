import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { Bridge, EventEnvelope, PtyOutput } from '../shared/contract.ts';

const CHANNELS = new Set(['events', 'pty-output']);

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('call', name, input),
  on(channel: string, listener: (payload: readonly EventEnvelope[] & PtyOutput) => void) {
    if (!CHANNELS.has(channel)) throw new Error(`There is no channel ${channel}`);
    const forward = (_: IpcRendererEvent, payload: readonly EventEnvelope[] & PtyOutput) => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.removeListener(channel, forward);
  },
  pathForFile: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('carrel', bridge);
