import { createBridge } from './bridge.ts';
import { createCodec } from './codec.ts';
import { RECEIVE, SEND, type ToMain, type ToPreload } from './messages.ts';

type Listener = (event: object, ...parameters: unknown[]) => void;
type Preload = (require: (name: string) => unknown, process: object, module: object, exports: object) => void;
type Base64Bytes = { toBase64: () => string };
type Base64Constructor = { fromBase64: (text: string) => Uint8Array<ArrayBuffer> };

/** Runs the sandboxed preload in its isolated world, with the little that Electron gives it there. */
export function startPreloadWorld(token: string, process: object, preload: Preload): void {
  if (window !== window.top) return;
  const bridge = createBridge(token, 'preload');
  const ipcRenderer = createIpcRenderer();
  const electron = {
    ipcRenderer,
    contextBridge: { exposeInMainWorld: bridge.expose },
    // Chromium tells a page nothing of where a file lies; Electron answers so for one that lies nowhere.
    webUtils: { getPathForFile: () => '' },
  };
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  watchKeys();
  const module = { exports: {} };
  try {
    preload(require, process, module, module.exports);
  } catch (error) {
    sendToMain({
      kind: 'preload-error',
      stack: error instanceof Error ? String(error.stack) : String(error),
    });
  }
}

function sendToMain(message: ToMain): void {
  (globalThis as unknown as Record<typeof SEND, (text: string) => void>)[SEND](JSON.stringify(message));
}

function createIpcRenderer(): object {
  const codec = createCodec({
    toText: (bytes) => (bytes as unknown as Base64Bytes).toBase64(),
    toBytes: (text) => (Uint8Array as unknown as Base64Constructor).fromBase64(text),
  });
  const listeners = new Map<string, Listener[]>();
  const calls = new Map<number, PromiseWithResolvers<unknown> & { channel: string }>();
  let lastCall = 0;

  function receive(message: ToPreload): void {
    if (message.kind === 'message') {
      const parameters = codec.decode(message.encoded) as unknown[];
      for (const listener of listeners.get(message.channel) ?? [])
        listener({ sender: ipcRenderer }, ...parameters);
      return;
    }
    const call = calls.get(message.call);
    calls.delete(message.call);
    if (message.kind === 'result') call?.resolve(codec.decode(message.encoded));
    else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.message}`));
  }

  Object.assign(globalThis, { [RECEIVE]: (message: string) => receive(JSON.parse(message) as ToPreload) });

  const ipcRenderer = {
    invoke: async (channel: string, ...parameters: unknown[]) => {
      lastCall += 1;
      const call = { channel, ...Promise.withResolvers<unknown>() };
      sendToMain({ kind: 'invoke', call: lastCall, channel, encoded: codec.encode(parameters) });
      calls.set(lastCall, call);
      return call.promise;
    },
    send: (channel: string, ...parameters: unknown[]) => {
      sendToMain({ kind: 'send', channel, encoded: codec.encode(parameters) });
    },
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: Listener) => {
      const [...remaining] = listeners.get(channel) ?? [];
      const index = remaining.lastIndexOf(listener);
      if (index >= 0) remaining.splice(index, 1);
      listeners.set(channel, remaining);
      return ipcRenderer;
    },
  };
  return ipcRenderer;
}

/** A menu's accelerator counts only when the page left the key unused, which is known after all its listeners ran. */
function watchKeys(): void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.isTrusted) return;
    setTimeout(() => {
      if (event.defaultPrevented) return;
      const { key, code, ctrlKey: control, shiftKey: shift, altKey: alt, metaKey: meta } = event;
      sendToMain({ kind: 'key', press: { key, code, control, shift, alt, meta } });
    });
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
}
