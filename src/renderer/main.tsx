// Before the features, whose own rules come on top of these.
import './styles/index.css';
import './ui/ui.css';
import './ui/colours.css';
import './ui/menu.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '../shared/contract.ts';
import { MAIN_WINDOW, windowId } from '../shared/ids.ts';
import { App } from './app/app.tsx';
import { showTheme } from './app/theme.ts';
import { createClient } from './client/client.ts';
import { ClientContext } from './client/context.ts';
import { createWebSocketBridge } from './client/web-socket-bridge.ts';
import { CarrelContext, createCarrel } from './store/store.ts';

declare global {
  interface Window {
    /** From the preload; absent where the page is served over HTTP. */
    readonly carrel?: Bridge;
  }
}

const { search } = location;
const ownWindow = windowId.safeParse(new URLSearchParams(search).get('window')).data ?? MAIN_WINDOW;
const client = createClient(
  window.carrel ?? createWebSocketBridge(new URL(`/socket${search}`, location.href).href),
);
const carrel = createCarrel({ client, windowId: ownWindow, storage: localStorage, page: window });
showTheme(carrel.store);

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ClientContext value={client}>
      <CarrelContext value={carrel}>
        <App />
      </CarrelContext>
    </ClientContext>
  </StrictMode>,
);
