import type { EventEnvelope, PtyOutput } from '../../shared/contract.ts';
import type { PaneId, SessionId } from '../../shared/ids.ts';
import type { BreakableBridge, EventsListener, Link } from './client.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
/** A ULID. */
const ID_BYTES = 26;

type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly envelopes: readonly EventEnvelope[] };

/** Stands in for the preload where the page is served over HTTP: the same bridge over a WebSocket that comes back by itself. */
export function createWebSocketBridge(url: string): BreakableBridge & Disposable {
  const eventListeners = new Set<EventsListener>();
  const outputListeners = new Set<(output: PtyOutput) => void>();
  const linkListeners = new Set<(link: Link) => void>();
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  /** Frames of calls made before the first connection. */
  let waiting: string[] = [];
  let lastCallId = 0;
  let link: Link | undefined;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;
  let socket = connect();

  function setLink(next: Link): void {
    if (next === link) return;
    link = next;
    for (const listener of linkListeners) listener(next);
  }

  function connect(): WebSocket {
    const opened = new WebSocket(url);
    opened.binaryType = 'arraybuffer';
    opened.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS;
      for (const frame of waiting) opened.send(frame);
      waiting = [];
      setLink('connected');
    });
    opened.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') receive(JSON.parse(data) as Reply);
      else for (const listener of outputListeners) listener(parseOutput(new Uint8Array(data)));
    });
    opened.addEventListener('close', lose);
    return opened;
  }

  function receive(reply: Reply): void {
    if ('envelopes' in reply) {
      for (const listener of eventListeners) listener(reply.envelopes);
      return;
    }
    const call = pending.get(reply.id);
    pending.delete(reply.id);
    if ('error' in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.answer);
  }

  function lose(): void {
    waiting = [];
    for (const call of pending.values()) call.reject(new Error('The connection to Carrel was lost.'));
    pending.clear();
    if (isDisposed) return;
    setLink('lost');
    retryTimer = setTimeout(() => {
      socket = connect();
    }, retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  }

  function on(channel: 'events', listener: EventsListener): () => void;
  function on(channel: 'pty-output', listener: (output: PtyOutput) => void): () => void;
  function on(
    ...[channel, listener]: ['events', EventsListener] | ['pty-output', (output: PtyOutput) => void]
  ): () => void {
    return channel === 'events' ? add(eventListeners, listener) : add(outputListeners, listener);
  }

  return {
    call(name, input) {
      if (link === 'lost') return Promise.reject(new Error('There is no connection to Carrel now.'));
      const call = Promise.withResolvers<unknown>();
      lastCallId += 1;
      pending.set(lastCallId, call);
      const frame = JSON.stringify({ id: lastCallId, name, input });
      if (link === 'connected') socket.send(frame);
      else waiting.push(frame);
      return call.promise;
    },
    on,
    onLink(listener) {
      if (link) listener(link);
      return add(linkListeners, listener);
    },
    [Symbol.dispose]() {
      isDisposed = true;
      clearTimeout(retryTimer);
      socket.close();
    },
  };
}

const KINDS = ['snapshot', 'data', 'latest'] as const;

/** Byte 0 is the kind, 1–26 the session's id, 27–52 the pane's, the rest the terminal's. */
function parseOutput(frame: Uint8Array): PtyOutput {
  const payloadStart = 1 + 2 * ID_BYTES;
  const ids = new TextDecoder().decode(frame.subarray(1, payloadStart));
  return {
    kind: KINDS[frame[0] ?? 0] ?? 'data',
    sessionId: ids.slice(0, ID_BYTES) as SessionId,
    paneId: ids.slice(ID_BYTES) as PaneId,
    bytes: frame.subarray(payloadStart),
  };
}

function add<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
