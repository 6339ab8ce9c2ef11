import { createBridge } from './bridge.ts';

/** Runs in the page's own world before any of its scripts: puts there what the preload exposes. */
export function startMainWorld(token: string): void {
  if (window !== window.top) return;
  createBridge(token, 'page').onExpose((key, api) => {
    if (key in window)
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    Object.defineProperty(window, key, { value: freeze(api), enumerable: true });
  });
}

function freeze(api: unknown): unknown {
  if (api === null || typeof api !== 'object' || ArrayBuffer.isView(api)) return api;
  for (const part of Object.values(api)) freeze(part);
  return Object.freeze(api);
}
